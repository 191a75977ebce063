import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { PEOPLE } from './person-store.ts'
import { LEASE_MS, type Step, type Taken } from './request-store.ts'

// ?1 site, ?2 the person, ?3 the request; a step's own values follow from ?4. Every step chooses what is left, so that
// one that is run again, or by two at once, does no harm.
const N = '(SELECT n + 1 FROM clock WHERE site = ?1)'
const THEIR_CHATS = `SELECT chat FROM participants WHERE user IN (${PEOPLE})`
const AS_CUSTOMER = `SELECT id FROM chats WHERE site = ?1 AND customer IN (${PEOPLE})`
const THEIR_ORDERS = `SELECT id FROM orders WHERE site = ?1 AND buyer IN (${PEOPLE})`
const SHOP_IDS = `SELECT shop_id FROM users WHERE shop_id IS NOT NULL AND id IN (${PEOPLE})`
const EMAILS = `SELECT lower(email) FROM users WHERE email IS NOT NULL AND id IN (${PEOPLE})`

/** Chats that this very batch has stamped: the clock moves last. */
const STAMPED = `SELECT id FROM chats WHERE site = ?1 AND erased_n = ${N}`
const TELL = `UPDATE participants SET changed = ${N} WHERE left_n IS NULL AND chat IN (${STAMPED})`
const TOLD = `SELECT DISTINCT user FROM participants WHERE left_n IS NULL AND chat IN (${STAMPED})`
const TICK = 'UPDATE clock SET n = n + 1 WHERE site = ?1'
/** Adds what the statement before it has changed. */
const COUNT = (what: 'messages' | 'records') => `
UPDATE privacy_requests SET counts = json_set(counts, '$.${what}', coalesce(counts ->> '$.${what}', 0) + changes()),
  due_at = ${NOW} + ${LEASE_MS} WHERE id = ?3`
const GO_ON = (step: Step) =>
  `UPDATE privacy_requests SET step = '${step}', due_at = ${NOW} + ${LEASE_MS} WHERE id = ?3`

// `->>` fails on an emptied payload, and AND promises no order: CASE does.
const HOOKS = `
UPDATE hook_events SET payload = '', done_at = ${NOW} WHERE site = ?1 AND done_at IS NULL AND CASE
  WHEN done_at IS NOT NULL OR NOT json_valid(payload) THEN 0
  WHEN payload ->> '$.kind' = 'order' THEN
    payload ->> '$.order.customer' IN (${SHOP_IDS}) OR lower(payload ->> '$.order.email') IN (${EMAILS})
  WHEN payload ->> '$.kind' = 'customer' THEN
    payload ->> '$.customer.id' IN (${SHOP_IDS}) OR lower(payload ->> '$.customer.email') IN (${EMAILS})
  ELSE 0 END`

/** Mails to them; those to a bare address too. */
const THEIR_MAILS = `SELECT id FROM outbox WHERE site = ?1 AND (recipient IN (${PEOPLE})
  OR (substr(recipient, 1, 4) <> 'usr_' AND lower(recipient) IN (${EMAILS})))`
/** Mails to others that may quote them: what is rendered is not sent any more, what waits is written from what is left. */
const QUOTING = `site = ?1 AND chat IN (${THEIR_CHATS})`
const UNQUOTE = [
  `DELETE FROM outbox_requests WHERE mail IN (SELECT id FROM outbox WHERE ${QUOTING})`,
  `UPDATE outbox SET state = 'dropped', reason = 'erased', done_at = ${NOW} WHERE ${QUOTING} AND state = 'sending'`,
  `UPDATE outbox SET subject = NULL, template = NULL, payload = NULL
   WHERE ${QUOTING} AND coalesce(subject, template, payload) IS NOT NULL`,
]

// Values of the log may say an address or a name; that something was done, by whom and when stays.
const AUDIT = `
UPDATE audit SET from_value = NULL, to_value = NULL, subject = iif(subject IN (${PEOPLE}), subject, NULL)
WHERE site = ?1 AND (subject IN (${PEOPLE}) OR EXISTS (
  SELECT 1 FROM users u WHERE u.id IN (${PEOPLE})
  AND (instr(lower(concat(subject, ' ', from_value, ' ', to_value)), lower(u.email)) > 0
    OR (u.name IS NOT NULL AND json_quote(u.name) IN (from_value, to_value)))))`

// By whom a row is found must stand until the last that is found by it: hooks, the log and mails ask for addresses and
// shop ids, so `users` comes last; requests of mails go before the mails, shares of orders before `orders`.
const RECORDS = [
  HOOKS,
  AUDIT,
  `DELETE FROM outbox_requests WHERE mail IN (${THEIR_MAILS})`,
  `DELETE FROM outbox WHERE id IN (${THEIR_MAILS})`,
  ...UNQUOTE,
  `DELETE FROM mail_stops WHERE site = ?1 AND user IN (${PEOPLE})`,
  `DELETE FROM push_subscriptions WHERE site = ?1 AND user IN (${PEOPLE})`,
  `DELETE FROM challenges WHERE site = ?1 AND user IN (${PEOPLE})`,
  `DELETE FROM passkeys WHERE site = ?1 AND user IN (${PEOPLE})`,
  `DELETE FROM sessions WHERE user IN (${PEOPLE})`,
  `DELETE FROM links WHERE user IN (${PEOPLE})`,
  `DELETE FROM privacy_codes WHERE user IN (${PEOPLE})`,
  `DELETE FROM seller_members WHERE site = ?1 AND user IN (${PEOPLE})`,
  `DELETE FROM blocks WHERE site = ?1 AND user IN (${PEOPLE})`,
  `UPDATE order_parts SET starter = NULL, url = NULL WHERE site = ?1 AND order_id IN (${THEIR_ORDERS})`,
  `UPDATE orders SET customer = NULL, open = 0, wanted = 0, erased_at = ${NOW}
   WHERE site = ?1 AND erased_at IS NULL AND buyer IN (${PEOPLE})`,
  `UPDATE users SET shop_id = NULL, name = NULL, email = NULL, email_verified = 0, shop_version = NULL, locale = NULL,
     erased_at = ${NOW}
   WHERE erased_at IS NULL AND id IN (${PEOPLE})`,
]

// The seller can read on and has nobody to write to. An order's address may open it; what the person's own browser
// said of a product or a post may say anything.
const FREEZE = `
UPDATE chats SET erased_n = ${N}, state = iif(customer IN (${PEOPLE}), 'read_only', state),
  claim = CASE WHEN customer NOT IN (${PEOPLE}) THEN claim WHEN context = 'order' THEN json_remove(claim, '$.url') END
WHERE site = ?1 AND id IN (${THEIR_CHATS} UNION ${AS_CUSTOMER})`
const LEAVE = `UPDATE participants SET left_n = ${N}, changed = ${N} WHERE left_n IS NULL AND user IN (${PEOPLE})`

const PERSON = [
  ...RECORDS.flatMap((sql) => [sql, COUNT('records')]),
  FREEZE,
  LEAVE,
  TELL,
  TOLD,
  TICK,
  GO_ON('messages'),
]

// The newest first: they are what somebody is looking at.
const MESSAGES = `
UPDATE messages SET body = ?4, erased = ?5, changed = ${N} WHERE (chat, seq) IN (
  SELECT chat, seq FROM messages WHERE sender IN (${PEOPLE}) AND erased IS NULL ORDER BY at DESC LIMIT ?6)`
const STAMP_MESSAGES = `UPDATE chats SET erased_n = ${N} WHERE site = ?1 AND id IN (
  SELECT chat FROM messages WHERE sender IN (${PEOPLE}) AND changed = ${N})`

/** What vanishes is not unread any more. */
const RECOUNT = `
UPDATE participants SET unread = (SELECT count(*) FROM messages m WHERE m.chat = participants.chat AND m.seq > read_seq
  AND (m.side = 'customer') = (participants.side = 'seller') AND m.erased IS NOT 2)
WHERE unread > 0 AND left_n IS NULL AND chat IN (${STAMPED})`

export interface Erasing extends Pick<Taken, 'id' | 'site' | 'user'> {}
/** Whom a step is news to, and whether it found all that it was to do. */
export interface StepDone {
  told: string[]
  over: boolean
}

const values = ({ site, user, id }: Erasing) => [site, user, id]
const toldBy = (results: D1Result[], at: number) => rowsOf<{ user: string }>(results[at]).map(({ user }) => user)

/**
 * Who they were goes first, in one batch: from then on nobody can write as them, and what they had open is closed.
 * Their chats stay with whom they talked to, to be read only.
 */
export async function erasePerson(db: D1Database, erasing: Erasing): Promise<StepDone> {
  const results = await db.batch(numbered(db, PERSON, values(erasing)))
  return { told: toldBy(results, PERSON.indexOf(TOLD)), over: true }
}

/** Mails to others that were rendered before the last of the person's words had gone. */
export async function unquote(db: D1Database, erasing: Erasing): Promise<void> {
  await db.batch(numbered(db, UNQUOTE, values(erasing)))
}

/** All ids that the person went by, for the objects that are named by them. */
export async function idsOf(db: D1Database, { site, user }: Pick<Erasing, 'site' | 'user'>): Promise<string[]> {
  const { results } = await db.prepare(PEOPLE).bind(site, user).all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** Puts a text (or none) in place of up to `most` of their messages. Rows, numbers and times stay. */
export async function eraseMessages(
  db: D1Database,
  erasing: Erasing,
  { body, erased, most }: { body: string; erased: 1 | 2; most: number },
): Promise<StepDone> {
  const steps = [MESSAGES, COUNT('messages'), STAMP_MESSAGES, TELL, TOLD, RECOUNT, TICK]
  const results = await db.batch(numbered(db, steps, [...values(erasing), body, erased, most]))
  return { told: toldBy(results, 4), over: (results[0]?.meta.changes ?? 0) < most }
}

export interface SystemLine {
  chat: string
  seq: number
  starter: boolean
  order: string
  seller: string
}

/** Lines that Shopbell wrote to the person, as far as they still say what they said then. */
export async function systemLines(db: D1Database, { site, user }: Erasing, most: number): Promise<SystemLine[]> {
  const sql = `
    SELECT m.chat, m.seq, m.client_id = 'order-starter' starter, coalesce(o.number, c.thing) "order", coalesce(s.name, c.seller) seller
    FROM chats c JOIN messages m ON m.chat = c.id AND m.side = 'system' AND m.erased IS NULL
    LEFT JOIN orders o ON o.site = c.site AND o.id = c.thing AND c.context = 'order'
    LEFT JOIN sellers s ON s.site = c.site AND s.id = c.seller
    WHERE c.site = ?1 AND c.customer IN (${PEOPLE}) LIMIT ?3`
  const { results } = await db
    .prepare(sql)
    .bind(site, user, most)
    .all<Omit<SystemLine, 'starter'> & { starter: number }>()
  return results.map((line) => ({ ...line, starter: line.starter === 1 }))
}

/** Writes system lines anew. */
export async function rewriteLines(
  db: D1Database,
  erasing: Erasing,
  lines: { chat: string; seq: number; body: string; erased: 1 | 3 }[],
): Promise<string[]> {
  const rewrite = `UPDATE messages SET body = j.value ->> 'body', erased = j.value ->> 'erased', changed = ${N}
    FROM json_each(?4) j WHERE messages.chat = j.value ->> 'chat' AND messages.seq = j.value ->> 'seq'`
  const stamp = `UPDATE chats SET erased_n = ${N} WHERE site = ?1 AND id IN (SELECT value ->> 'chat' FROM json_each(?4))`
  const steps = [rewrite, COUNT('messages'), stamp, TELL, TOLD, TICK]
  const results = await db.batch(numbered(db, steps, [...values(erasing), JSON.stringify(lines)]))
  return toldBy(results, 4)
}

/** Adds removed files to the receipt. */
export async function countErasedFiles(db: D1Database, { id }: Erasing, files: number) {
  await db
    .prepare(
      `UPDATE privacy_requests SET counts = json_set(counts, '$.files', coalesce(counts ->> '$.files', 0) + ?2) WHERE id = ?1`,
    )
    .bind(id, files)
    .run()
}

export async function goOn(db: D1Database, { id }: Erasing, step: Step) {
  await db
    .prepare(`UPDATE privacy_requests SET step = ?2, due_at = ${NOW} + ${LEASE_MS} WHERE id = ?1`)
    .bind(id, step)
    .run()
}

/** Whether a word of theirs is left. */
export async function isLeft(db: D1Database, { site, user }: Erasing): Promise<boolean> {
  const found = await db
    .prepare(
      `SELECT 1 FROM messages WHERE sender IN (${PEOPLE}) AND erased IS NULL
       UNION ALL SELECT 1 FROM users WHERE erased_at IS NULL AND id IN (${PEOPLE}) LIMIT 1`,
    )
    .bind(site, user)
    .first()
  return found !== null
}
