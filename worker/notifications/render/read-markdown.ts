import { marked, type Token } from 'marked'

/** Far more than a mail has; what reading costs can grow with the square of this. */
const MOST_SIGNS = 1_000
const MOST_DEEP = 20
const SIGNS = /[*_~`[\]()<>!|#&\\=:@+-]/g
const MARK = '(?:>|[-+*](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))'
const DEEP = new RegExp(`^[ \\t]*(?:${MARK}[ \\t]*){${MOST_DEEP + 1}}`, 'm')

/** A body's Markdown as a tree. One that is made of signs, or too deep to be meant, is the text that it is. */
export function readMarkdown(markdown: string): Token[] {
  const signs = markdown.match(SIGNS)?.length ?? 0
  return signs > MOST_SIGNS || DEEP.test(markdown) ? plain(markdown) : marked.lexer(markdown)
}

const plain = (text: string): Token[] =>
  text.split(/\n{2,}/).map((part) => ({
    type: 'paragraph',
    raw: part,
    text: part,
    tokens: [{ type: 'text', raw: part, text: part, escaped: false }],
  }))
