import { NOW, rowsOf } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'

const CODE_MS = 10 * 60_000
const MOST_TRIES = 5

export interface Own {
  name: string | null
  email: string | null
  guest: boolean
}

/**
 * Who asks about themselves; null once their session is over. A guest who has become somebody is not asked for by the
 * guest's old token: what that would reach is all of the account.
 */
export async function readOwn(
  db: D1Database,
  site: string,
  { sub, sid }: { sub: string; sid: string },
): Promise<Own | null> {
  const row = await db
    .prepare(
      `SELECT u.name, u.email, u.guest FROM users u
       JOIN sessions s ON s.id = ?3 AND s.user = u.id AND s.revoked_at IS NULL
       WHERE u.site = ?1 AND u.id = ?2 AND u.erased_at IS NULL AND u.merged_into IS NULL`,
    )
    .bind(site, sub, sid)
    .first<{ name: string | null; email: string | null; guest: number }>()
  return row && { ...row, guest: row.guest === 1 }
}

/** Keeps the hash of a code for a guest; a newer one replaces it. For a batch with the mail that brings it. */
export const insertCode = (db: D1Database, site: string, user: string, hash: string) =>
  db
    .prepare(
      `INSERT INTO privacy_codes (user, site, hash, ends_at, tries) VALUES (?1, ?2, ?3, ${NOW} + ${CODE_MS}, 0)
       ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, ends_at = excluded.ends_at, tries = 0`,
    )
    .bind(user, site, hash)

// Counted before it is looked at, so that parallel guesses share the tries. It stays good until its time is over: a copy
// may come in parts, and an erasure may follow it.
const TRY = `UPDATE privacy_codes SET tries = tries + (hash <> ?3)
  WHERE user = ?1 AND site = ?2 AND ends_at > ${NOW} AND tries < ${MOST_TRIES} RETURNING hash = ?3 AND tries < ${MOST_TRIES} fits`

export async function tryCode(db: D1Database, site: string, user: string, hash: string): Promise<boolean> {
  const [tried] = await db.batch([db.prepare(TRY).bind(user, site, hash)])
  return rowsOf<{ fits: number }>(tried)[0]?.fits === 1
}

/** How many copies somebody has taken within a day. */
export const countExports = async (db: D1Database, site: string, user: string): Promise<number> =>
  (await db
    .prepare(
      `SELECT count(*) n FROM privacy_requests WHERE site = ?1 AND user = ?2 AND kind = 'export' AND source = 'shopper'
       AND asked_at > ${NOW} - ${DAY_MS}`,
    )
    .bind(site, user)
    .first<number>('n')) ?? 0
