import * as z from 'zod'

/** The five steps, in order. */
export const WizardStep = z.enum(['shop', 'contexts', 'sellers', 'notifications', 'install'])
export type WizardStep = z.infer<typeof WizardStep>

export const Wizard = z.strictObject({
  state: z.enum(['new', 'running', 'skipped', 'completed']),
  /** Where it was left. */
  step: WizardStep,
  /** True once it was completed, or skipped at its first step; running it again closes nothing. */
  settingsOpen: z.boolean(),
})
export const PutWizard = z.strictObject({ state: z.enum(['running', 'skipped', 'completed']), step: WizardStep })
export type Wizard = z.infer<typeof Wizard>
export type PutWizard = z.infer<typeof PutWizard>
