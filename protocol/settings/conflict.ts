import * as z from 'zod'

/** A setting that somebody changed, and who did so last; values as they stand in the settings. */
export const FieldChange = z.strictObject({
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  /** Name, or else id: a person, a key, `operator`. */
  by: z.string(),
  /** Ms since 1970. */
  at: z.number().int(),
})
export type FieldChange = z.infer<typeof FieldChange>

/**
 * What happened to the settings since the version that a change was made on. `changes` is null where that version is
 * too old to be compared.
 */
export const SettingsConflict = z.strictObject({
  version: z.int().positive(),
  changes: z.array(FieldChange).nullable(),
})
export type SettingsConflict = z.infer<typeof SettingsConflict>
