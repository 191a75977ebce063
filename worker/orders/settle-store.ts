import type { SiteId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { chatCreatedSql, type Notify } from '../notifications/queue-mail.ts'

/** The starter's client id: with the system as its sender, a chat can hold only one. */
const STARTER = "'order-starter'"

// ?1 site, ?2 orders (JSON, each with `id`), ?3 the site's system user, ?4 chats may make themselves, ?5 tell everybody.
const N = '(SELECT n + 1 FROM clock WHERE site = ?1)'

const chatsOf = (whose: 'buyer' | 'former_buyer') => `
SELECT c.id, c.seller, c.last_seq, c.last_at, c.state, o.id order_id, o.buyer, o.wanted
FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value ->> 'id'
JOIN chats c ON c.site = ?1 AND c.customer = o.${whose} AND c.context = 'order' AND c.thing = o.id`
const MINE = `(${chatsOf('buyer')})`
const FORMER = `(${chatsOf('former_buyer')})`
const PART = (of: string) => `order_parts p ON p.site = ?1 AND p.order_id = ${of}.order_id AND p.seller = ${of}.seller`
const ALL_CHATS = `SELECT id FROM ${MINE} UNION SELECT id FROM ${FORMER}`

const SYSTEM = `INSERT INTO users (id, site, guest, created_at) SELECT ?3, ?1, 0, ${NOW} WHERE true ON CONFLICT DO NOTHING`

// Blocked people and the desk's own get no chat, as when they start one by hand.
const CREATE = `
INSERT INTO chats (id, site, customer, seller, context, thing, claim, state, last_seq, last_at, started_by, started_at)
SELECT 'chat_' || lower(hex(randomblob(16))), ?1, o.buyer, p.seller, 'order', o.id,
  json_object('title', p.title, 'url', p.url, 'price', p.price), 'open', 0, t.now, ?3, t.now
FROM (SELECT ${NOW} now) t, json_each(?2) j
JOIN orders o ON o.site = ?1 AND o.id = j.value ->> 'id' AND o.wanted AND o.open AND o.deleted_at IS NULL
JOIN order_parts p ON p.site = ?1 AND p.order_id = o.id
WHERE ?4
AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.site = ?1 AND b.user = o.buyer AND b.seller IN (p.seller, '*'))
AND NOT EXISTS (SELECT 1 FROM seller_members d WHERE d.site = ?1 AND d.seller = p.seller AND d.user = o.buyer)
ON CONFLICT DO NOTHING`

// Into a chat that is new, or that was taken back and has its place again.
const EMPTY = `SELECT c.id, c.buyer, c.seller FROM ${MINE} c JOIN ${PART('c')}
  WHERE c.wanted AND NOT EXISTS (SELECT 1 FROM participants q WHERE q.chat = c.id AND q.left_n IS NULL)`
const JOIN = `
INSERT INTO participants (user, chat, side, joined_n, left_n, read_seq, unread, changed)
SELECT who.user, who.chat, who.side, ${N}, NULL, 0, 0, ${N} FROM (
  SELECT c.buyer user, c.id chat, 'customer' side FROM (${EMPTY}) c
  UNION ALL SELECT d.user, c.id, 'seller' FROM (${EMPTY}) c JOIN seller_members d ON d.site = ?1 AND d.seller = c.seller
) who WHERE ?4
ON CONFLICT (user, chat) DO UPDATE SET left_n = NULL, joined_n = excluded.joined_n, changed = excluded.changed
WHERE left_n IS NOT NULL`

// A chat in which somebody has written already begins without it.
const SEND = `
INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
SELECT c.id, 1, ?3, 'system', ${STARTER}, p.starter, max(${NOW}, c.last_at), ${N}
FROM ${MINE} c JOIN ${PART('c')}
WHERE c.last_seq = 0 AND c.state = 'open' AND p.starter IS NOT NULL
ON CONFLICT DO NOTHING`

/** Chats whose starter was written in this very batch: the clock moves last. */
const STARTED = `SELECT m.chat FROM ${MINE} c JOIN messages m ON m.chat = c.id AND m.seq = 1
  AND m.sender = ?3 AND m.changed = ${N}`
const ADVANCE = `UPDATE chats SET last_seq = 1, last_at = (SELECT at FROM messages WHERE chat = chats.id AND seq = 1)
  WHERE id IN (${STARTED})`

// The seller has nothing to answer yet, so it is unread for the buyer alone.
const TOUCH = `
UPDATE participants SET changed = ${N}, unread = unread + (side = 'customer' AND chat IN (${STARTED}))
WHERE left_n IS NULL AND chat IN (
  ${STARTED} UNION SELECT c.id FROM ${MINE} c JOIN ${PART('c')} WHERE p.changed = ${N})`

// What lost its place: another seller has the items now, or another buyer has the order.
const ONLY_SYSTEM = `NOT EXISTS (SELECT 1 FROM messages m WHERE m.chat = c.id AND m.side <> 'system')`
const MISPLACED = `SELECT c.id FROM ${MINE} c LEFT JOIN ${PART('c')} WHERE p.seller IS NULL AND ${ONLY_SYSTEM}
  UNION SELECT c.id FROM ${FORMER} c WHERE ${ONLY_SYSTEM}`
const TAKE_BACK = `UPDATE participants SET left_n = ${N}, changed = ${N} WHERE left_n IS NULL AND chat IN (${MISPLACED})`

const FROZEN = `SELECT id FROM ${FORMER} WHERE state <> 'read_only'`
const TELL_FROZEN = `UPDATE participants SET changed = ${N} WHERE left_n IS NULL AND chat IN (${FROZEN})`
const FREEZE = `UPDATE chats SET state = 'read_only' WHERE id IN (${FROZEN})`
const GIVEN_BACK = `SELECT c.id FROM ${MINE} c JOIN orders o ON o.site = ?1 AND o.id = c.order_id AND o.former_buyer IS NOT NULL
  AND o.changed = ${N} WHERE c.state = 'read_only'`
const TELL_GIVEN_BACK = `UPDATE participants SET changed = ${N} WHERE left_n IS NULL AND chat IN (${GIVEN_BACK})`
const REOPEN = `UPDATE chats SET state = 'open' WHERE id IN (${GIVEN_BACK})`

const TICK = `UPDATE clock SET n = n + 1 WHERE site = ?1 AND (
  EXISTS (SELECT 1 FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value ->> 'id' AND o.changed = clock.n + 1)
  OR EXISTS (SELECT 1 FROM participants WHERE changed = clock.n + 1 AND chat IN (${ALL_CHATS})))`

// The text of a message that is sent waits no longer: it names the customer.
const FORGET_TEXT = `UPDATE order_parts SET starter = NULL WHERE site = ?1 AND starter IS NOT NULL
  AND (order_id, seller) IN (SELECT order_id, seller FROM ${MINE} WHERE last_seq > 0)`

const TOLD = `SELECT DISTINCT p.user FROM participants p WHERE p.chat IN (${ALL_CHATS})
  AND (p.changed = (SELECT n FROM clock WHERE site = ?1) OR (?5 AND p.left_n IS NULL))`

// Sellers hear by mail of the chats that this batch has given people to, where the site wants it.
const TELL_SELLERS = chatCreatedSql(
  `SELECT c.id FROM ${MINE} c WHERE EXISTS (SELECT 1 FROM participants q WHERE q.chat = c.id AND q.joined_n = ${N})`,
  { site: '?1', delayMs: '?6', lifeMs: '?7', admins: '?8' },
)

const STEPS = [
  SYSTEM,
  TELL_GIVEN_BACK,
  REOPEN,
  CREATE,
  JOIN,
  SEND,
  ADVANCE,
  TOUCH,
  TAKE_BACK,
  TELL_FROZEN,
  FREEZE,
  TICK,
  FORGET_TEXT,
  TOLD,
]

export interface Settling {
  site: SiteId
  /** Orders of the site, each at least its `id`. */
  orders: readonly { id: string }[]
  system: string
  /** Chats of orders make themselves at this site. */
  automatic: boolean
  /** Everybody in the orders' chats is to be told, changed or not: an earlier attempt may have died before it told. */
  again: boolean
  /** How sellers hear of a new chat by mail; null: not. */
  notify: Notify | null
}

/**
 * What brings the chats of orders in line with the orders as they are stored, for the end of a batch that changed
 * them, or alone. Each chat and each starter is there once however often this runs.
 */
export function settling(db: D1Database, { site, orders, system, automatic, again, notify }: Settling) {
  const values = [site, JSON.stringify(orders), system, automatic ? 1 : 0, again ? 1 : 0]
  if (!notify) return numbered(db, STEPS, values)
  const steps = STEPS.flatMap((step) => (step === JOIN ? [JOIN, TELL_SELLERS] : [step]))
  return numbered(db, steps, [...values, notify.delayMs, notify.lifeMs, notify.admins])
}

/** Whom a batch that ended with `settling` is news to. */
export const toldBy = (results: D1Result[]) => rowsOf<{ user: string }>(results.at(-1)).map(({ user }) => user)
