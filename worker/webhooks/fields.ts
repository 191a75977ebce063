import { Email } from '../../protocol/text.ts'
import { decodeEntities } from './decode-entities.ts'

// Plugins change the types of what a shop sends: a number may come as text, a missing object as an empty list. So
// every field is read for what it can be, and is null where it is nothing of use.

export type Fields = Readonly<Record<string, unknown>>

const NONE: Fields = {}

/** An object's fields; none of anything else. */
export const fields = (value: unknown): Fields => (isFields(value) ? value : NONE)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** At most `most` objects of a list. */
export const list = (value: unknown, most: number): Fields[] =>
  Array.isArray(value) ? value.slice(0, most).filter(isFields) : []

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : ''

const SHOP_ID = /^[^\s\p{C}]{1,128}$/u

/** An id of the shop as text; 0 and nothing are none. */
export function shopId(value: unknown): string | null {
  const text = textOf(value).trim()
  return text !== '0' && SHOP_ID.test(text) ? text : null
}

// As in protocol/text.ts: what is shown as another text than it is.
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu
/** Longer than any text that is shown, entities included. */
const MOST_READ = 2_000

/** One line of plain text: entities read, line breaks and runs of space one space, nothing hidden, cut to size. */
export function line(value: unknown, most: number): string | null {
  const text = decodeEntities(textOf(value).slice(0, MOST_READ))
  const clean = text.replace(/\s+/g, ' ').replace(HIDDEN, '').trim()
  return [...clean].slice(0, most).join('').trim() || null
}

/** An address to be shown as a link, else null: `javascript:` and the like are none. */
export function httpUrl(value: unknown): string | null {
  const url = typeof value === 'string' && value.length <= MOST_READ ? URL.parse(value) : null
  return url && /^https?:$/.test(url.protocol) && url.hostname ? url.href : null
}

export function email(value: unknown): string | null {
  const read = Email.safeParse(value)
  return read.success ? read.data : null
}

/** Beyond it an amount is a mistake. */
const MOST_AMOUNT = 1e12

/** A decimal number, whatever it is written as; null for what is none or beyond reason. */
export function amount(value: unknown): number | null {
  const text = textOf(value).trim()
  const number = Number(text)
  return text !== '' && Math.abs(number) <= MOST_AMOUNT ? number : null
}

/** Ms since 1970. A time without a zone is read as UTC: WooCommerce leaves the Z out (`date_modified_gmt`). */
export function time(value: unknown): number | null {
  const text = textOf(value).trim().replace(' ', 'T')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(ms) ? null : ms
}
