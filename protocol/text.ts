import * as z from 'zod'
import { MAX_MESSAGE_CHARS, MAX_NAME_CHARS, MAX_TITLE_CHARS, MAX_URL_CHARS } from './bounds.ts'

// Bidi overrides and isolates can make a text read as what it is not (Unicode TR 36); directional marks are harmless.
export const HIDDEN = /[[\p{Cc}\p{Cs}\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]--[\n\t]]/v
const refusal = 'contains control or text-direction characters'

// What leaves no mark on a screen: a name or a message of nothing else says nothing.
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\u3164\u2800]+$/v

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !BLANK.test(text), 'is empty')
    .refine((text) => !HIDDEN.test(text) && !/[\n\t\u2028\u2029]/.test(text), refusal)

/**
 * What a person writes: trimmed at both ends, line breaks kept as `\n`, no control or bidi characters. Empty where it
 * says nothing.
 */
export const MessageText = z
  .string()
  .max(MAX_MESSAGE_CHARS)
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .refine((text) => !HIDDEN.test(text), refusal)
  .transform((text) => (BLANK.test(text) ? '' : text))

export const PersonName = oneLine(MAX_NAME_CHARS)
export const Title = oneLine(MAX_TITLE_CHARS)
/** As a page shows it, currency included. */
export const Price = oneLine(40)
export const Email = z.email().max(254)

/** An absolute http(s) address; nothing else is ever shown as a link or a picture. No user part: it looks like a host. */
export const HttpUrl = z
  .url({ protocol: /^https?$/, hostname: /.+/ })
  .max(MAX_URL_CHARS)
  .refine((url) => !HIDDEN.test(url) && !/^https?:\/\/[^/?#]*@/.test(url), 'is not a plain web address')
