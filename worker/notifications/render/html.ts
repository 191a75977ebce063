import type { Token, Tokens } from 'marked'
import { linkAddress } from './address-of-link.ts'
import { fillMarks, inert, type Marked, type Value } from './values.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** For an element's text and for an attribute in quotes. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** `#rrggbb` each: the button, the text on it, and links among words. */
export interface Colors {
  accent: string
  onAccent: string
  link: string
}

/** A body as HTML. What the template itself has of HTML is shown as the text it is. */
export function toHtml(tokens: readonly Token[], marked: Marked, colors: Colors): string {
  return new HtmlWriter(marked, colors).blocks(tokens)
}

// The classes are those of `layout.ts`; mail programs that drop its style sheet show plain elements.
class HtmlWriter {
  /** Words of others are read in their own direction. */
  #isQuoted = false
  readonly #marked: Marked
  readonly #colors: Colors

  constructor(marked: Marked, colors: Colors) {
    this.#marked = marked
    this.#colors = colors
  }

  blocks(tokens: readonly Token[]): string {
    return tokens.map((token) => this.#block(token as Tokens.Generic)).join('\n')
  }

  #block(token: Tokens.Generic): string {
    const inline = () => this.#inline(token.tokens ?? [])
    switch (token.type) {
      case 'space':
      case 'def':
        return ''
      case 'heading':
        return `<h${token.depth} class="h" style="margin:0 0 12px;font-size:${token.depth === 1 ? 24 : 18}px;line-height:1.3">${inline()}</h${token.depth}>`
      case 'paragraph':
        return this.#paragraph(token as Tokens.Paragraph)
      case 'blockquote':
        return `<blockquote class="q" style="margin:0 0 16px;padding:0;padding-inline-start:14px;border-inline-start:3px solid ${this.#colors.accent}">${this.#quoted(token.tokens ?? [])}</blockquote>`
      case 'list':
        return this.#list(token as Tokens.List)
      case 'code':
        return `<pre class="c" style="margin:0 0 16px;white-space:pre-wrap;font-family:ui-monospace,Menlo,Consolas,monospace">${this.#text(token.text)}</pre>`
      case 'hr':
        return '<hr class="r" style="margin:20px 0;border:0;border-top:1px solid #e3e6e8">'
      case 'table':
        return this.#table(token as Tokens.Table)
      default:
        return token.type === 'text'
          ? inline() || this.#text(token.text)
          : `<p style="margin:0 0 16px">${this.#text(token.raw)}</p>`
    }
  }

  #quoted(tokens: readonly Token[]): string {
    const was = this.#isQuoted
    this.#isQuoted = true
    const html = this.blocks(tokens)
    this.#isQuoted = was
    return html
  }

  /** One that is nothing but a link is what the mail is for. */
  #paragraph({ tokens }: Tokens.Paragraph): string {
    const link = onlyLink(tokens)
    const url = link && linkAddress(link.href, this.#marked)
    const looks = this.#isQuoted ? 'dir="auto" style="margin:0;padding:4px 0"' : 'style="margin:0 0 16px"'
    if (!link || !url) return `<p ${looks}>${this.#inline(tokens)}</p>`
    return `<p style="margin:20px 0"><a class="b" href="${escapeHtml(url)}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:${this.#colors.accent};color:${this.#colors.onAccent};font-weight:600;text-decoration:none">${this.#inline(link.tokens)}</a></p>`
  }

  #list({ ordered, start, items }: Tokens.List): string {
    const tag = ordered ? 'ol' : 'ul'
    const from = ordered && start !== '' && start !== 1 ? ` start="${start}"` : ''
    const lines = items.map((item) => `<li style="margin:0 0 4px">${this.blocks(item.tokens)}</li>`)
    return `<${tag}${from} style="margin:0 0 16px;padding-inline-start:24px">${lines.join('')}</${tag}>`
  }

  #table({ header, rows }: Tokens.Table): string {
    const row = (tag: string, cells: Tokens.TableCell[]) =>
      `<tr>${cells.map(({ tokens }) => `<${tag} style="padding:4px 16px 4px 0;text-align:start">${this.#inline(tokens)}</${tag}>`).join('')}</tr>`
    return `<table role="presentation" style="margin:0 0 16px">${row('th', header)}${rows.map((cells) => row('td', cells)).join('')}</table>`
  }

  #inline(tokens: readonly Token[]): string {
    return tokens.map((token) => this.#piece(token as Tokens.Generic)).join('')
  }

  #piece(token: Tokens.Generic): string {
    const inner = () => this.#inline(token.tokens ?? [])
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return `<${token.type}>${inner()}</${token.type}>`
      case 'codespan':
        return `<code style="font-family:ui-monospace,Menlo,Consolas,monospace">${this.#text(token.text)}</code>`
      case 'br':
        return '<br>'
      case 'link': {
        const url = linkAddress(token.href, this.#marked)
        return url
          ? `<a class="a" href="${escapeHtml(url)}" style="color:${this.#colors.link}">${new HtmlWriter(inLink(this.#marked), this.#colors).#inline(token.tokens ?? [])}</a>`
          : inner()
      }
      case 'image': {
        const url = linkAddress(token.href, this.#marked)
        return url?.startsWith('https://')
          ? `<img src="${escapeHtml(url)}" alt="${escapeHtml(token.text)}" style="max-width:100%">`
          : this.#text(token.text)
      }
      case 'text':
        return token.tokens ? inner() : this.#text(token.text)
      default:
        return this.#text(token.type === 'escape' ? token.text : token.raw)
    }
  }

  #text(text: string): string {
    return fillMarks(text, this.#marked, escapeHtml, (value) => this.#value(value))
  }

  #value(value: Value): string {
    if ('text' in value) return escapeHtml(inert(value.text)).replace(/\n/g, '<br>')
    const url = escapeHtml(value.url)
    return `<a class="a" href="${url}" style="color:${this.#colors.link}">${url}</a>`
  }
}

/** Within a link an address of ours is text: links do not nest. */
const inLink = (marked: Marked): Marked => ({
  ...marked,
  values: marked.values.map((value) => ('url' in value ? { text: value.url } : value)),
})

export function onlyLink(tokens: readonly Token[]): Tokens.Link | null {
  const [first, ...more] = tokens.filter(({ raw }) => raw.trim() !== '')
  return first?.type === 'link' && more.length === 0 && !('autolink' in first && first.autolink)
    ? (first as Tokens.Link)
    : null
}
