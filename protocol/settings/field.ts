import type * as z from 'zod'

/** How the panel asks for a value. */
export type Control =
  | 'toggle'
  | 'text'
  | 'textarea'
  | 'markdown'
  | 'number'
  | 'select'
  | 'url'
  | 'color'
  | 'locale'
  | 'time_zone'
  /** E-mail addresses with commas between them. */
  | 'addresses'

/** Paths and the values (one, or one of several) that they must all have for a field to matter. */
export type ShownWhen = Record<string, string | boolean | readonly string[]>

export interface SectionMeta {
  label: string
  help: string
}

export interface FieldMeta<Value> extends SectionMeta {
  control: Control
  unit?: string
  /** Words for each value of a `select`. */
  options?: Value extends string ? Record<Value, string> : never
  /** The `{{tokens}}` that a template may use. */
  tokens?: readonly string[]
  shownWhen?: ShownWhen
  /** Heading that this field and those after it stand under. */
  group?: string
}

/** A setting and the words about it. `.meta()` comes last: a later call on the schema would drop it. */
export const field = <T extends z.ZodType>(schema: T, meta: FieldMeta<z.output<T>>): T => schema.meta({ ...meta })

/** A group of settings and the words about it. */
export const section = <T extends z.ZodType>(schema: T, meta: SectionMeta): T => schema.meta({ ...meta })
