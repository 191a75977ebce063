import type { ContextType, Side } from '../../protocol/chats.ts'
import type { ChatId, UserId } from '../../protocol/ids.ts'
import { WORDS_AND_FILES } from '../db/attached.ts'
import { NOW, rowOf, rowsOf } from '../db/client.ts'
import { DAY_MS, HOUR_MS } from '../durations.ts'
import { type DueMail, erasedOf } from './outbox-store.ts'
import type { MailRequest } from './transport.ts'

/** A chat and one reader of it, as a mail needs them. What a page has claimed is words, never an address or a picture. */
export interface ChatOfMail {
  id: ChatId
  context: ContextType
  last_seq: number
  title: string | null
  url: string | null
  picture: string | null
  price: string | null
  status: string | null
  seller: string
  customer: string | null
  customer_blocked: number
  /** Words that the mail was rendered with have been erased since. */
  erased: number
  /** Null for an admin, who is no participant. */
  side: Side | null
  user: UserId | null
  left_n: number | null
  read_seq: number | null
  name: string | null
  email: string | null
  email_verified: number | null
  guest: number | null
  locale: string | null
  /** Whether they may have a page open. */
  online: number | null
}

const MOST_MESSAGES = 5

const CHAT = `
SELECT c.id, c.context, c.last_seq, coalesce(pr.title, op.title, po.title, c.claim ->> 'title') title,
  coalesce(pr.url, op.url, po.url) url, coalesce(pr.picture, po.picture) picture, coalesce(pr.price, op.price) price,
  op.status, coalesce(s.name, c.seller) seller, v.name customer,
  EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = v.id AND b.seller IN (c.seller, '*')) customer_blocked,
  EXISTS (${erasedOf('c.id', '(SELECT quotes FROM outbox_requests WHERE mail = ?4)')}) erased,
  p.side, p.user, p.left_n, p.read_seq, u.name, u.email, u.email_verified, u.guest, u.locale, u.online
FROM chats c
JOIN users cu ON cu.id = c.customer JOIN users v ON v.id = coalesce(cu.merged_into, cu.id)
LEFT JOIN sellers s ON s.site = c.site AND s.id = c.seller
LEFT JOIN products pr ON c.context = 'product' AND pr.site = c.site AND pr.id = c.thing
LEFT JOIN order_parts op ON c.context = 'order' AND op.site = c.site AND op.order_id = c.thing AND op.seller = c.seller
  AND c.state <> 'read_only'
LEFT JOIN posts po ON c.context = 'post' AND po.site = c.site AND po.id = c.thing
LEFT JOIN participants p ON p.chat = c.id AND p.user = ?3
LEFT JOIN users u ON u.id = p.user
WHERE c.id = ?1 AND c.site = ?2`

/** The chat of a mail with its reader; null when the chat is gone. */
export const readChatOfMail = (db: D1Database, { id, chat, site, recipient }: DueMail): Promise<ChatOfMail | null> =>
  db.prepare(CHAT).bind(chat, site, recipient, id).first<ChatOfMail>()

export interface MessageOfMail {
  seq: number
  body: string
  at: number
  side: Side
}
/** What is still to be told, and what the caps say to it. */
export interface Pending {
  /** The newest, oldest first. */
  messages: MessageOfMail[]
  /** All of them. */
  count: number
  firstAt: number
  /** How long until the caps let a mail about this chat go to this address; 0: now. */
  waitMs: number
  /** A mail about this chat has gone to this address already, or a newer kind of mail tells of it. */
  isTold: boolean
  /** What the chat's mails to this address are called, if the template is still the same. */
  subject: string | null
}
export interface Caps {
  perChatMs: number
  perHour: number
  perDay: number
}
interface Question {
  mail: DueMail
  side: Side | null
  readSeq: number
  /** SHA-256 of the address. */
  address: string
  /** What the subject would be made from. */
  template: string
  caps: Caps
}

const NOTICES = "kind IN ('new_message', 'chat_created')"

// ?1 chat, ?2 the reader's side or null, ?3 read up to, ?4 site, ?5 address. What a colleague has answered needs nobody
// else; what a mail has told, no second one. What Shopbell writes by itself is no reason for a mail.
const UNTOLD = `FROM messages m WHERE m.chat = ?1 AND m.side <> 'system' AND m.side IS NOT ?2 AND m.erased IS NULL
  AND m.seq > max(?3, coalesce((SELECT max(seq) FROM messages WHERE chat = ?1 AND side = ?2), 0),
    coalesce((SELECT max(upto_seq) FROM outbox WHERE site = ?4 AND address = ?5 AND taken_at IS NOT NULL AND chat = ?1), 0))`
const MESSAGES = `SELECT m.seq, ${WORDS_AND_FILES} body, m.at, m.side ${UNTOLD} ORDER BY m.seq DESC LIMIT ${MOST_MESSAGES}`
const COUNT = `SELECT count(*) n, min(m.at) first_at ${UNTOLD}`

// ?1 site, ?2 address, ?3 chat, ?4 ms between two of a chat, ?5 an hour, ?6 a day; each the wait until one more fits.
const TAKEN = `FROM outbox WHERE site = ?1 AND address = ?2 AND ${NOTICES} AND taken_at > t.now -`
const WAITS = `
SELECT max(
  coalesce((SELECT max(taken_at) + ?4 - t.now ${TAKEN} ?4 AND chat = ?3), 0),
  coalesce((SELECT taken_at + ${HOUR_MS} - t.now ${TAKEN} ${HOUR_MS} ORDER BY taken_at DESC LIMIT 1 OFFSET ?5 - 1), 0),
  coalesce((SELECT taken_at + ${DAY_MS} - t.now ${TAKEN} ${DAY_MS} ORDER BY taken_at DESC LIMIT 1 OFFSET ?6 - 1), 0)
) ms FROM (SELECT ${NOW} now) t`

// ?1 site, ?2 address, ?3 chat, ?4 template, ?5 this very mail, ?6 its recipient.
const BEFORE = `
SELECT EXISTS (SELECT 1 FROM outbox WHERE site = ?1 AND address = ?2 AND taken_at IS NOT NULL AND chat = ?3)
  OR EXISTS (SELECT 1 FROM outbox WHERE chat = ?3 AND recipient = ?6 AND kind = 'new_message' AND state = 'queued' AND id <> ?5) told,
  (SELECT subject FROM outbox WHERE site = ?1 AND address = ?2 AND taken_at IS NOT NULL AND chat = ?3 AND template = ?4
   ORDER BY taken_at LIMIT 1) subject`

/** What a mail would tell its reader now; one batch. */
export async function readPending(
  db: D1Database,
  { mail, side, readSeq, address, template, caps }: Question,
): Promise<Pending> {
  const about = [mail.chat, side, readSeq, mail.site, address] as const
  const [messages, count, waits, before] = await db.batch([
    db.prepare(MESSAGES).bind(...about),
    db.prepare(COUNT).bind(...about),
    db.prepare(WAITS).bind(mail.site, address, mail.chat, caps.perChatMs, caps.perHour, caps.perDay),
    db.prepare(BEFORE).bind(mail.site, address, mail.chat, template, mail.id, mail.recipient),
  ])
  const { n, first_at } = rowOf<{ n: number; first_at: number | null }>(count)
  const { told, subject } = rowOf<{ told: number; subject: string | null }>(before)
  return {
    messages: rowsOf<MessageOfMail>(messages).reverse(),
    count: n,
    firstAt: first_at ?? 0,
    waitMs: rowOf<{ ms: number }>(waits).ms,
    isTold: told === 1,
    subject,
  }
}

interface Notice {
  mail: DueMail
  address: string
  template: string
  caps: Caps
  /** The last message of the chat when this was written: one that came since must not be passed over. */
  lastSeq: number
  /** The messages in it. */
  quotes: number[]
  request: MailRequest
}

// The caps once more, in the statement that counts: two mailers at once cannot pass them together.
const ROOM = (most: string, windowMs: string | number, more = '') =>
  `(SELECT count(*) FROM outbox o WHERE o.site = outbox.site AND o.address = ?2 AND o.${NOTICES} AND o.taken_at > ${NOW} - ${windowMs} ${more}) < ${most}`
const TAKE = `
UPDATE outbox SET state = 'sending', address = ?2, taken_at = ${NOW}, upto_seq = ?3, subject = ?4, template = ?5
WHERE id = ?1 AND state = 'queued' AND (SELECT last_seq FROM chats WHERE id = outbox.chat) = ?6
AND NOT EXISTS (${erasedOf('outbox.chat', '?10')})
AND ${ROOM('1', '?7', 'AND o.chat = outbox.chat')} AND ${ROOM('?8', HOUR_MS)} AND ${ROOM('?9', DAY_MS)}`
const KEEP = `INSERT INTO outbox_requests (mail, request, quotes) SELECT id, ?2, ?3 FROM outbox WHERE id = ?1 AND state = 'sending'
ON CONFLICT DO NOTHING`

/** From here on the notification is what it is, and counted. False where something has come between. */
export async function takeNotice(db: D1Database, notice: Notice): Promise<boolean> {
  const { mail, address, template, caps, lastSeq, quotes, request } = notice
  const { perChatMs, perHour, perDay } = caps
  const quoted = JSON.stringify(quotes)
  const told = [quotes.at(-1) ?? 0, request.subject, template, lastSeq]
  const [taken] = await db.batch([
    db.prepare(TAKE).bind(mail.id, address, ...told, perChatMs, perHour, perDay, quoted),
    db.prepare(KEEP).bind(mail.id, JSON.stringify(request), quoted),
  ])
  return taken?.meta.changes === 1
}

// ?1 id, ?2 address, ?3 to ?5 the caps.
const TAKE_AGAIN = `
UPDATE outbox SET taken_at = ${NOW} WHERE id = ?1 AND done_at IS NULL AND taken_at <= 0
AND ${ROOM('1', '?3', 'AND o.chat = outbox.chat')} AND ${ROOM('?4', HOUR_MS)} AND ${ROOM('?5', DAY_MS)}`

/**
 * Counts a rendered notification that could not be sent and is tried again. Null once the caps had room for it, else ms
 * until they may.
 */
export async function takeAgain(
  db: D1Database,
  { mail, address, caps }: Pick<Notice, 'mail' | 'address' | 'caps'>,
): Promise<number | null> {
  const { perChatMs, perHour, perDay } = caps
  const [waits, taken] = await db.batch([
    db.prepare(WAITS).bind(mail.site, address, mail.chat, perChatMs, perHour, perDay),
    db.prepare(TAKE_AGAIN).bind(mail.id, address, perChatMs, perHour, perDay),
  ])
  return taken?.meta.changes === 1 ? null : rowOf<{ ms: number }>(waits).ms
}

const DROP = `
UPDATE outbox SET state = 'dropped', reason = ?2, done_at = ${NOW}, email = NULL, payload = NULL
WHERE id = ?1 AND state = 'queued' AND (SELECT last_seq FROM chats WHERE id = outbox.chat) = ?3`

/** Ends a mail that still gathers. False where somebody wrote since `lastSeq`: this mail is the only one to tell of it. */
export async function dropQueued(db: D1Database, id: string, reason: string, lastSeq: number): Promise<boolean> {
  const { meta } = await db.prepare(DROP).bind(id, reason, lastSeq).run()
  return meta.changes === 1
}

// ?1 id, ?2 site, ?3 user, ?4 e-mail, ?5 address, ?6 locale, ?7 life.
const ASK = `
INSERT INTO outbox (id, site, kind, recipient, email, locale, payload, state, rank, created_at, due_at, expires_at, address, taken_at)
SELECT ?1, ?2, 'verify_address', ?3, ?4, ?6, '{}', 'queued', 1, t.now, t.now, t.now + ?7, ?5, t.now
FROM (SELECT ${NOW} now) t
WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE site = ?2 AND address = ?5 AND kind = 'verify_address' AND taken_at > t.now - ${DAY_MS})`

/** Asks an address whether it belongs to who gave it, once in 24 hours whoever names it. */
export async function askAddress(
  db: D1Database,
  ask: {
    id: string
    site: string
    user: UserId
    email: string
    address: string
    locale: string | null
    lifeMs: number
  },
): Promise<void> {
  await db.prepare(ASK).bind(ask.id, ask.site, ask.user, ask.email, ask.address, ask.locale, ask.lifeMs).run()
}
