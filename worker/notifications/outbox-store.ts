import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import { NOW } from '../db/client.ts'
import type { MailKind } from './kinds.ts'
import type { MailRequest } from './transport.ts'

/** A mail that is due. Times in ms by D1's clock, `now` among them. */
export interface DueMail {
  id: string
  site: SiteId
  kind: MailKind
  recipient: UserId | string
  chat: ChatId | null
  email: string | null
  locale: string | null
  /** JSON. */
  payload: string | null
  state: 'queued' | 'sending'
  created_at: number
  expires_at: number
  /** When it was rendered, and counted by the caps; up to 0 where they are to count it anew. */
  taken_at: number | null
  upto_seq: number | null
  tries: number
  /** JSON, once it is rendered. */
  request: string | null
  now: number
}

/** A notification that could not be sent, and that somebody has had tried again. */
export const isTriedAgain = ({ taken_at }: DueMail): boolean => taken_at !== null && taken_at <= 0

// The ids are those on their way at this moment.
const DUE = `
SELECT o.id, o.site, o.kind, o.recipient, o.chat, o.email, o.locale, o.payload, o.state, o.created_at, o.expires_at,
  o.taken_at, o.upto_seq, o.tries, r.request, t.now
FROM (SELECT ${NOW} now) t
JOIN outbox o ON o.done_at IS NULL AND o.rank IN (0, 1) AND o.due_at <= t.now
LEFT JOIN outbox_requests r ON r.mail = o.id
WHERE o.id NOT IN (SELECT value FROM json_each(?1))
ORDER BY o.rank, o.due_at LIMIT ?2`

/** The mails to send next, those that somebody waits for first. */
export async function dueMails(db: D1Database, busy: string[], most: number): Promise<DueMail[]> {
  const { results } = await db.prepare(DUE).bind(JSON.stringify(busy), most).all<DueMail>()
  return results
}

/** How long until a mail is due; null when none waits. */
export const nextDueMs = (db: D1Database): Promise<number | null> =>
  db
    .prepare(`SELECT max(0, min(due_at) - ${NOW}) ms FROM outbox WHERE done_at IS NULL AND rank IN (0, 1)`)
    .first<number | null>('ms')

/** What is known of a mail once it is rendered. */
export interface Taken {
  id: string
  /** SHA-256 of the address. */
  address: string
  request: MailRequest
}

const TAKE = `
UPDATE outbox SET state = 'sending', address = ?2, taken_at = coalesce(taken_at, ${NOW}) WHERE id = ?1 AND state = 'queued'`
const KEEP = `
INSERT INTO outbox_requests (mail, request) SELECT id, ?2 FROM outbox WHERE id = ?1 AND state = 'sending'
ON CONFLICT DO NOTHING`

/** From here on the mail is what it is, at every try. False where somebody else was faster. */
export async function takeMail(db: D1Database, { id, address, request }: Taken): Promise<boolean> {
  const [taken] = await db.batch([
    db.prepare(TAKE).bind(id, address),
    db.prepare(KEEP).bind(id, JSON.stringify(request)),
  ])
  return taken?.meta.changes === 1
}

/** Those of a chat's messages, by their numbers in JSON, whose words are gone: 1 for a placeholder in their place, 2 for nothing. */
export const erasedOf = (chat: string, quotes: string) =>
  `SELECT 1 FROM messages e WHERE e.chat = ${chat} AND e.erased IN (1, 2) AND e.seq IN (SELECT value FROM json_each(${quotes}))`

const KEPT = `
SELECT 1 FROM outbox o JOIN outbox_requests r ON r.mail = o.id
WHERE o.id = ?1 AND o.done_at IS NULL AND NOT EXISTS (${erasedOf('o.chat', 'r.quotes')})`

/** Whether a rendered mail may still be handed over: its reader or somebody whom it quotes may have been erased since. */
export const isStillKept = async (db: D1Database, id: string): Promise<boolean> =>
  (await db.prepare(KEPT).bind(id).first()) !== null

/** Who the mail went to and what it said is nobody's business any more; `keep` leaves that to the dev mailbox. */
export async function markSent(db: D1Database, id: string, providerId: string, keep: boolean) {
  await db.batch([
    db
      .prepare(
        `UPDATE outbox SET state = 'sent', done_at = ${NOW}, tries = tries + 1, provider_id = ?2, reason = NULL,
           email = NULL, payload = NULL WHERE id = ?1 AND done_at IS NULL`,
      )
      .bind(id, providerId),
    db.prepare('DELETE FROM outbox_requests WHERE mail = ?1 AND ?2 = 0').bind(id, keep ? 1 : 0),
  ])
}

/** Again in `inMs`; `counts` unless the try says nothing about this very mail. */
export async function putOff(
  db: D1Database,
  id: string,
  { inMs, reason, counts }: { inMs: number; reason: string | null; counts: boolean },
) {
  await db
    .prepare(
      `UPDATE outbox SET due_at = ${NOW} + ?2, reason = coalesce(?3, reason), tries = tries + ?4 WHERE id = ?1 AND done_at IS NULL`,
    )
    .bind(id, Math.ceil(inMs), reason, counts ? 1 : 0)
    .run()
}

/** `dead`: it could not be sent, and a person may try again. `dropped`: it is no longer wanted. */
export async function endMail(db: D1Database, id: string, state: 'dead' | 'dropped', reason: string) {
  const end = `UPDATE outbox SET state = ?2, reason = ?3, done_at = ${NOW}, tries = tries + (?2 = 'dead')`
  const forget = ', email = NULL, payload = NULL'
  await db.batch([
    db.prepare(`${end}${state === 'dropped' ? forget : ''} WHERE id = ?1 AND done_at IS NULL`).bind(id, state, reason),
    db.prepare(`DELETE FROM outbox_requests WHERE mail = ?1 AND ?2 = 'dropped'`).bind(id, state),
  ])
}
