import { html } from 'lit'

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi
const CLOSERS = /[.,;:!?…»”’\]]+$/

/** An address as people write it ends before the sentence's own punctuation and brackets. */
function trimmed(address: string): string {
  let end = address.replace(CLOSERS, '')
  while (end.endsWith(')') && !end.includes('(')) end = end.slice(0, -1).replace(CLOSERS, '')
  return end
}

/** A text in pieces: plain words as strings, http(s) addresses as links. Everything else stays text. */
export function pieces(text: string): (string | { href: string })[] {
  const out: (string | { href: string })[] = []
  let from = 0
  for (const { 0: match, index } of text.matchAll(ADDRESS)) {
    const href = trimmed(match)
    if (!URL.canParse(href)) continue
    out.push(text.slice(from, index), { href })
    from = index + href.length
  }
  out.push(text.slice(from))
  return out.filter((piece) => piece !== '')
}

export const linked = (text: string) =>
  text.includes('://')
    ? pieces(text).map((piece) =>
        typeof piece === 'string'
          ? piece
          : html`<a href=${piece.href} target="_blank" rel="noopener nofollow ugc">${piece.href}</a>`,
      )
    : text
