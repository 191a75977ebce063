import type { Token, Tokens } from 'marked'
import { linkAddress } from './address-of-link.ts'
import { onlyLink } from './html.ts'
import { fillMarks, inert, type Marked } from './values.ts'

/** A body as plain text: what mail programs without HTML show, and what filters read. */
export function toText(tokens: readonly Token[], marked: Marked): string {
  return blocks(tokens, marked)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const blocks = (tokens: readonly Token[], marked: Marked): string =>
  tokens
    .map((token) => block(token as Tokens.Generic, marked))
    .filter((text) => text !== '')
    .join('\n\n')

function block(token: Tokens.Generic, marked: Marked): string {
  switch (token.type) {
    case 'space':
    case 'def':
      return ''
    case 'heading':
      return inline(token.tokens ?? [], marked)
    case 'paragraph':
      return paragraph(token as Tokens.Paragraph, marked)
    case 'blockquote':
      return indent(blocks(token.tokens ?? [], marked), '> ')
    case 'list':
      return list(token as Tokens.List, marked)
    case 'hr':
      return '---'
    case 'table':
      return table(token as Tokens.Table, marked)
    case 'text':
      return token.tokens ? inline(token.tokens, marked) : fill(token.text, marked)
    default:
      return fill(token.type === 'code' ? token.text : token.raw, marked)
  }
}

function paragraph({ tokens }: Tokens.Paragraph, marked: Marked): string {
  const link = onlyLink(tokens)
  const url = link && linkAddress(link.href, marked)
  return link && url ? `${inline(link.tokens, marked)}:\n${url}` : inline(tokens, marked)
}

const list = ({ ordered, start, items }: Tokens.List, marked: Marked) =>
  items
    .map(({ tokens }, i) => {
      const sign = ordered ? `${Number(start || 1) + i}. ` : '- '
      return sign + indent(blocks(tokens, marked), '  ').trimStart()
    })
    .join('\n')

const table = ({ header, rows }: Tokens.Table, marked: Marked) =>
  [header, ...rows].map((cells) => cells.map(({ tokens }) => inline(tokens, marked)).join(' | ')).join('\n')

const inline = (tokens: readonly Token[], marked: Marked): string =>
  tokens.map((token) => piece(token as Tokens.Generic, marked)).join('')

function piece(token: Tokens.Generic, marked: Marked): string {
  switch (token.type) {
    case 'br':
      return '\n'
    case 'link': {
      const label = inline(token.tokens ?? [], marked)
      const url = linkAddress(token.href, marked)
      return url === null || url === label ? label : `${label} (${url})`
    }
    case 'codespan':
    case 'escape':
    case 'image':
      return fill(token.text, marked)
    default:
      return token.tokens ? inline(token.tokens, marked) : fill(token.type === 'text' ? token.text : token.raw, marked)
  }
}

const fill = (text: string, marked: Marked) =>
  fillMarks(
    text,
    marked,
    (words) => words,
    (value) => ('url' in value ? value.url : inert(value.text)),
  )

const indent = (text: string, by: string) =>
  text
    .split('\n')
    .map((line) => (by + line).trimEnd())
    .join('\n')
