import type { ContextType } from '../../../protocol/chats.ts'
import type { DirectKind } from '../kinds.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

/** A mail's text; the body is Markdown. A paragraph that is nothing but a link becomes the mail's button. */
export interface MailTemplate {
  subject: string
  body: string
}

/** Every word of our mails in one language, and the default templates in it. */
export interface MailWords {
  direction: 'ltr' | 'rtl'
  /** Tokens beside `site_name`: those that `TOKENS_OF` names. */
  mails: Record<Exclude<DirectKind, 'test'>, MailTemplate>
  /** The settings' own defaults, for readers of another language than English. */
  events: Record<'newMessage' | 'chatCreated', MailTemplate>
  /** As `context_type` says it, in the middle of a sentence. */
  contexts: Record<ContextType, string>
  /** Who gave no name. */
  somebody: string
  /** `count` */
  earlier: string
  /** `subject` */
  test: string
  answerHere: string
  answerByMail: string
  /** Why somebody gets this mail; `site_name`. */
  because: string
  becauseAsked: string
  becauseAdmin: string
  stop: string
}

/** What a sender of each kind hands over beside its name. Those in `URLS` are addresses of ours. */
export const TOKENS_OF = {
  code: ['code'],
  invitation: ['link', 'seller_name'],
  staff_invitation: ['link'],
  guest_link: ['link'],
  order_link: ['link', 'order_number'],
  privacy: ['code'],
  reply_refused: ['reason', 'chat_url'],
  verify_address: ['link'],
} as const satisfies Record<Exclude<DirectKind, 'test'>, readonly string[]>

export const URLS: readonly string[] = ['link', 'chat_url']

const LANGUAGES: Record<string, MailWords> = { en, de, es, fr, ar }

/** The words of the first of these languages (`de-AT`) that we have; English where we have none. */
export function wordsFor(...locales: (string | null | undefined)[]): { locale: string; words: MailWords } {
  for (const locale of locales) {
    const words = locale ? wordsOf(locale) : undefined
    if (locale && words) return { locale, words }
  }
  return { locale: 'en', words: en }
}

/** The first language of an `Accept-Language` that we speak; null for none, and for what is no such header. */
export function spokenLanguage(header: string | undefined): string | null {
  const tags = (header ?? '').slice(0, 500).split(',')
  const spoken = tags.map((tag) => tag.split(';')[0]?.trim() ?? '').find((tag) => wordsOf(tag) !== undefined)
  return spoken ?? null
}

const wordsOf = (locale: string): MailWords | undefined =>
  /^[a-z]{2}(-[a-z\d]{2,8})*$/i.test(locale) ? LANGUAGES[locale.slice(0, 2).toLowerCase()] : undefined
