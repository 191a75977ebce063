import type { SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import type { Me, Role } from '../../protocol/sessions.ts'
import { NOW } from '../db/client.ts'
import { STAFF_IDLE_MS, TOUCH_EVERY_MS } from './lifetime.ts'

export interface NewSessionRow {
  id: SessionId
  site: SiteId
  role: Role
  key: string | null
  refreshHash: string
  orders: string[] | null
  /** Kept for people who run the site and for sellers, who may look through their sessions. */
  device?: string | null
  idleMs: number
  mostMs: number
}
export type HowOpened = 'assertion' | 'guest' | 'link' | 'code' | 'passkey'
export interface PersonRow {
  id: UserId
  shopId: string
  name: string | null
  email: string | null
  emailVerified: boolean
}

// What the shop leaves out, it does not take back; a sign-in that tells nothing new writes nothing.
const UPSERT_PERSON = `
INSERT INTO users (id, site, shop_id, guest, name, email, email_verified, created_at)
VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ${NOW})
ON CONFLICT (site, shop_id) DO UPDATE SET name = coalesce(excluded.name, name), email = coalesce(excluded.email, email),
  email_verified = iif(excluded.email IS NULL, email_verified, excluded.email_verified)
WHERE coalesce(excluded.name, name) IS NOT name
OR (excluded.email IS NOT NULL AND (excluded.email IS NOT email OR excluded.email_verified <> email_verified))`

const INSERT_GUEST = `INSERT INTO users (id, site, guest, name, email, created_at) VALUES (?1, ?2, 1, ?3, ?4, ${NOW})`

// ?9 tells whose: a shop id, a guest's id or a link's hash.
const INSERT_SESSION = (whose: string) => `
INSERT INTO sessions (id, site, user, role, key, refresh_hash, rotated_at, orders, created_at, idle_until, ends_at,
  device, opened_by, stepped_up_at)
SELECT ?1, ?2, u.id, ?3, ?4, ?5, t.now, ?6, t.now, t.now + ?7, t.now + ?8,
  ?10, CASE WHEN ?3 = 'guest' THEN 'guest' WHEN ?4 IS NULL THEN 'link' ELSE 'assertion' END, t.now
FROM (SELECT ${NOW} now) t JOIN users u ON u.site = ?2 AND ${whose}`

// A key revoked since it was read opens nothing: the revocation has ended its sessions already and would miss this one.
const BY_SHOP_ID = `u.shop_id = ?9 AND NOT EXISTS (SELECT 1 FROM site_keys WHERE id = ?4 AND revoked_at IS NOT NULL)`
const BY_ID = 'u.id = ?9'
const OPEN_LINK = `hash = ?9 AND site = ?2 AND use IN ('invite', 'order', 'guest') AND used_at IS NULL AND ends_at > t.now`
// A guest who has become somebody signs in as that one.
const BY_LINK = `u.merged_into IS NULL AND u.erased_at IS NULL AND u.id = (SELECT user FROM links WHERE ${OPEN_LINK})`
const USE_LINK = `UPDATE links SET used_at = ${NOW} WHERE hash = ?1 AND site = ?2 AND used_at IS NULL AND ends_at > ${NOW}`
// Who opens what was mailed reads that mailbox. ?3 the session that it opened.
const CONFIRM_ADDRESS = `UPDATE users SET email_verified = 1 WHERE id = (SELECT user FROM links WHERE hash = ?1 AND site = ?2)
  AND lower(email) = (SELECT lower(email) FROM links WHERE hash = ?1) AND EXISTS (SELECT 1 FROM sessions WHERE id = ?3)`

const ME = `SELECT u.id, u.site, s.role, u.name, u.email FROM sessions s JOIN users u ON u.id = s.user
  WHERE s.id = ?1 AND s.revoked_at IS NULL`
const MY_DESKS = `SELECT d.id, d.name FROM sessions s JOIN seller_members m ON m.user = s.user AND m.site = s.site
  JOIN sellers d ON d.site = m.site AND d.id = m.seller WHERE s.id = ?1 ORDER BY d.name, d.id`

type MeRow = Omit<Me, 'sellers'>

function insertSession(db: D1Database, row: NewSessionRow, whose: string, who: string) {
  const orders = row.orders && JSON.stringify(row.orders)
  return db
    .prepare(INSERT_SESSION(whose))
    .bind(row.id, row.site, row.role, row.key, row.refreshHash, orders, row.idleMs, row.mostMs, who, row.device ?? null)
}

export const meStatements = (db: D1Database, sid: string) => [db.prepare(ME).bind(sid), db.prepare(MY_DESKS).bind(sid)]

export function toMe([me, desks]: D1Result[]): Me | null {
  const row = me?.results[0] as MeRow | undefined
  return row ? { ...row, sellers: (desks?.results ?? []) as Me['sellers'] } : null
}

/** The session of somebody whom the shop has proven, who is made or brought up to date; null if the key was revoked. */
export async function openForPerson(db: D1Database, row: NewSessionRow, person: PersonRow): Promise<Me | null> {
  const { id, shopId, name, email, emailVerified } = person
  const results = await db.batch([
    db.prepare(UPSERT_PERSON).bind(id, row.site, shopId, name, email, emailVerified ? 1 : 0),
    insertSession(db, row, BY_SHOP_ID, shopId),
    ...meStatements(db, row.id),
  ])
  return toMe(results.slice(2))
}

export async function openForGuest(
  db: D1Database,
  row: NewSessionRow,
  guest: { id: UserId; name: string | null; email: string | null },
): Promise<Me | null> {
  const results = await db.batch([
    db.prepare(INSERT_GUEST).bind(guest.id, row.site, guest.name, guest.email),
    insertSession(db, row, BY_ID, guest.id),
    ...meStatements(db, row.id),
  ])
  return toMe(results.slice(2))
}

/** What a link is for; null for none. */
export const useOfLink = (db: D1Database, hash: string) =>
  db
    .prepare("SELECT use FROM links WHERE hash = ?1 AND use IN ('invite', 'order', 'guest')")
    .bind(hash)
    .first<'invite' | 'order' | 'guest'>('use')

/** Uses the link up and opens its session, or neither: null when it is unknown, used or too old. */
export async function openByLink(db: D1Database, row: NewSessionRow, hash: string): Promise<Me | null> {
  const results = await db.batch([
    insertSession(db, row, BY_LINK, hash),
    db.prepare(CONFIRM_ADDRESS).bind(hash, row.site, row.id),
    db.prepare(USE_LINK).bind(hash, row.site),
    ...meStatements(db, row.id),
  ])
  return toMe(results.slice(3))
}

/** The language of a person's browser; writes only what is new. */
export async function saveLocale(db: D1Database, user: UserId, locale: string): Promise<void> {
  await db.prepare('UPDATE users SET locale = ?2 WHERE id = ?1 AND locale IS NOT ?2').bind(user, locale).run()
}

/** Null when the session was revoked. */
export const readMe = async (db: D1Database, sid: string) => toMe(await db.batch(meStatements(db, sid)))

export interface SessionRow {
  id: SessionId
  site: SiteId
  user: UserId
  role: Role
  key: string | null
}

export const readSession = (db: D1Database, site: string, sid: string) =>
  db
    .prepare('SELECT id, site, user, role, key FROM sessions WHERE id = ?1 AND site = ?2')
    .bind(sid, site)
    .first<SessionRow>()

// After the rotation the token shown is the previous one, be it that it was turned just now or by another tab before.
const ROTATE = `UPDATE sessions SET previous_hash = refresh_hash, refresh_hash = ?3, rotated_at = ${NOW},
  idle_until = iif(?4 IS NULL, idle_until, min(${NOW} + ?4, ends_at))
WHERE id = ?1 AND refresh_hash = ?2 AND revoked_at IS NULL AND idle_until > ${NOW} AND ends_at > ${NOW}`
const END_IF_REUSED = `UPDATE sessions SET revoked_at = ${NOW} WHERE id = ?1 AND revoked_at IS NULL
  AND NOT (previous_hash IS ?2 AND (?3 IS NULL OR rotated_at > ${NOW} - ?3))`
const IS_LIVE = `SELECT 1 live FROM sessions
  WHERE id = ?1 AND revoked_at IS NULL AND idle_until > ${NOW} AND ends_at > ${NOW}`

interface Rotation {
  sid: SessionId
  shownHash: string
  nextHash: string
  /** How much longer the session may now lie idle; null leaves it. */
  idleMs: number | null
  /** For how long after a rotation the token before it is good; null: until the next one is used. */
  graceMs: number | null
}

/** Turns the refresh token, or finds it turned a moment ago. Null when the session is over, or now ended by a reused token. */
export async function rotate(db: D1Database, r: Rotation): Promise<Me | null> {
  const [, , live, ...me] = await db.batch([
    db.prepare(ROTATE).bind(r.sid, r.shownHash, r.nextHash, r.idleMs),
    db.prepare(END_IF_REUSED).bind(r.sid, r.shownHash, r.graceMs),
    db.prepare(IS_LIVE).bind(r.sid),
    ...meStatements(db, r.sid),
  ])
  return live?.results.length ? toMe(me) : null
}

export async function revoke(db: D1Database, sid: string) {
  await db.prepare(`UPDATE sessions SET revoked_at = ${NOW} WHERE id = ?1 AND revoked_at IS NULL`).bind(sid).run()
}

/** Ends every session of a key; answers who may still hold an open socket: a token lives 15 minutes from its making. */
export async function revokeByKey(
  db: D1Database,
  key: string,
  tokenMs: number,
): Promise<{ user: string; id: string }[]> {
  const { results } = await db
    .prepare(
      `UPDATE sessions SET revoked_at = ${NOW} WHERE key = ?1 AND revoked_at IS NULL
       RETURNING id, user, rotated_at > ${NOW} - ?2 recent`,
    )
    .bind(key, tokenMs)
    .run<{ user: string; id: string; recent: number }>()
  return results.filter(({ recent }) => recent)
}

/** True while a session of staff holds; counts the request as use, writing at most once a minute. */
export async function touchStaff(db: D1Database, sid: string): Promise<boolean> {
  const [live] = await db.batch([
    db.prepare(IS_LIVE).bind(sid),
    db
      .prepare(
        `UPDATE sessions SET idle_until = min(${NOW} + ?2, ends_at)
         WHERE id = ?1 AND revoked_at IS NULL AND idle_until > ${NOW} AND idle_until < ${NOW} + ?2 - ?3 AND ends_at > idle_until`,
      )
      .bind(sid, STAFF_IDLE_MS, TOUCH_EVERY_MS),
  ])
  return live?.results.length === 1
}

/** Until when the last step-up of a living session holds, ms since 1970; null when it does not. */
export const readStepUp = (db: D1Database, sid: string, forMs: number) =>
  db
    .prepare(
      `SELECT stepped_up_at + ?2 until FROM sessions WHERE id = ?1 AND revoked_at IS NULL AND stepped_up_at > ${NOW} - ?2`,
    )
    .bind(sid, forMs)
    .first<number>('until')

/** Which of these sessions were revoked, or are not there. */
export async function endedSessions(db: D1Database, sids: readonly string[]): Promise<Set<string>> {
  const { results } = await db
    .prepare(
      `SELECT value sid FROM json_each(?1)
       WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE id = value AND revoked_at IS NULL)`,
    )
    .bind(JSON.stringify(sids))
    .all<{ sid: string }>()
  return new Set(results.map((row) => row.sid))
}

/** A session that nobody can go on with. */
export async function insertSessionOf(
  db: D1Database,
  row: Pick<NewSessionRow, 'id' | 'site' | 'role' | 'refreshHash'> & { user: UserId; lifeMs: number },
) {
  await db
    .prepare(
      `INSERT INTO sessions (id, site, user, role, refresh_hash, rotated_at, created_at, idle_until, ends_at)
       SELECT ?1, ?2, ?3, ?4, ?5, t.now, t.now, t.now + ?6, t.now + ?6 FROM (SELECT ${NOW} now) t`,
    )
    .bind(row.id, row.site, row.user, row.role, row.refreshHash, row.lifeMs)
    .run()
}

export async function deleteSession(db: D1Database, sid: string) {
  await db.prepare('DELETE FROM sessions WHERE id = ?1').bind(sid).run()
}
