import { NOW } from '../db/client.ts'

interface Merge {
  site: string
  guest: string
  user: string
}

// ?1 site, ?2 guest, ?3 user. The guest row is marked last, so that all of the batch happens, once.
const PENDING = `EXISTS (SELECT 1 FROM users WHERE id = ?2 AND site = ?1 AND guest = 1 AND merged_into IS NULL AND id <> ?3)`
const N = '(SELECT n + 1 FROM clock WHERE site = ?1)'
const GUESTS_CHATS = 'SELECT chat FROM participants WHERE user = ?2 AND left_n IS NULL'
/** The user talks about the same thing with the same seller already. */
const HAS_TWIN = `EXISTS (SELECT 1 FROM chats own WHERE own.site = ?1 AND own.customer = ?3
  AND own.context = chats.context AND own.thing = chats.thing AND own.seller = chats.seller)`

const CONCERNED = `SELECT DISTINCT user FROM participants
  WHERE chat IN (${GUESTS_CHATS}) AND left_n IS NULL AND user <> ?2 AND user <> ?3 AND ${PENDING}`

// A member who wrote to the own desk as a guest is its customer from now on.
const JOIN = `INSERT INTO participants (user, chat, side, joined_n, left_n, read_seq, unread, changed)
  SELECT ?3, chat, side, ${N}, NULL, read_seq, unread, ${N} FROM participants
  WHERE user = ?2 AND left_n IS NULL AND ${PENDING}
  ON CONFLICT (user, chat) DO UPDATE SET side = excluded.side, joined_n = excluded.joined_n, left_n = NULL,
    read_seq = excluded.read_seq, unread = excluded.unread, changed = excluded.changed`

const TELL_OTHERS = `UPDATE participants SET changed = ${N}
  WHERE chat IN (${GUESTS_CHATS}) AND left_n IS NULL AND user <> ?2 AND user <> ?3 AND ${PENDING}`

const CLOSE_TWINS = `UPDATE chats SET state = 'read_only' WHERE site = ?1 AND customer = ?2 AND ${HAS_TWIN} AND ${PENDING}`
const HAND_OVER = `UPDATE chats SET customer = ?3 WHERE site = ?1 AND customer = ?2 AND NOT ${HAS_TWIN} AND ${PENDING}`
const HAND_OVER_ORDERS = `UPDATE orders SET buyer = ?3 WHERE site = ?1 AND buyer = ?2 AND ${PENDING}`
const LEAVE = `UPDATE participants SET left_n = ${N}, changed = ${N} WHERE user = ?2 AND left_n IS NULL AND ${PENDING}`

const COPY_BLOCKS = `INSERT INTO blocks (site, seller, user, by, created_at)
  SELECT site, seller, ?3, by, created_at FROM blocks WHERE site = ?1 AND user = ?2 AND ${PENDING} ON CONFLICT DO NOTHING`

// Whoever wanted no mail still wants none.
const COPY_STOPS = `INSERT INTO mail_stops (site, user, chat, created_at)
  SELECT site, ?3, chat, created_at FROM mail_stops WHERE site = ?1 AND user = ?2 AND ${PENDING} ON CONFLICT DO NOTHING`

// Whoever is held stays held: what is asked later asks for the account.
const COPY_HOLDS = `INSERT INTO privacy_holds (site, user, reason, by, created_at)
  SELECT site, ?3, reason, by, created_at FROM privacy_holds WHERE site = ?1 AND user = ?2 AND ${PENDING} ON CONFLICT DO NOTHING`

const END_SESSIONS = `UPDATE sessions SET revoked_at = ${NOW} WHERE user = ?2 AND revoked_at IS NULL AND ${PENDING}`
const TICK = `UPDATE clock SET n = n + 1 WHERE site = ?1 AND ${PENDING}`
// Whoever had become the guest before is the user now: who somebody was is asked one step deep.
const BRING_FORMER = `UPDATE users SET merged_into = ?3 WHERE site = ?1 AND merged_into = ?2 AND ${PENDING}`
const MARK = `UPDATE users SET merged_into = ?3 WHERE id = ?2 AND ${PENDING}`

/**
 * The guest's chats become the user's, in one batch and once; a chat that the user has already stays with its id and
 * sequence, to be read only. Answers who else is in these chats, or null when there was nothing to merge.
 */
export async function mergeGuest(db: D1Database, { site, guest, user }: Merge): Promise<string[] | null> {
  const steps = [
    JOIN,
    TELL_OTHERS,
    CLOSE_TWINS,
    HAND_OVER,
    HAND_OVER_ORDERS,
    LEAVE,
    COPY_BLOCKS,
    COPY_STOPS,
    COPY_HOLDS,
    END_SESSIONS,
    TICK,
    BRING_FORMER,
    MARK,
  ]
  const results = await db.batch<{ user: string }>(
    [CONCERNED, ...steps].map((sql) => db.prepare(sql).bind(site, guest, user)),
  )
  if (results.at(-1)?.meta.changes !== 1) return null
  return results[0]?.results.map((row) => row.user) ?? []
}

/**
 * The guest whose refresh token this is, if the session holds; the token turned last is as good as the newest. A guest
 * who came by an order's link has a customer's session, without a key.
 */
export const readGuest = (db: D1Database, site: string, sid: string, hash: string) =>
  db
    .prepare(
      `SELECT user FROM sessions WHERE id = ?1 AND site = ?2 AND role IN ('guest', 'customer') AND key IS NULL AND revoked_at IS NULL
       AND (refresh_hash = ?3 OR previous_hash = ?3) AND idle_until > ${NOW} AND ends_at > ${NOW}`,
    )
    .bind(sid, site, hash)
    .first<string>('user')
