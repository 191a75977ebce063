import { NOW } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Candidate } from './find-owner.ts'

/** True where the person has stopped mails of this chat or all, or the address must get none. */
export async function isUnwanted(
  db: D1Database,
  { site, user, chat, address }: { site: string; user: string; chat: string; address: string },
): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT 1 FROM mail_stops WHERE site = ?1 AND user = ?2 AND chat IN (?3, '*')
       UNION ALL SELECT 1 FROM suppressed_addresses WHERE address = ?4 LIMIT 1`,
    )
    .bind(site, user, chat, address)
    .first()
  return row !== null
}

/** Stops mails of a chat, or (`*`) all. */
export async function insertStop(db: D1Database, site: string, user: string, chat: string) {
  await db
    .prepare(`INSERT INTO mail_stops (site, user, chat, created_at) VALUES (?1, ?2, ?3, ${NOW}) ON CONFLICT DO NOTHING`)
    .bind(site, user, chat)
    .run()
}

/** Mails of a chat, or (`*`) of those not stopped by themselves, may come again. */
export async function deleteStop(db: D1Database, site: string, user: string, chat: string) {
  await db.prepare('DELETE FROM mail_stops WHERE site = ?1 AND user = ?2 AND chat = ?3').bind(site, user, chat).run()
}

export async function readStops(db: D1Database, site: string, user: string): Promise<Set<string>> {
  const { results } = await db
    .prepare('SELECT chat FROM mail_stops WHERE site = ?1 AND user = ?2')
    .bind(site, user)
    .all<{ chat: string }>()
  return new Set(results.map(({ chat }) => chat))
}

/** What bounces bars more than a complaint does, whichever came first. */
export async function insertSuppressed(db: D1Database, addresses: readonly string[], reason: string) {
  await db
    .prepare(
      `INSERT INTO suppressed_addresses (address, reason, created_at)
       SELECT value, ?2, ${NOW} FROM json_each(?1) WHERE true
       ON CONFLICT (address) DO UPDATE SET reason = excluded.reason WHERE reason = 'complaint'`,
    )
    .bind(JSON.stringify(addresses), reason)
    .run()
}

/** Whether an address takes no mail; one that only complained may be asked for (`butComplaints`). */
export async function isSuppressed(db: D1Database, address: string, butComplaints: boolean): Promise<boolean> {
  const row = await db
    .prepare(`SELECT 1 FROM suppressed_addresses WHERE address = ?1 AND (?2 = 0 OR reason <> 'complaint')`)
    .bind(address, butComplaints ? 1 : 0)
    .first()
  return row !== null
}

/** False where it was not held back. */
export async function deleteSuppressed(db: D1Database, address: string): Promise<boolean> {
  const { meta } = await db.prepare('DELETE FROM suppressed_addresses WHERE address = ?1').bind(address).run()
  return meta.changes === 1
}

/** Everybody who is or was in a chat of one of these ids. */
export async function readCandidates(db: D1Database, chats: readonly string[]): Promise<Candidate[]> {
  const { results } = await db
    .prepare(
      `SELECT c.site, c.id chat, c.context, u.id user, p.side, coalesce(v.locale, u.locale) locale, u.email, u.guest, v.id later, v.email laterEmail
       FROM chats c JOIN participants p ON p.chat = c.id JOIN users u ON u.id = p.user
       LEFT JOIN users v ON v.id = u.merged_into
       WHERE c.id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(chats))
    .all<Candidate>()
  return results
}

/** Counts a mail that somebody causes to an address; false where it has had its share of a day. */
export async function insertAsked(
  db: D1Database,
  { id, address, kind, most }: { id: string; address: string; kind: string; most: number },
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO asked_mails (address, kind, at, id) SELECT ?1, ?2, t.now, ?3 FROM (SELECT ${NOW} now) t
       WHERE (SELECT count(*) FROM asked_mails WHERE address = ?1 AND kind = ?2 AND at > t.now - ${DAY_MS}) < ?4`,
    )
    .bind(address, kind, id, most)
    .run()
  return meta.changes === 1
}

export async function deleteOldAsked(db: D1Database) {
  await db.prepare(`DELETE FROM asked_mails WHERE at < ${NOW} - ${DAY_MS}`).run()
}

/** False where the person has another address by now. */
export async function markVerified(
  db: D1Database,
  { site, user, email }: { site: string; user: string; email: string },
): Promise<boolean> {
  const { meta } = await db
    .prepare('UPDATE users SET email_verified = 1 WHERE id = ?1 AND site = ?2 AND lower(email) = lower(?3)')
    .bind(user, site, email)
    .run()
  return meta.changes === 1
}

export interface Mailbox {
  email: string | null
  verified: boolean
  /** Somebody whom no shop can sign in: a guest, or the guest buyer of an order. */
  isGuest: boolean
}

/** The session that asks: its token outlives it by minutes, in which nothing may be written about whoever is erased. */
export interface Asking {
  site: string
  sub: string
  sid: string
}
// ?1 user, ?2 site, ?3 session
const IN_SESSION = `EXISTS (SELECT 1 FROM sessions s WHERE s.id = ?3 AND s.user = ?1 AND s.site = ?2 AND s.revoked_at IS NULL)`
const ASKING = `id = ?1 AND site = ?2 AND erased_at IS NULL AND ${IN_SESSION}`

/** Null once the session is over. */
export async function readMailbox(db: D1Database, { site, sub, sid }: Asking): Promise<Mailbox | null> {
  const row = await db
    .prepare(`SELECT email, email_verified, guest = 1 AND merged_into IS NULL is_guest FROM users WHERE ${ASKING}`)
    .bind(sub, site, sid)
    .first<{ email: string | null; email_verified: number; is_guest: number }>()
  return row && { email: row.email, verified: row.email_verified === 1, isGuest: row.is_guest === 1 }
}

/** Another address is an unconfirmed one. */
export const setGuestEmail = (db: D1Database, { site, sub, sid }: Asking, email: string) =>
  db
    .prepare(
      `UPDATE users SET email = ?4, email_verified = 0
       WHERE ${ASKING} AND guest = 1 AND (email IS NULL OR lower(email) <> lower(?4))`,
    )
    .bind(sub, site, sid, email)

export const insertGuestLink = (
  db: D1Database,
  { site, sub, sid }: Asking,
  link: { hash: string; email: string; lifeMs: number },
) =>
  db
    .prepare(
      `INSERT INTO links (hash, site, use, user, email, ends_at)
       SELECT ?4, site, 'guest', id, ?5, ${NOW} + ?6 FROM users WHERE ${ASKING}`,
    )
    .bind(sub, site, sid, link.hash, link.email, link.lifeMs)
