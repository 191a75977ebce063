import { MOST_MEMBERS } from '../../protocol/bounds.ts'
import type { PutSellers } from '../../protocol/sessions.ts'
import { NOW } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { base64url } from '../ids.ts'

/** One person at one desk. */
export interface Membership {
  seller: string
  user: string
}

// ?1 site, ?2 the wanted memberships, JSON. Who is a member already keeps what they have.
const WANTED = `SELECT DISTINCT w.value ->> 'seller' seller, w.value ->> 'user' user FROM json_each(?2) w
  JOIN sellers s ON s.site = ?1 AND s.id = w.value ->> 'seller'`

const NEWS = `SELECT w.seller, w.user, row_number() OVER (PARTITION BY w.seller) place FROM (${WANTED}) w WHERE NOT EXISTS (
  SELECT 1 FROM seller_members m WHERE m.site = ?1 AND m.seller = w.seller AND m.user = w.user)`

// Every message of a desk is written down for each of its members.
const ADDED = `SELECT seller, user FROM (${NEWS}) n
  WHERE place + (SELECT count(*) FROM seller_members m WHERE m.site = ?1 AND m.seller = n.seller) <= ${MOST_MEMBERS}`

// ?3 the desks whose members are exactly the wanted ones.
const REMOVED = `SELECT m.seller, m.user FROM seller_members m
  WHERE m.site = ?1 AND m.seller IN (SELECT value FROM json_each(?3))
  AND (m.seller, m.user) NOT IN (SELECT value ->> 'seller', value ->> 'user' FROM json_each(?2))`

// A joiner has read what the desk has read, so that what nobody answered yet shows as unread; found out once a chat, and not
// once more for each joiner. The customer's own row wins.
const JOIN_CHATS = `
WITH joiners AS MATERIALIZED (${ADDED}),
known AS MATERIALIZED (
  SELECT c.id chat, c.seller, coalesce((SELECT max(read_seq) FROM participants WHERE chat = c.id AND side = 'seller'), 0) read
  FROM chats c WHERE c.site = ?1 AND c.seller IN (SELECT seller FROM joiners)),
states AS MATERIALIZED (
  SELECT chat, seller, read,
    (SELECT count(*) FROM messages m WHERE m.chat = known.chat AND m.seq > known.read AND m.side = 'customer') unread FROM known)
INSERT INTO participants (user, chat, side, joined_n, left_n, read_seq, unread, changed)
SELECT j.user, s.chat, 'seller', k.n + 1, NULL, s.read, s.unread, k.n + 1
FROM joiners j CROSS JOIN states s ON s.seller = j.seller JOIN clock k ON k.site = ?1
WHERE true ORDER BY j.user, s.chat
ON CONFLICT (user, chat) DO UPDATE SET joined_n = excluded.joined_n, left_n = NULL, read_seq = excluded.read_seq,
  unread = excluded.unread, changed = excluded.changed
WHERE side = 'seller' AND left_n IS NOT NULL`

const leaveChats = (removed: string) => `
UPDATE participants SET left_n = (SELECT n + 1 FROM clock WHERE site = ?1), changed = (SELECT n + 1 FROM clock WHERE site = ?1)
WHERE side = 'seller' AND left_n IS NULL AND (user, chat) IN (
  SELECT r.user, c.id FROM (${removed}) r JOIN chats c ON c.site = ?1 AND c.seller = r.seller)`

const DROP_MEMBERS = `DELETE FROM seller_members WHERE site = ?1 AND (seller, user) IN (${REMOVED})`

const ADD_MEMBERS = `INSERT INTO seller_members (site, seller, user, created_at)
  SELECT ?1, a.seller, a.user, ${NOW} FROM (${ADDED}) a WHERE true ON CONFLICT DO NOTHING`

/** After the participants, before the memberships by which they are told to be new. */
const TICK = 'UPDATE clock SET n = n + 1 WHERE site = ?1'

/** Those of ?2 whose chats changed in the write just ticked. */
const TOLD = `SELECT DISTINCT user FROM participants
  WHERE user IN (SELECT value FROM json_each(?2)) AND changed = (SELECT n FROM clock WHERE site = ?1)`

/**
 * Makes people members and lets them into their desks' chats; at the desks of `exactly`, everybody else leaves. One
 * batch, none when nothing is to change. Answers whose chats changed.
 */
export async function setMembers(
  db: D1Database,
  site: string,
  wanted: Membership[],
  exactly: string[] = [],
): Promise<string[]> {
  const pairs = JSON.stringify(wanted)
  const add = (sql: string) => db.prepare(sql).bind(site, pairs)
  const remove = (sql: string) => db.prepare(sql).bind(site, pairs, JSON.stringify(exactly))
  const changes = await db.batch<Membership>([add(ADDED), remove(REMOVED)])
  const users = changes.flatMap(({ results }) => results.map(({ user }) => user))
  if (users.length === 0) return []
  const results = await db.batch<{ user: string }>([
    remove(leaveChats(REMOVED)),
    remove(DROP_MEMBERS),
    add(JOIN_CHATS),
    db.prepare(TICK).bind(site),
    add(ADD_MEMBERS),
    db.prepare(TOLD).bind(site, JSON.stringify(users)),
  ])
  return results[5]?.results.map(({ user }) => user) ?? []
}

// ?2 desk, ?3 user.
const ONE = 'SELECT m.seller, m.user FROM seller_members m WHERE m.site = ?1 AND m.seller = ?2 AND m.user = ?3'
const REMOVE_ONE = [
  leaveChats(ONE),
  `${TICK} AND EXISTS (${ONE})`,
  'DELETE FROM seller_members WHERE site = ?1 AND seller = ?2 AND user = ?3',
]

/** Takes one person off a desk and out of its chats, whoever joins or leaves it meanwhile; false for no member of it. */
export async function removeMembership(db: D1Database, site: string, { seller, user }: Membership): Promise<boolean> {
  const results = await db.batch(numbered(db, REMOVE_ONE, [site, seller, user]))
  return results.at(-1)?.meta.changes === 1
}

/** Creates or updates desks by id; `log` goes with it, if that changes anything. */
export async function putDesks(db: D1Database, site: string, desks: PutSellers['sellers'], log: D1PreparedStatement) {
  const put = db
    .prepare(
      `INSERT INTO sellers (site, id, name, picture, created_at)
       SELECT ?1, d.value ->> 'id', d.value ->> 'name', d.value ->> 'picture', ${NOW} FROM json_each(?2) d WHERE true
       ON CONFLICT (site, id) DO UPDATE SET name = excluded.name, picture = excluded.picture
       WHERE name <> excluded.name OR picture IS NOT excluded.picture`,
    )
    .bind(site, JSON.stringify(desks))
  await db.batch([put, log])
}

/** The users of these shop ids, made where they are new. */
export async function ensureUsers(db: D1Database, site: string, shopIds: string[]): Promise<Map<string, string>> {
  const ids = JSON.stringify(shopIds)
  const [, found] = await db.batch<{ id: string; shop_id: string }>([
    db
      .prepare(
        `INSERT INTO users (id, site, shop_id, guest, created_at)
         SELECT 'usr_' || lower(hex(randomblob(16))), ?1, value, 0, ${NOW} FROM json_each(?2) WHERE true
         ON CONFLICT (site, shop_id) DO NOTHING`,
      )
      .bind(site, ids),
    db
      .prepare('SELECT id, shop_id FROM users WHERE site = ?1 AND shop_id IN (SELECT value FROM json_each(?2))')
      .bind(site, ids),
  ])
  return new Map(found?.results.map(({ id, shop_id }) => [shop_id, id]))
}

// ?1 site, ?2 the desks that somebody spoke of, JSON; ?3 the shop's own name, for a desk of which only the id is known.
const HEARD_OF = `FROM json_each(?2) d WHERE NOT EXISTS (SELECT 1 FROM sellers s WHERE s.site = ?1 AND s.id = d.value ->> 'id')`
const THEIR_PEOPLE = `INSERT INTO users (id, site, shop_id, guest, created_at)
  SELECT 'usr_' || lower(hex(randomblob(16))), ?1, d.value ->> 'id', 0, ${NOW} ${HEARD_OF} ON CONFLICT DO NOTHING`
const THEIR_SEATS = `INSERT INTO seller_members (site, seller, user, created_at)
  SELECT ?1, u.shop_id, u.id, ${NOW} FROM users u WHERE u.site = ?1
  AND u.shop_id IN (SELECT d.value ->> 'id' ${HEARD_OF}) ON CONFLICT DO NOTHING`
const THEIR_DESKS = `INSERT INTO sellers (site, id, name, created_at)
  SELECT ?1, d.value ->> 'id', coalesce(d.value ->> 'name', ?3), ${NOW} FROM json_each(?2) d WHERE true
  ON CONFLICT (site, id) DO UPDATE SET name = excluded.name WHERE name = ?3 AND excluded.name <> ?3`

/** Makes the desks that are missing, each answered by the person of its id; one called like the shop gets its name. */
export async function insertDesks(
  db: D1Database,
  site: string,
  shop: string,
  desks: { id: string; name: string | null }[],
) {
  const rows = JSON.stringify(desks)
  await db.batch([
    db.prepare(THEIR_PEOPLE).bind(site, rows),
    db.prepare(THEIR_SEATS).bind(site, rows),
    db.prepare(THEIR_DESKS).bind(site, rows, shop),
  ])
}

/** The names of those of these desks that the site has. */
export async function readDesks(db: D1Database, site: string, ids: string[]): Promise<Map<string, string>> {
  const { results } = await db
    .prepare('SELECT id, name FROM sellers WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(site, JSON.stringify(ids))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, name]))
}

export async function deskExists(db: D1Database, site: string, desk: string): Promise<boolean> {
  return (await db.prepare('SELECT 1 FROM sellers WHERE site = ?1 AND id = ?2').bind(site, desk).first()) !== null
}

const newEpoch = () => base64url(crypto.getRandomValues(new Uint8Array(6)))

/** What clients hold may be newer than the database from now on: a new epoch has each of them load anew. */
export async function renewEpoch(db: D1Database, site: string) {
  await db.prepare('UPDATE clock SET epoch = ?2, n = n + 1 WHERE site = ?1').bind(site, newEpoch()).run()
}

/** What a new site needs in its own database: a clock of a random epoch, and a desk. */
export async function insertFirstDesk(db: D1Database, site: string, desk: string, name: string) {
  const epoch = newEpoch()
  await db.batch([
    db.prepare('INSERT INTO clock (site, epoch, n) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING').bind(site, epoch),
    db
      .prepare(`INSERT INTO sellers (site, id, name, created_at) VALUES (?1, ?2, ?3, ${NOW}) ON CONFLICT DO NOTHING`)
      .bind(site, desk, name),
  ])
}
