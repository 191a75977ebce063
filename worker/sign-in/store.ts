import { MOST_CODE_TRIES } from '../../protocol/bounds.ts'
import type { UserId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'
import { DAY_MS, HOUR_MS } from '../durations.ts'

export type Use = 'admin' | 'inbox' | 'step_up' | 'passkey' | 'register'

/** How long a code, or what a passkey is to sign, is good. */
export const CHALLENGE_MS = 10 * 60_000
const MOST_AN_HOUR = 5
const MOST_A_DAY = 10
/** Of one address for all networks together: what may be guessed at stays little. */
const MOST_OF_ALL = 50

export interface KnownPerson {
  user: UserId
  email: string
}

// An address that only its owner's shop account claims, and nobody has verified, opens nothing.
const PERSON = {
  admin: `SELECT u.id user, u.email FROM staff s JOIN users u ON u.id = s.user
    WHERE s.site = ?1 AND lower(u.email) = lower(?2) ORDER BY s.created_at, u.id LIMIT 1`,
  inbox: `SELECT u.id user, u.email FROM seller_members m JOIN users u ON u.id = m.user
    WHERE m.site = ?1 AND lower(u.email) = lower(?2) AND u.merged_into IS NULL AND (u.shop_id IS NULL OR u.email_verified = 1)
    ORDER BY u.shop_id IS NOT NULL, m.created_at, u.id LIMIT 1`,
}

/** Who of a site signs in at a door with this address; null for nobody. */
export const findPerson = (db: D1Database, site: string, door: 'admin' | 'inbox', email: string) =>
  db.prepare(PERSON[door]).bind(site, email).first<KnownPerson>()

export interface NewChallenge {
  id: string
  site: string
  use: Use
  user: string | null
  answer: string
  /** Counted by it; null: not counted. */
  address: string | null
  /** Whoever asks from elsewhere uses up little of what this network may. */
  network?: string | null
}

// Codes that were used are no guesses: staff whose sessions end after 15 minutes ask for many.
// ?1 address, ?2 network
const UNUSED = 'address = ?1 AND used_at IS NULL'
const HERE = `${UNUSED} AND network IS ?2`
const fewer = (than: number, withinMs: number, which: string) =>
  `(SELECT count(*) FROM challenges WHERE ${which} AND created_at > t.now - ${withinMs}) < ${than}`
const INSERT = `
INSERT INTO challenges (address, network, id, site, use, user, answer, tries, created_at, ends_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, t.now, t.now + ${CHALLENGE_MS} FROM (SELECT ${NOW} now) t
WHERE ?1 IS NULL OR (${fewer(MOST_AN_HOUR, HOUR_MS, HERE)} AND ${fewer(MOST_A_DAY, DAY_MS, HERE)}
  AND ${fewer(MOST_OF_ALL, DAY_MS, UNUSED)}) RETURNING ends_at`
const free = (most: number, withinMs: number, which: string) => `
  coalesce((SELECT created_at + ${withinMs} FROM challenges WHERE ${which} ORDER BY created_at DESC LIMIT 1 OFFSET ${most - 1}), 0)`
/** When the next one may be asked for: as soon as enough of the last ones lie far enough back. */
const WAIT = `
SELECT max(${free(MOST_AN_HOUR, HOUR_MS, HERE)}, ${free(MOST_A_DAY, DAY_MS, HERE)}, ${free(MOST_OF_ALL, DAY_MS, UNUSED)}) - ${NOW} wait`
const FORGET = `DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE ends_at < ${NOW} - ${DAY_MS} LIMIT 100)`

/** Keeps a challenge; answers when it ends, or how long its address has to wait. Old ones go. */
export async function insertChallenge(
  db: D1Database,
  row: NewChallenge,
): Promise<{ endsAt: number } | { waitMs: number }> {
  const counted = [row.address, row.network ?? null]
  const [inserted, waited] = await db.batch([
    db.prepare(INSERT).bind(...counted, row.id, row.site, row.use, row.user, row.answer),
    db.prepare(WAIT).bind(...counted),
    db.prepare(FORGET),
  ])
  const [made] = rowsOf<{ ends_at: number }>(inserted)
  if (made) return { endsAt: made.ends_at }
  return { waitMs: Math.max(1000, rowsOf<{ wait: number }>(waited)[0]?.wait ?? 0) }
}

// ?1 challenge, ?2 site
const LIVE = `id = ?1 AND site = ?2 AND used_at IS NULL AND ends_at > ${NOW}`
const COUNT_TRY = `UPDATE challenges SET tries = tries + 1 WHERE ${LIVE}`
const USE_CODE = `UPDATE challenges SET used_at = ${NOW}
  WHERE ${LIVE} AND tries <= ${MOST_CODE_TRIES} AND answer = ?3 AND user IS NOT NULL AND use IN (SELECT value FROM json_each(?4))
  RETURNING user, use`

/** Uses up a code that is right and not guessed at too often; every try counts, right or wrong. Null for any other. */
export async function useCode(db: D1Database, { id, site, answer, uses }: Answered) {
  const [, used] = await db.batch([
    db.prepare(COUNT_TRY).bind(id, site),
    db.prepare(USE_CODE).bind(id, site, answer, JSON.stringify(uses)),
  ])
  return rowsOf<{ user: UserId; use: Use }>(used)[0] ?? null
}
interface Answered {
  id: string
  site: string
  answer: string
  uses: Use[]
}

/** Uses up what a passkey is to sign, whether or not it then signs rightly; null when it is used or too old. */
export const takeChallenge = (db: D1Database, site: string, id: string, use: Use) =>
  db
    .prepare(`UPDATE challenges SET used_at = ${NOW} WHERE ${LIVE} AND use = ?3 RETURNING answer, user`)
    .bind(id, site, use)
    .first<{ answer: string; user: UserId | null }>()

/** Holds the session for proven anew; until when, ms since 1970, or null when it is over. */
export const markSteppedUp = (db: D1Database, sid: string, forMs: number) =>
  db
    .prepare(
      `UPDATE sessions SET stepped_up_at = ${NOW} WHERE id = ?1 AND revoked_at IS NULL RETURNING stepped_up_at + ?2 until`,
    )
    .bind(sid, forMs)
    .first<number>('until')

/** The shop's own id of a user. */
export const readShopId = (db: D1Database, site: string, user: string) =>
  db.prepare('SELECT shop_id FROM users WHERE id = ?2 AND site = ?1').bind(site, user).first<string>('shop_id')

export const readName = (db: D1Database, site: string, user: string) =>
  db
    .prepare('SELECT name, email FROM users WHERE id = ?2 AND site = ?1')
    .bind(site, user)
    .first<{ name: string | null; email: string | null }>()
