import { type JsonSchema, nameOfRef } from './shapes.ts'

const LINKED_ELSEWHERE: Record<string, string> = { Settings: 'settings.md', SettingsChange: 'settings.md' }

/** A JSON Schema in a reader's words: “text, 1 to 64 characters, or null”. */
export function typeWords(schema: JsonSchema): string {
  if (schema.$ref) return link(nameOfRef(schema.$ref))
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return either(schema.enum.map(code))
  const options: JsonSchema[] | undefined = schema.anyOf ?? schema.oneOf
  if (options) return either([...new Set(options.map(typeWords))])
  if (Array.isArray(schema.type)) return either(schema.type.map((type: string) => typeWords({ ...schema, type })))
  return single(schema)
}

function single(schema: JsonSchema): string {
  if (schema.type === 'array') return `list of ${typeWords(schema.items)}${size(schema.minItems, schema.maxItems, '')}`
  if (schema.type === 'integer') return `whole number${size(least(schema), schema.maximum, '')}`
  if (schema.type === 'boolean') return 'true or false'
  if (schema.type === 'string')
    return `${textWords(schema.format)}${size(schema.minLength, schema.maxLength, ' characters')}`
  return schema.type ?? 'anything'
}

const least = ({ minimum, exclusiveMinimum }: JsonSchema) => minimum ?? (exclusiveMinimum === 0 ? 1 : undefined)

const textWords = (format?: string) =>
  format === 'uri' ? 'http(s) address' : format === 'email' ? 'e-mail address' : 'text'

function size(from: number | undefined, to: number | undefined, unit: string) {
  if (from && to) return `, ${from} to ${to}${unit}`
  if (to !== undefined) return `, at most ${to}${unit}`
  return from === undefined ? '' : `, at least ${from}${unit}`
}

export const link = (name: string) => `[${name}](${LINKED_ELSEWHERE[name] ?? `#${name.toLowerCase()}`})`
export const hasOwnPage = (name: string) => name in LINKED_ELSEWHERE
export const code = (value: unknown) => `\`${value}\``

export function either(words: string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** One cell of a Markdown table. */
export const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')
export const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`
