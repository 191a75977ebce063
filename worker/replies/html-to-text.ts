import { decodeEntities } from '../webhooks/decode-entities.ts'
import { replyMark } from './reply-mark.ts'

/** What is between these is no words. */
const UNSEEN = /^(script|style|head|title|template|svg)$/
/** Boxes into which mail clients put what they quote. */
const QUOTES =
  /\b(class|id|name)\s*=\s*["']?[^"'>]*\b(gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|quote)\b/i
const SIGNATURES =
  /\b(class|id)\s*=\s*["']?[^"'>]*\b(gmail_signature|moz-signature|Signature|ms-outlook-mobile-signature)\b/
const MOST_TAG_CHARS = 500
const BLOCKS = /^(p|div|br|tr|li|ul|ol|table|blockquote|h[1-6]|hr|section|article|pre)$/

/** The words of an HTML mail as lines; what it quotes comes behind our own line, so that it is cut off like any other. */
export function htmlToText(html: string): string {
  let out = ''
  let at = 0
  // Behind it no `<` begins a tag; looking for its end each time would take the square of the length.
  const last = html.lastIndexOf('>')
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const isTag = open >= 0 && open < last
    out += words(html.slice(at, isTag ? open : undefined))
    if (!isTag) break
    const tag = tagAt(html, open)
    out += tag.stands
    at = tag.end
  }
  return out
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const words = (text: string) => decodeEntities(text.replace(/\s+/g, ' '))

/** Where a tag, a comment or an unseen element ends, and what stands in its place. */
function tagAt(html: string, open: number): { end: number; stands: string } {
  if (html.startsWith('<!--', open)) return { end: after(html, '-->', open), stands: '' }
  const end = after(html, '>', open)
  const tag = html.slice(open + 1, Math.min(end - 1, open + MOST_TAG_CHARS))
  const [, closing, name = ''] = tag.toLowerCase().match(/^(\/?)([a-z][a-z0-9]*)/) ?? []
  // A lone `<` is a word.
  if (!name && !/^[!?/]/.test(tag)) return { end: open + 1, stands: '<' }
  if (closing) return { end, stands: BLOCKS.test(name) ? '\n' : '' }
  if (UNSEEN.test(name)) return { end: after(html, '>', html.indexOf(`</${name}`, end)), stands: '' }
  return { end, stands: standsFor(name, tag) }
}

function standsFor(name: string, tag: string): string {
  if (SIGNATURES.test(tag)) return '\n-- \n'
  if (name === 'blockquote' || QUOTES.test(tag)) return `\n${replyMark('en')}\n`
  if (name === 'p') return '\n\n'
  if (BLOCKS.test(name)) return '\n'
  return /^t[dh]$/.test(name) ? ' ' : ''
}

/** Just behind the next such text; the end of it all where there is none. */
function after(html: string, text: string, from: number): number {
  const at = from < 0 ? -1 : html.indexOf(text, from)
  return at < 0 ? html.length : at + text.length
}
