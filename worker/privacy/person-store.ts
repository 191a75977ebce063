import type { UserId } from '../../protocol/ids.ts'
import type { Holdings, Person } from '../../protocol/privacy.ts'
import { NOW, rowOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'

/** The person ?2 of the site ?1: the account, and the guests that it turned out to have been. */
export const PEOPLE = 'SELECT id FROM users WHERE site = ?1 AND (id = ?2 OR merged_into = ?2)'

// Somebody whom the shop signs in to run the site has no row in `staff`: a living session says so.
export const STAFF = `(EXISTS (SELECT 1 FROM staff f WHERE f.site = u.site AND f.user = u.id)
  OR EXISTS (SELECT 1 FROM sessions s WHERE s.user = u.id AND s.role IN ('analyst', 'admin', 'owner')
    AND s.revoked_at IS NULL AND s.idle_until > ${NOW} AND s.ends_at > ${NOW}))`

const PERSON = `
SELECT u.id, u.shop_id, u.name, u.email, u.guest, u.created_at, ${STAFF} staff,
  (SELECT json_group_array(seller) FROM seller_members d WHERE d.site = u.site AND d.user = u.id) sellers,
  (SELECT max(s.rotated_at) FROM sessions s WHERE s.user = u.id) last_seen,
  EXISTS (SELECT 1 FROM privacy_holds h WHERE h.site = u.site AND h.user = u.id) held
FROM users u`

// The site's own system user has no name, no address and no session, and is found by nothing.
export const LIVE = 'u.site = ?1 AND u.merged_into IS NULL AND u.erased_at IS NULL'
/** Who they were goes first; a hold can be put on what is left, and lifted, until the last has gone. */
const PRESENT = `u.site = ?1 AND u.merged_into IS NULL AND (u.erased_at IS NULL OR EXISTS (SELECT 1 FROM privacy_requests r
  WHERE r.site = u.site AND r.user = u.id AND r.kind = 'erase' AND r.state IN ('waiting', 'running')))`
const THIS_ID = 'u.id = (SELECT coalesce(merged_into, id) FROM users WHERE site = ?1 AND id = ?2)'

interface PersonRow {
  id: UserId
  shop_id: string | null
  name: string | null
  email: string | null
  guest: number
  created_at: number
  staff: number
  sellers: string
  last_seen: number | null
  held: number
}

const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  shopId: row.shop_id,
  name: row.name,
  email: row.email,
  guest: row.guest === 1,
  sellers: JSON.parse(row.sellers),
  staff: row.staff === 1,
  firstSeenAt: row.created_at,
  lastSeenAt: row.last_seen,
  held: row.held === 1,
})

const MOST_FOUND = 50

/** Whole address, whole id of ours or the shop's, or how a name begins. */
export async function findPeople(db: D1Database, site: string, q: string): Promise<Person[]> {
  const { results } = await db
    .prepare(
      `${PERSON} WHERE ${PRESENT} AND (lower(u.email) = lower(?2) OR u.shop_id = ?2 OR ${THIS_ID}
         OR (u.name IS NOT NULL AND lower(substr(u.name, 1, length(?2))) = lower(?2)))
       ORDER BY u.guest, u.created_at DESC LIMIT ?3`,
    )
    .bind(site, q, MOST_FOUND)
    .all<PersonRow>()
  return results.map(toPerson)
}

export interface Whom {
  user?: string | undefined
  shopId?: string | undefined
  email?: string | undefined
}

/** Whoever is meant; nobody for what is unknown, another site's or erased. */
export async function peopleBy(db: D1Database, site: string, { user, shopId, email }: Whom): Promise<Person[]> {
  const [where, value] =
    user !== undefined
      ? [THIS_ID, user]
      : shopId !== undefined
        ? ['u.shop_id = ?2', shopId]
        : ['u.email IS NOT NULL AND lower(u.email) = lower(?2)', email ?? '']
  const { results } = await db
    .prepare(`${PERSON} WHERE ${LIVE} AND ${where} ORDER BY u.id`)
    .bind(site, value)
    .all<PersonRow>()
  return results.map(toPerson)
}

/** One person by our id, also while they are being erased; null for nobody. */
export async function personOf(db: D1Database, site: string, user: string): Promise<Person | null> {
  const row = await db.prepare(`${PERSON} WHERE ${PRESENT} AND ${THIS_ID}`).bind(site, user).first<PersonRow>()
  return row && toPerson(row)
}

/**
 * Whom a platform means: the account of its customer, guests with the same address, and guests who bought these orders. An
 * account that only shares the address is somebody else; without a customer the address is all there is.
 */
export async function peopleOfCustomer(
  db: D1Database,
  site: string,
  { customer, email, orders }: { customer: string | null; email: string | null; orders: readonly string[] },
): Promise<Person[]> {
  const { results } = await db
    .prepare(
      `${PERSON} WHERE ${LIVE} AND (u.shop_id = ?2
         OR (u.email IS NOT NULL AND lower(u.email) = lower(?3) AND (u.guest = 1 OR ?2 IS NULL))
         OR (u.guest = 1 AND u.id IN (SELECT o.buyer FROM json_each(?4) j JOIN orders o ON o.site = ?1 AND o.id = j.value)))
       ORDER BY u.id`,
    )
    .bind(site, customer, email, JSON.stringify(orders))
    .all<PersonRow>()
  return results.map(toPerson)
}

const THEIRS = `SELECT chat FROM participants WHERE user IN (${PEOPLE})`
const HOLDINGS = [
  `SELECT count(DISTINCT chat) n FROM (${THEIRS})`,
  `SELECT count(*) n FROM messages WHERE sender IN (${PEOPLE}) AND erased IS NULL`,
  `SELECT count(*) n FROM orders WHERE site = ?1 AND buyer IN (${PEOPLE}) AND erased_at IS NULL`,
  `SELECT count(*) n FROM sessions WHERE user IN (${PEOPLE})`,
  `SELECT count(*) n FROM outbox WHERE site = ?1 AND recipient IN (${PEOPLE})`,
  `SELECT count(*) n FROM attachments WHERE site = ?1 AND user IN (${PEOPLE}) AND key IS NOT NULL`,
  `SELECT coalesce(sum(size), 0) n FROM attachments WHERE site = ?1 AND user IN (${PEOPLE}) AND key IS NOT NULL`,
]

/** How much is kept of a person. */
export async function countHoldings(db: D1Database, site: string, user: string): Promise<Holdings> {
  const [chats, messages, orders, sessions, mails, files, bytes] = (
    await db.batch(numbered(db, HOLDINGS, [site, user]))
  ).map((result) => rowOf<{ n: number }>(result).n)
  return {
    chats: chats ?? 0,
    messages: messages ?? 0,
    files: files ?? 0,
    fileBytes: bytes ?? 0,
    orders: orders ?? 0,
    sessions: sessions ?? 0,
    notifications: mails ?? 0,
  }
}
