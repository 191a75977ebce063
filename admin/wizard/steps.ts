import type { WizardStep } from '../../protocol/admin/wizard.ts'

export const STEPS: readonly WizardStep[] = ['shop', 'contexts', 'sellers', 'notifications', 'install']

/** Which settings each step asks for, by where they stand; words, bounds and defaults come from the schema. */
export const FIELDS: Record<WizardStep, readonly string[]> = {
  shop: ['brand.name', 'brand.accent', 'region.locale', 'region.timeZone', 'general.chatsPageUrl'],
  contexts: [
    'contexts.product.enabled',
    'contexts.product.routing',
    'contexts.product.pageUrl',
    'contexts.product.accountUrl',
    'contexts.order.enabled',
    'contexts.order.routing',
    'contexts.order.pageUrl',
    'contexts.order.accountUrl',
    'contexts.post.enabled',
    'contexts.post.pageUrl',
  ],
  sellers: [],
  notifications: [
    'notifications.enabled',
    'notifications.newMessage.enabled',
    'notifications.chatCreated.enabled',
    'guests.mode',
  ],
  install: [],
}

export const stepAt = (text: string): WizardStep | null => STEPS.find((step) => step === text) ?? null
