import { number } from '../locales/say.ts'
import { type Bounds, boundsOf, type FieldSchema, mayBeEmpty, type Value } from './schema.ts'
import { say } from './words.ts'

const TOKEN = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/y

/** What is wrong with a value, in words; null where it can be saved. The server has the last word. */
export function problemOf(schema: FieldSchema, value: Value): string | null {
  if (schema.enum) return schema.enum.includes(String(value)) ? null : say('choose')
  if (schema.control === 'toggle') return null
  if (schema.control === 'number') return numberProblem(boundsOf(schema), value)
  const text = String(value ?? '').trim()
  if (text === '')
    return mayBeEmpty(schema) || boundsOf(schema).minLength === undefined ? emptyProblem(schema) : say('empty')
  return textProblem(schema, text)
}

/** A text that has no least length may be empty, but a language and a colour never are. */
const emptyProblem = ({ control, anyOf }: FieldSchema) =>
  anyOf || control === 'text' || control === 'addresses' ? null : say('empty')

function numberProblem({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Bounds, value: Value): string | null {
  const wanted = say('between', { least: number(minimum), most: number(maximum) })
  const text = String(value ?? '').trim()
  if (text === '' || !/^-?\d+$/.test(text)) return wanted
  return Number(text) < minimum || Number(text) > maximum ? wanted : null
}

function textProblem(schema: FieldSchema, text: string): string | null {
  const { maxLength, pattern } = boundsOf(schema)
  if (maxLength !== undefined && text.length > maxLength) return say('tooLong', { n: text.length - maxLength })
  if (schema.control === 'url' && !isWebAddress(text)) return say('notAddress')
  if (schema.control === 'color' && !/^#[0-9a-f]{6}$/i.test(text)) return say('notColor')
  if (schema.control === 'locale' && !isKnownLocale(text)) return say('notLanguage')
  if (pattern && !new RegExp(pattern, 'u').test(text)) return say('notFit')
  return schema.tokens ? tokenProblem(text, schema.tokens) : null
}

function isWebAddress(text: string): boolean {
  try {
    const { protocol, hostname, username } = new URL(text)
    return /^https?:$/.test(protocol) && hostname !== '' && username === ''
  } catch {
    return false // URL has no other way of saying it.
  }
}

function isKnownLocale(text: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(text).length > 0
  } catch {
    return false // Intl has no other way of saying it.
  }
}

/** A `{{` that is no token, or a token that there is not, with its place. */
function tokenProblem(text: string, tokens: readonly string[]): string | null {
  let from = 0
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', from)) {
    const lines = text.slice(0, at).split('\n')
    const place = { line: lines.length, character: (lines.at(-1)?.length ?? 0) + 1 }
    TOKEN.lastIndex = at
    const [token, name] = TOKEN.exec(text) ?? []
    if (!name || !token) return say('unclosed', place)
    if (!tokens.includes(name)) return say('noToken', { token, ...place })
    from = TOKEN.lastIndex
  }
  return null
}
