import { html } from 'lit'
import type { ApiError } from '../client/api.ts'
import type { Pending } from '../client/outbox.ts'
import type { GuestDetails } from '../client/session.ts'
import { en } from '../locales/en.ts'
import { enStart } from '../locales/en-start.ts'
import type { Desk } from '../my-chats/desk.ts'
import { GuestForm, type StartEvent } from './guest-form.ts'

Object.assign(en, enStart)

/** In place of the composer: what the shop has asked of guests since this one began. What waits goes out with the answer. */
export function lateDetails(desk: Desk, { issues = [] }: Pending) {
  const asksAddress = issues.some(({ path }) => path.endsWith('email'))
  return html`<shopbell-guest-form
    later
    .email=${asksAddress}
    .name=${desk.store?.state.me?.name ?? ''}
    .words=${desk.words}
    @start=${({ target, guest }: StartEvent) => target instanceof GuestForm && tell(desk, target, guest)}
  ></shopbell-guest-form>`
}

async function tell(desk: Desk, form: GuestForm, guest: GuestDetails) {
  const { store, words, root } = desk
  form.busy = true
  form.problem = ''
  try {
    await store?.call('PUT', '/me', guest)
    const waiting = store?.state.pending.filter(({ code }) => code === 'guest_details_required') ?? []
    for (const { clientId } of waiting) store?.retry(clientId)
    await root.updateComplete
    root.renderRoot.querySelector('textarea')?.focus({ preventScroll: true })
  } catch (error) {
    const { code, issues = [] } = error as Partial<ApiError>
    form.refused = issues.map(({ path }) => path)
    form.problem = issues.length ? '' : words.error(code)
  }
  form.busy = false
}
