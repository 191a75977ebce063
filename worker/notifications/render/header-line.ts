import { fillMarks, markTokens, type Values } from './values.ts'

const MOST_SUBJECT_CHARS = 150
const MOST_VALUE_CHARS = 80

// Everything that ends a line or moves the reading direction, in any program that may read the header.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu

/** Text for a header: one line, and never the beginning of an encoded word (RFC 2047), which would be read as another. */
export const headerLine = (text: string, most: number) =>
  clip(
    text
      .replace(BREAKS, ' ')
      .replace(/=(?=\?)/g, '= ')
      .trim(),
    most,
  )

/** A subject: the template with its tokens filled in, each on one line. */
export function toSubject(template: string, values: Values): string {
  const marked = markTokens(template, values)
  const line = fillMarks(
    marked.markdown,
    marked,
    (words) => words,
    (value) => headerLine('url' in value ? value.url : value.text, MOST_VALUE_CHARS),
  )
  return headerLine(line, MOST_SUBJECT_CHARS)
}

/** `"Wool & Co" <hello@wool.example>`; a name for which there is no room is left out. */
export function mailbox(name: string, address: string): string {
  const quoted = headerLine(name, MOST_VALUE_CHARS).replace(/["\\<>]/g, '')
  return quoted === '' ? address : `"${quoted}" <${address}>`
}

/** Cuts before a surrogate pair, not within it. */
export const clip = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
