import * as z from 'zod'
import { Settings } from './settings.ts'

let made: Record<string, unknown> | null = null

/**
 * JSON Schema of the settings, as a form is drawn from it: sections and fields in their order, each with `label`, `help`,
 * `control`, `default`, bounds, and where it has them `unit`, `options`, `tokens`, `group` and `shownWhen`.
 */
export const settingsSchema = (): Record<string, unknown> => {
  made ??= z.toJSONSchema(Settings, { io: 'input' }) as Record<string, unknown>
  return made
}

/** `GET /settings/schema`: JSON Schema 2020-12. */
export const SettingsJsonSchema = z.looseObject({ type: z.literal('object') })
