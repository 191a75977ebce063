import type { UserId } from '../../protocol/ids.ts'
import { addressesIn } from '../../protocol/settings/index.ts'
import { MINUTE_MS } from '../durations.ts'
import { newId, sha256 } from '../ids.ts'
import { addressKey, isReachable, mayNotify } from '../replies/may-mail.ts'
import { inboxOf } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import type { Sender } from './compose-direct.ts'
import { composeNotice, type NoticeEvent } from './compose-notice.ts'
import { KINDS, MOST_AGE_MS } from './kinds.ts'
import {
  askAddress,
  type Caps,
  type ChatOfMail,
  dropQueued,
  type Pending,
  readChatOfMail,
  readPending,
  takeAgain,
  takeNotice,
} from './notice-store.ts'
import { type DueMail, isTriedAgain } from './outbox-store.ts'
import type { MailRequest } from './transport.ts'

/** What becomes of a mail: it goes out, waits, or is no longer wanted (null: which is written down already). */
export type Verdict = { send: MailRequest } | { waitMs: number; reason: string | null } | { drop: string | null }

/** Somebody wrote, or had words erased, while this mail was rendered or dropped. */
const AT_ONCE_MS = 50
/** Until it is asked again whether they still look at the chat. */
const LOOKING_MS = MINUTE_MS

const eventOf = ({ kind }: DueMail): NoticeEvent => (kind === 'chat_created' ? 'chatCreated' : 'newMessage')

/** Whether a notification may still go out, asked anew before every try; then it is rendered, once. */
export async function prepareNotice(
  sender: Sender & { home: string },
  db: D1Database,
  mail: DueMail,
): Promise<Verdict> {
  const chat = await readChatOfMail(db, mail)
  const verdict = await decide(sender, db, mail, chat)
  if (!('drop' in verdict) || verdict.drop === null || !chat || mail.state !== 'queued') return verdict
  const isDropped = await dropQueued(db, mail.id, verdict.drop, chat.last_seq)
  return isDropped ? { drop: null } : { waitMs: AT_ONCE_MS, reason: null }
}

async function decide(
  sender: Sender & { home: string },
  db: D1Database,
  mail: DueMail,
  chat: ChatOfMail | null,
): Promise<Verdict> {
  const event = eventOf(mail)
  const no = await whyNot(db, sender.site, { mail, event, chat })
  if (no !== null || !chat) return { drop: no ?? 'chat_gone' }
  const looked = await whileLooking(sender, mail, chat)
  if (looked) return looked
  if (mail.request !== null)
    return isUntold(mail, event, chat) ? goOn(sender.site, db, mail, JSON.parse(mail.request)) : { drop: 'read' }
  const email = chat.email ?? mail.email ?? ''
  const reader = { mail, event, chat, email, address: await addressKey(email) }
  return chat.guest && !chat.email_verified ? askFirst(db, reader) : tell(sender, db, reader)
}

/** Somebody with the chat in front of them needs no mail about it, even where they have scrolled up and not read on yet. */
async function whileLooking({ env, site }: Sender, mail: DueMail, chat: ChatOfMail): Promise<Verdict | null> {
  if (!chat.online || !chat.user) return null
  // An inbox that is away knows nothing better, and must not hold up everybody's mails.
  const isLooking = await inboxOf(env, site.id, chat.user)
    .isLookingAt(chat.id)
    .catch(() => false)
  if (!isLooking) return null
  return eventOf(mail) === 'chatCreated' ? { drop: 'read' } : { waitMs: LOOKING_MS, reason: 'looking' }
}

interface Reader {
  mail: DueMail
  event: NoticeEvent
  chat: ChatOfMail
  email: string
  /** SHA-256 of it. */
  address: string
}

/** Renders what is unread, unless it has been read, is too young, or the caps want it later. */
async function tell(sender: Sender & { home: string }, db: D1Database, reader: Reader): Promise<Verdict> {
  const { mail, event, chat, address, email } = reader
  const { settings } = sender.site
  const caps = capsOf(sender.site)
  const template = (await sha256(settings.notifications[event].subject)).slice(0, 16)
  const about = { mail, side: chat.side, readSeq: chat.read_seq ?? 0, address, template, caps }
  const pending = await readPending(db, about)
  const later = notNow(reader, pending, settings.notifications.delaySec * 1000)
  if (later) return later
  const request = await composeNotice(sender, { ...mail, email }, { event, chat, pending })
  const quotes = pending.messages.map(({ seq }) => seq)
  const taken = await takeNotice(db, { mail, address, template, caps, lastSeq: chat.last_seq, quotes, request })
  return taken ? { send: request } : { waitMs: AT_ONCE_MS, reason: null }
}

function notNow({ mail, event, chat }: Reader, pending: Pending, delayMs: number): Verdict | null {
  const newest = pending.messages.at(-1)
  const isNewChat = event === 'chatCreated'
  if (isNewChat && pending.isTold) return { drop: 'gathered' }
  if (isNewChat ? (chat.read_seq ?? 0) > 0 : !newest) return { drop: 'read' }
  if ((newest?.at ?? mail.created_at) + MOST_AGE_MS <= mail.now) return { drop: 'expired' }
  const youngMs = (isNewChat ? mail.created_at : pending.firstAt) + delayMs - mail.now
  if (youngMs > 0) return { waitMs: youngMs, reason: null }
  return pending.waitMs > 0 ? { waitMs: pending.waitMs, reason: 'capped' } : null
}

interface Asked {
  mail: DueMail
  event: NoticeEvent
  chat: ChatOfMail | null
}

/** Why a mail is no longer wanted, whatever is unread; null: it still is. */
async function whyNot(db: D1Database, site: Site, { mail, event, chat }: Asked): Promise<string | null> {
  const { notifications } = site.settings
  const switches = notifications[event]
  if (!notifications.enabled || !switches.enabled || !switches.email) return 'switched_off'
  if (!chat) return 'chat_gone'
  if (chat.erased) return 'erased'
  if (mail.email !== null) {
    if (!addressesIn(switches.admins).includes(mail.email)) return 'switched_off'
    return (await isReachable(db, mail.email)) ? null : 'unwanted'
  }
  if (chat.side === null || chat.left_n !== null) return 'left'
  if (chat.email === null) return 'no_address'
  if (chat.customer_blocked && chat.side === 'seller') return 'blocked'
  const who = { site: site.id, user: mail.recipient as UserId, email: chat.email, chat: chat.id }
  return (await mayNotify(db, who)) ? null : 'unwanted'
}

/** A rendered mail has told nobody yet: it still goes out unless its reader has come to the chat meanwhile. */
const isUntold = ({ upto_seq }: DueMail, event: NoticeEvent, { side, read_seq }: ChatOfMail) =>
  side === null || (event === 'newMessage' ? (read_seq ?? 0) < (upto_seq ?? 0) : (read_seq ?? 0) === 0)

/** A rendered mail as it is; one that an admin has had tried again, once the caps have room for it. */
async function goOn(site: Site, db: D1Database, mail: DueMail, request: MailRequest): Promise<Verdict> {
  if (!isTriedAgain(mail)) return { send: request }
  const waitMs = await takeAgain(db, { mail, address: await addressKey(request.to), caps: capsOf(site) })
  return waitMs === null ? { send: request } : { waitMs: Math.max(AT_ONCE_MS, waitMs), reason: 'capped' }
}

/** Nobody has shown yet that this address is theirs: it gets one question, and no words of anybody. */
async function askFirst(db: D1Database, { mail, chat, email, address }: Reader): Promise<Verdict> {
  const ask = { id: newId<string>('mail'), site: mail.site, user: mail.recipient as UserId, email, address }
  const { lifeMs } = KINDS.verify_address
  if (await isReachable(db, email)) await askAddress(db, { ...ask, locale: chat.locale, lifeMs })
  return { drop: 'unverified' }
}

const capsOf = ({ settings: { notifications } }: Site): Caps => ({
  perChatMs: notifications.perChatMinutes * MINUTE_MS,
  perHour: notifications.perHour,
  perDay: notifications.perDay,
})
