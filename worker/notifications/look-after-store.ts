import { MAILS_NEVER_AGAIN } from '../../protocol/bounds.ts'
import type { MailState, OutboxPage } from '../../protocol/notifications.ts'
import { NOW, rowOf, rowsOf } from '../db/client.ts'
import { MOST_AGE_MS } from './kinds.ts'

export interface MailRow {
  id: string
  kind: string
  state: MailState
  chat: string | null
  email: string | null
  created_at: number
  due_at: number
  done_at: number | null
  tries: number
  reason: string | null
  /** What the page is ordered by. */
  at: number
}
interface Question {
  state: MailState
  before: { at: number; id: string } | null
  limit: number
}

// ?1 site, ?2 state, ?3 and ?4 the last row of the page before, ?5 how many. A mail that waits lies in another index.
const ROWS = (at: string, where: string, order: 'ASC' | 'DESC') => `
SELECT o.id, o.kind, ?2 state, o.chat, coalesce(o.email, u.email) email, o.created_at, o.due_at, o.done_at, o.tries,
  o.reason, ${at} at
FROM outbox o LEFT JOIN users u ON u.id = o.recipient AND o.done_at IS NULL
WHERE o.site = ?1 AND ${where} AND (?3 IS NULL OR (${at}, o.id) ${order === 'ASC' ? '>' : '<'} (?3, ?4))
ORDER BY ${at} ${order}, o.id ${order} LIMIT ?5`
const WAITING = ROWS('o.due_at', 'o.done_at IS NULL', 'ASC')
const DONE = ROWS('o.done_at', 'o.done_at IS NOT NULL AND o.state = ?2', 'DESC')
const COUNTS = `
SELECT (SELECT count(*) FROM outbox WHERE site = ?1 AND done_at IS NULL) waiting,
  coalesce(sum(state = 'sent'), 0) sent, coalesce(sum(state = 'dropped'), 0) dropped, coalesce(sum(state = 'dead'), 0) dead
FROM outbox WHERE site = ?1 AND done_at IS NOT NULL`

/** A page of a site's mails in one state: what waits by when it is due, what is done with newest first. */
export async function readOutbox(db: D1Database, site: string, { state, before, limit }: Question) {
  const [rows, counts] = await db.batch([
    db.prepare(state === 'waiting' ? WAITING : DONE).bind(site, state, before?.at ?? null, before?.id ?? null, limit),
    db.prepare(COUNTS).bind(site),
  ])
  return { rows: rowsOf<MailRow>(rows), counts: rowOf<OutboxPage['counts']>(counts) }
}

// What was rendered stays as it is: its key may be known to the provider. What the caps count is counted again when it goes
// out (`takeAgain`).
const REVIVE = `
UPDATE OR IGNORE outbox SET state = iif(EXISTS (SELECT 1 FROM outbox_requests r WHERE r.mail = outbox.id), 'sending', 'queued'),
  tries = 0, done_at = NULL, due_at = ${NOW}, expires_at = ${NOW} + ${MOST_AGE_MS}, taken_at = iif(taken_at IS NULL, NULL, iif(kind IN ('new_message', 'chat_created'), 0, ${NOW}))
WHERE site = ?1 AND done_at IS NOT NULL AND state = 'dead' AND kind NOT IN (${MAILS_NEVER_AGAIN.map((kind) => `'${kind}'`)})
AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))`

/** Mails that could not be sent wait again; how many. `log` goes with it, if there were any. */
export async function reviveMails(
  db: D1Database,
  site: string,
  ids: readonly string[] | null,
  log: D1PreparedStatement,
): Promise<number> {
  const [revived] = await db.batch([db.prepare(REVIVE).bind(site, ids && JSON.stringify(ids)), log])
  return revived?.meta.changes ?? 0
}

export const readMailbox = (db: D1Database, site: string, user: string) =>
  db
    .prepare('SELECT email, locale FROM users WHERE id = ?1 AND site = ?2')
    .bind(user, site)
    .first<{ email: string | null; locale: string | null }>()

interface TestMail {
  id: string
  site: string
  user: string
  email: string
  payload: object
  lifeMs: number
}

// ?1 id, ?2 site, ?3 user, ?4 e-mail, ?5 payload, ?6 life, ?7 most, ?8 window.
const RECENT = "FROM outbox WHERE site = ?2 AND recipient = ?3 AND kind = 'test' AND created_at > t.now - ?8"
const TEST = `
INSERT INTO outbox (id, site, kind, recipient, email, payload, state, rank, created_at, due_at, expires_at)
SELECT ?1, ?2, 'test', ?3, ?4, ?5, 'queued', 0, t.now, t.now, t.now + ?6 FROM (SELECT ${NOW} now) t
WHERE (SELECT count(*) ${RECENT}) < ?7`
const WAIT = `SELECT (SELECT min(created_at) + ?3 - t.now FROM outbox
    WHERE site = ?1 AND recipient = ?2 AND kind = 'test' AND created_at > t.now - ?3) ms FROM (SELECT ${NOW} now) t`

/** Null once it is written; else how long until another may be. */
export async function insertTest(
  db: D1Database,
  mail: TestMail,
  limit: { most: number; windowMs: number },
): Promise<number | null> {
  const { id, site, user, email, payload, lifeMs } = mail
  const values = [id, site, user, email, JSON.stringify(payload), lifeMs, limit.most, limit.windowMs]
  const [written, wait] = await db.batch([
    db.prepare(TEST).bind(...values),
    db.prepare(WAIT).bind(site, user, limit.windowMs),
  ])
  return written?.meta.changes === 1 ? null : rowOf<{ ms: number }>(wait).ms
}

/** Mails that were done with so long ago that nobody asks for them. */
export async function sweepOutbox(db: D1Database, keepMs: number): Promise<void> {
  // One look into the index a site: every site of a database has a clock there.
  const old = `SELECT o.id FROM clock k JOIN outbox o ON o.site = k.site AND o.done_at IS NOT NULL AND o.done_at < ${NOW} - ?1 LIMIT 1000`
  await db.batch([
    db.prepare(`DELETE FROM outbox_requests WHERE mail IN (${old})`).bind(keepMs),
    db.prepare(`DELETE FROM outbox WHERE id IN (${old})`).bind(keepMs),
  ])
}
