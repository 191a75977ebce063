import type { ContextType, Side } from '../../protocol/chats.ts'
import type { UserId } from '../../protocol/ids.ts'
import { replyAddress } from '../replies/reply-address.ts'
import { replyMark } from '../replies/reply-mark.ts'
import { unsubscribeUrl } from '../replies/unsubscribe.ts'
import { chatUrl } from './chat-url.ts'
import { address, brandOf, fill, type Sender } from './compose-direct.ts'
import type { ChatOfMail, MessageOfMail, Pending } from './notice-store.ts'
import type { DueMail } from './outbox-store.ts'
import { clip } from './render/header-line.ts'
import type { Card, Foot } from './render/layout.ts'
import { type Rendered, render } from './render/render.ts'
import type { Values } from './render/values.ts'
import type { MailRequest } from './transport.ts'
import { en } from './words/en.ts'
import { type MailTemplate, type MailWords, wordsFor } from './words/words.ts'

export type NoticeEvent = 'newMessage' | 'chatCreated'

/** Longer mails are cut by the programs that show them. */
const MOST_CHARS = 4000

/** The site's template; while it is our own default, in the reader's language. */
export function templateFor({ site }: Sender, event: NoticeEvent, words: MailWords): MailTemplate {
  const { subject, body } = site.settings.notifications[event]
  return {
    subject: subject === en.events[event].subject ? words.events[event].subject : subject,
    body: body === en.events[event].body ? words.events[event].body : body,
  }
}

/** What the tokens of a notification stand for. */
export interface NoticeWords {
  recipient: string | null
  sender: string | null
  messages: readonly Pick<MessageOfMail, 'body'>[]
  /** Messages that there is no room for. */
  earlier: number
  context: ContextType
  url: string
}

export function noticeValues({ site }: Sender, words: MailWords, notice: NoticeWords): Values {
  const { recipient, sender, messages, earlier, context, url } = notice
  const bodies = messages.map(({ body }) => body)
  if (earlier > 0) bodies.unshift(fill(words.earlier, { count: earlier }))
  return {
    site_name: { text: brandOf(site) },
    chat_url: { url },
    sender_name: { text: sender ?? words.somebody },
    recipient_name: { text: recipient ?? '' },
    last_message: { text: clip(bodies.join('\n\n'), MOST_CHARS) },
    context_type: { text: words.contexts[context] },
  }
}

/** A notification as it is rendered, in the language and the looks of its reader. */
export function renderNotice(
  sender: Sender,
  event: NoticeEvent,
  look: {
    locale: string | null
    card: Card | null
    foot(words: MailWords): Foot
    notice: NoticeWords
    /** The mail can be answered. */
    answered?: boolean
  },
): Rendered {
  const { settings } = sender.site
  const { locale, words } = wordsFor(look.locale, settings.region.locale)
  return render(templateFor(sender, event, words), noticeValues(sender, words, look.notice), {
    locale,
    direction: words.direction,
    brand: brandOf(sender.site),
    accent: settings.brand.accent,
    card: look.card,
    foot: look.foot(words),
    mark: look.answered ? replyMark(locale) : undefined,
  })
}

/** The notification about a chat, addressed: it can be answered or says where, can be stopped, and stays in its thread. */
export async function composeNotice(
  sender: Sender & { home: string },
  mail: DueMail & { email: string },
  { event, chat, pending }: { event: NoticeEvent; chat: ChatOfMail; pending: Pending },
): Promise<MailRequest> {
  const { env, site, home } = sender
  const user = chat.user
  const stop = user && (await unsubscribeUrl(env, home, { site: site.id, user, chat: chat.id }))
  const replyTo = user && (await replyAddress(env, site.id, chat.id, user as UserId))
  const rendered = renderNotice(sender, event, {
    locale: chat.locale,
    answered: Boolean(replyTo),
    card: cardOf(chat),
    foot: (words) => ({
      lines: [
        user
          ? replyTo
            ? words.answerByMail
            : words.answerHere
          : fill(words.becauseAdmin, { site_name: brandOf(site) }),
        ...(user ? [fill(words.because, { site_name: brandOf(site) })] : []),
      ],
      ...(stop ? { link: { url: stop, label: words.stop } } : {}),
    }),
    notice: {
      recipient: chat.name,
      sender: senderName(chat, event === 'chatCreated' ? 'customer' : pending.messages.at(-1)?.side),
      messages: pending.messages,
      earlier: pending.count - pending.messages.length,
      context: chat.context,
      url: chatUrl(site, home, chat, chat.side),
    },
  })
  const request = address(sender, mail, { ...rendered, subject: pending.subject ?? rendered.subject })
  const thread = `<${chat.id}${request.headers['Message-ID']?.replace(/^[^@]*/, '')}`
  // A root that no mail has: programs gather whatever names the same one, even where the provider sets ids of its own.
  Object.assign(request.headers, { References: thread, 'In-Reply-To': thread })
  if (stop) {
    request.headers['List-Unsubscribe'] = `<${stop}>`
    request.headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
  }
  return replyTo ? { ...request, replyTo } : request
}

/** The customer by name, the desk by its own. */
const senderName = ({ customer, seller }: ChatOfMail, side: Side | undefined) => (side === 'seller' ? seller : customer)

const cardOf = ({ title, picture, price, status }: ChatOfMail): Card | null =>
  title === null ? null : { title, picture, detail: [price, status].filter((part) => part).join(' · ') || null }
