import * as z from 'zod'

/** The object schema of a group of settings; null for a single setting. */
export function groupOf(schema: unknown): z.ZodObject | null {
  if (schema instanceof z.ZodPrefault) return groupOf(schema.unwrap())
  return schema instanceof z.ZodObject ? schema : null
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
