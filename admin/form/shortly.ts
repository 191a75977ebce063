import { number } from '../locales/say.ts'
import type { FieldSchema, Value } from './schema.ts'
import { say } from './words.ts'

/** A value in a few words, as a person would name it. */
export function shortly({ control, options }: FieldSchema, value: Value): string {
  if (control === 'toggle') return say(value ? 'on' : 'off')
  if (options) return options[String(value)] ?? String(value)
  if (value === null || value === '') return say('none')
  return typeof value === 'number' ? number(value) : value.toString()
}
