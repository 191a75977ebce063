import { rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { PEOPLE } from './person-store.ts'

// ?1 site, ?2 the person. A customer gets the whole conversation; of a desk's chats a seller gets what they wrote
// themselves: the rest is other people's.
const AS_CUSTOMER = `SELECT id chat FROM chats WHERE site = ?1 AND customer IN (${PEOPLE})`
const THEIR_CHATS = `${AS_CUSTOMER} UNION SELECT chat FROM participants WHERE user IN (${PEOPLE})`
const READABLE = `(m.sender IN (${PEOPLE}) OR m.chat IN (${AS_CUSTOMER})) AND m.erased IS NOT 2`

/** The small lists of an export; what grows without end is paged. */
const LISTS = {
  profile: `SELECT id, shop_id shopId, name, email, email_verified emailVerified, guest, locale, created_at createdAt
    FROM users WHERE id IN (${PEOPLE}) ORDER BY created_at`,
  sessions: `SELECT role, created_at createdAt, rotated_at lastUsedAt, ends_at endsAt, revoked_at endedAt, device
    FROM sessions WHERE user IN (${PEOPLE}) ORDER BY created_at`,
  desks: `SELECT d.id, d.name, m.created_at since FROM seller_members m JOIN sellers d ON d.site = m.site AND d.id = m.seller
    WHERE m.site = ?1 AND m.user IN (${PEOPLE}) ORDER BY d.id`,
  orders: `SELECT o.id, o.number, p.title, p.price, p.url, p.status, s.name seller FROM orders o
    LEFT JOIN order_parts p ON p.site = o.site AND p.order_id = o.id LEFT JOIN sellers s ON s.site = o.site AND s.id = p.seller
    WHERE o.site = ?1 AND o.buyer IN (${PEOPLE}) ORDER BY o.id`,
  notifications: `SELECT kind, chat, state, created_at createdAt, done_at doneAt FROM outbox
    WHERE site = ?1 AND recipient IN (${PEOPLE}) ORDER BY created_at`,
  stoppedMails: `SELECT chat, created_at createdAt FROM mail_stops WHERE site = ?1 AND user IN (${PEOPLE})`,
  pushSubscriptions: `SELECT endpoint, locale, created_at createdAt FROM push_subscriptions
    WHERE site = ?1 AND user IN (${PEOPLE})`,
  requests: `SELECT kind, source, state, asked_at askedAt, done_at doneAt FROM privacy_requests
    WHERE site = ?1 AND user IN (${PEOPLE}) ORDER BY asked_at`,
} as const

export type ListName = keyof typeof LISTS
export type Row = Record<string, string | number | null>

export async function readLists(db: D1Database, site: string, user: string): Promise<Record<ListName, Row[]>> {
  const results = await db.batch(numbered(db, Object.values(LISTS), [site, user]))
  const entries = Object.keys(LISTS).map((name, at) => [name, rowsOf<Row>(results[at])])
  return Object.fromEntries(entries)
}

const CHATS = `
SELECT c.id, c.context about, c.thing, coalesce(pr.title, op.title, po.title, c.claim ->> '$.title') title,
  coalesce(s.name, c.seller) seller, iif(c.customer IN (${PEOPLE}), 'customer', 'seller') side, c.state,
  c.started_at startedAt, c.last_at lastAt
FROM chats c LEFT JOIN sellers s ON s.site = c.site AND s.id = c.seller
LEFT JOIN products pr ON c.context = 'product' AND pr.site = c.site AND pr.id = c.thing
LEFT JOIN order_parts op ON c.context = 'order' AND op.site = c.site AND op.order_id = c.thing AND op.seller = c.seller
LEFT JOIN posts po ON c.context = 'post' AND po.site = c.site AND po.id = c.thing
WHERE c.site = ?1 AND c.id IN (${THEIR_CHATS}) AND c.id > ?3 ORDER BY c.id LIMIT ?4`

export interface ChatLine {
  id: string
  about: string
  thing: string
  title: string | null
  seller: string
  side: 'customer' | 'seller'
  state: string
  startedAt: number
  lastAt: number
}

export const readChats = async (db: D1Database, site: string, user: string, after: string, most: number) =>
  (await db.prepare(CHATS).bind(site, user, after, most).all<ChatLine>()).results

export interface MessageLine {
  chat: string
  seq: number
  at: number
  /** `me`, or who else spoke as the chat shows it. */
  by: string
  body: string
  /** Names of its files; null for one that is not kept any more. Left out where there are none. */
  files?: (string | null)[]
}
export interface Place {
  chat: string
  seq: number
}

const MESSAGES = `
SELECT m.chat, m.seq, m.at, m.body, CASE WHEN m.sender IN (${PEOPLE}) THEN 'me' WHEN m.side = 'seller'
  THEN coalesce((SELECT s.name FROM chats c JOIN sellers s ON s.site = c.site AND s.id = c.seller WHERE c.id = m.chat), 'seller')
  ELSE m.side END "by", iif(m.attachments > 0, (SELECT json_group_array(name) FROM (
    SELECT iif(a.removed_at IS NULL, a.name, NULL) name FROM attachments a
    WHERE a.chat = m.chat AND a.seq = m.seq AND (m.erased IS NULL OR a.removed_at IS NULL) ORDER BY a.position)), NULL) files
FROM (SELECT chat FROM (${THEIR_CHATS}) WHERE chat >= ?3 ORDER BY chat) t CROSS JOIN messages m ON m.chat = t.chat
WHERE (m.chat > ?3 OR m.seq > ?4) AND ${READABLE} ORDER BY m.chat, m.seq LIMIT ?5 OFFSET ?6`

/** Messages after a place, in one order over all chats. */
export async function readMessagesAfter(
  db: D1Database,
  { site, user, after, most, skip = 0 }: { site: string; user: string; after: Place; most: number; skip?: number },
): Promise<MessageLine[]> {
  const { results } = await db
    .prepare(MESSAGES)
    .bind(site, user, after.chat, after.seq, most, skip)
    .all<Omit<MessageLine, 'files'> & { files: string | null }>()
  return results.map(({ files, ...line }) => ({ ...line, ...named(files) }))
}

function named(json: string | null): Pick<MessageLine, 'files'> {
  const files: (string | null)[] = JSON.parse(json ?? '[]')
  return files.length === 0 ? {} : { files }
}

export const countMessages = async (db: D1Database, site: string, user: string): Promise<number> =>
  (await db
    .prepare(`SELECT count(*) n FROM messages m WHERE m.chat IN (${THEIR_CHATS}) AND ${READABLE}`)
    .bind(site, user)
    .first<number>('n')) ?? 0
