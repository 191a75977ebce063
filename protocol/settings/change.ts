import * as z from 'zod'
import { Settings } from './settings.ts'
import { groupOf, isRecord } from './walk.ts'

/** Largest body of `PUT /settings`: every template at its longest, in any script. */
export const MAX_SETTINGS_BYTES = 256 * 1024

type Patch<T> = { [K in keyof T]?: (T[K] extends Record<string, unknown> ? Patch<T[K]> : T[K]) | null }
/** Some settings with their new values; `null` puts a setting, or a whole group, back to its default. */
export type SettingsPatch = Patch<Settings>

/** The settings schema with everything left out or null allowed, and no default filled in. */
function patchOf(group: z.ZodObject): z.ZodObject<Record<string, z.ZodType>> {
  const shape = Object.entries(group.shape).map(([key, schema]) => {
    const inner = groupOf(schema)
    return [key, z.optional(z.nullable(inner ? patchOf(inner) : withoutDefault(schema)))] as const
  })
  return z.strictObject(Object.fromEntries(shape))
}

const withoutDefault = (schema: z.core.$ZodType) =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema

/** Some of the settings, with their new values; null puts one, or a whole group, back to its default. */
export const SettingsChange = patchOf(Settings)

/** `PUT /settings`: what changes, and the version that the change was made on. */
export const PutSettings = z.strictObject({ version: z.int().positive(), settings: SettingsChange })
export type PutSettings = { version: number; settings: SettingsPatch }

/** `POST /settings/undo`: takes the save back that made this version, if it is the last one. */
export const UndoSettings = z.strictObject({ version: z.int().positive() })

/**
 * All settings of a site; `version` rises with every save. `defaults` comes with a read, and so does `lastSave` where
 * there is one to undo: who made it (name, or else id; `actor` is the id), and when (ms since 1970).
 */
export const SettingsDocument = z.strictObject({
  version: z.int().positive(),
  settings: Settings,
  defaults: Settings.optional(),
  lastSave: z.strictObject({ by: z.string(), actor: z.string(), at: z.int() }).optional(),
})
export type SettingsDocument = z.infer<typeof SettingsDocument>

/** The settings with the changes of a patch, to be read by `Settings`. Keys that no setting has are left behind. */
export function withChanges(current: object, patch: object): Record<string, unknown> {
  const changes = new Map<string, unknown>(Object.entries(patch))
  const next: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(current)) {
    const change = changes.get(key)
    if (change === undefined) next[key] = value
    else if (change !== null) next[key] = isRecord(value) && isRecord(change) ? withChanges(value, change) : change
  }
  return next
}
