import { NOW } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'

const FIRST = (table: string, key: string, where: string) =>
  `SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ends_at LIMIT ?1`

// People are told for 30 days who has come in. An invited seller's last session tells that they have been here, so that
// their place is not handed to whoever invites them anew.
const SESSIONS = `ends_at < ${NOW} - ${30 * DAY_MS} AND NOT (role = 'seller' AND key IS NULL
  AND EXISTS (SELECT 1 FROM seller_members m WHERE m.site = sessions.site AND m.user = sessions.user)
  AND NOT EXISTS (SELECT 1 FROM sessions n WHERE n.user = sessions.user AND n.ends_at > sessions.ends_at))`
// That an order's link was made must be known, or its buyer would be sent another one.
const LINKS = `ends_at < ${NOW} AND (use <> 'order' OR email IS NOT NULL)`

const FORGET = [
  `DELETE FROM sessions WHERE id IN (${FIRST('sessions', 'id', SESSIONS)})`,
  `UPDATE links SET email = NULL WHERE hash IN (${FIRST('links', 'hash', `${LINKS} AND use = 'order'`)})`,
  `DELETE FROM links WHERE hash IN (${FIRST('links', 'hash', `${LINKS} AND use <> 'order'`)})`,
  `DELETE FROM privacy_codes WHERE user IN (${FIRST('privacy_codes', 'user', `ends_at < ${NOW}`)})`,
]

/** Deletes up to `most` each of sessions, links and codes that nobody can use any more. */
export async function forgetEnded(db: D1Database, most: number) {
  await db.batch(FORGET.map((sql) => db.prepare(sql).bind(most)))
}
