import * as z from 'zod'

/** A value that may be left out: null by default, and for a field that was emptied. */
export const orNone = <T extends z.ZodType>(schema: T) =>
  // `default(null)` would be lost in the JSON Schema, as on every schema that transforms; a prefault stays.
  z.preprocess((value) => (value === '' ? null : value), schema.nullable()).prefault(null)
