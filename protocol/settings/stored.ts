import * as z from 'zod'
import { Settings } from './settings.ts'
import { groupOf, isRecord } from './walk.ts'

/**
 * The settings of a site from what is stored, which is only what differs from the defaults. A stored value that no
 * longer fits falls back to its default: a site must not break over it.
 */
export function resolveSettings(storedJson: string): Settings {
  const stored = readJson(storedJson)
  const whole = Settings.safeParse(stored)
  return whole.success ? whole.data : Settings.parse(fitting(Settings, stored))
}

/** Only what differs from the defaults: what is worth storing. */
export function settingsDiff(full: Settings): Record<string, unknown> {
  return differences(full, Settings.parse({}))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {} // The same rule as for a single value that does not fit.
  }
}

function fitting(group: z.ZodObject, stored: unknown): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  if (!isRecord(stored)) return kept
  for (const [key, schema] of Object.entries(group.shape)) {
    if (!Object.hasOwn(stored, key)) continue
    const inner = groupOf(schema)
    if (inner) kept[key] = fitting(inner, stored[key])
    else if (z.safeParse(schema, stored[key]).success) kept[key] = stored[key]
  }
  return kept
}

function differences(full: object, defaults: object): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  const standard = new Map<string, unknown>(Object.entries(defaults))
  for (const [key, value] of Object.entries(full)) {
    const other = standard.get(key)
    if (!isRecord(value) || !isRecord(other)) {
      if (value !== other) found[key] = value
      continue
    }
    const inner = differences(value, other)
    if (Object.keys(inner).length > 0) found[key] = inner
  }
  return found
}
