import type { MailTemplate } from '../words/words.ts'
import { toSubject } from './header-line.ts'
import { toHtml } from './html.ts'
import { type Card, type Foot, layout, mailColors } from './layout.ts'
import { readMarkdown } from './read-markdown.ts'
import { toText } from './text.ts'
import { inert, markTokens, type Values } from './values.ts'

/** A mail's words, before they are addressed. */
export interface Rendered {
  subject: string
  html: string
  text: string
}
export interface Look {
  locale: string
  direction: 'ltr' | 'rtl'
  /** The shop's name. */
  brand: string
  accent: string
  card: Card | null
  foot: Foot
  /** The line above which an answer is written; where the mail can be answered. */
  mark?: string | undefined
}

const PREVIEW_CHARS = 120

/** A template as a mail: Markdown first, tokens after, each escaped for where it lands. */
export function render(template: MailTemplate, values: Values, look: Look): Rendered {
  const body = markTokens(template.body, values)
  const tokens = readMarkdown(body.markdown)
  const text = toText(tokens, body)
  const html = layout({
    ...look,
    brand: inert(look.brand),
    card: look.card && { ...look.card, title: inert(look.card.title) },
    preview: text.replace(/\s+/g, ' ').slice(0, PREVIEW_CHARS).toWellFormed(),
    body: toHtml(tokens, body, mailColors(look.accent)),
  })
  return { subject: toSubject(template.subject, values), html, text: withFoot(text, look) }
}

function withFoot(text: string, { card, mark, foot: { lines, link } }: Look): string {
  const top = mark ? `${mark}\n\n` : ''
  const about = card ? `${inert(card.title)}${card.detail ? ` – ${card.detail}` : ''}\n\n` : ''
  const end = [...lines, ...(link ? [`${link.label}: ${link.url}`] : [])].join('\n')
  // RFC 3676: what follows is no part of the words.
  return `${top}${about}${text}\n\n-- \n${end}\n`
}
