import type { SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { type Settling, settling, toldBy } from './settle-store.ts'

export interface OrderRow {
  id: string
  number: string
  parent: string | null
  customer: string | null
  /** For a buyer who is new here. */
  buyer: UserId
  name: string | null
  email: string | null
  version: number
  open: boolean
  wanted: boolean
  /** Brings it back if it was deleted. */
  revives: boolean
}
export interface PartRow {
  order: string
  seller: string
  title: string
  price: string | null
  url: string | null
  status: string | null
  starter: string | null
}

// ?1 site, ?2 orders, ?3 parts (JSON both).
const N = '(SELECT n + 1 FROM clock WHERE site = ?1)'

/** Its buyer was erased, or it was deleted: a late delivery would bring the name back. */
const GONE = `EXISTS (SELECT 1 FROM orders e WHERE e.site = ?1 AND e.id = j.value ->> 'id'
  AND (e.erased_at IS NOT NULL OR (e.deleted_at IS NOT NULL AND NOT j.value ->> 'revives')))`

// Whose deletion came first is a row without a buyer; what it really is begins anew.
const UNKNOWN = `''`
const DIG_UP = `DELETE FROM orders WHERE site = ?1 AND buyer = ${UNKNOWN}
  AND id IN (SELECT j.value ->> 'id' FROM json_each(?2) j WHERE j.value ->> 'revives')`

// The address on an order is not the account's, nor verified: it only fills what is empty.
const CUSTOMERS = `
INSERT INTO users (id, site, shop_id, guest, name, email, created_at)
SELECT j.value ->> 'buyer', ?1, j.value ->> 'customer', 0, j.value ->> 'name', j.value ->> 'email', ${NOW}
FROM json_each(?2) j WHERE j.value ->> 'customer' IS NOT NULL AND NOT ${GONE}
ON CONFLICT (site, shop_id) DO UPDATE SET name = coalesce(name, excluded.name), email = coalesce(email, excluded.email)
WHERE (name IS NULL AND excluded.name IS NOT NULL) OR (email IS NULL AND excluded.email IS NOT NULL)`

// A guest's order stays with the user made for it, or with whom that guest turned out to be.
const SAME_BUYER = `(excluded.buyer = orders.buyer OR (excluded.customer IS NULL AND orders.customer IS NULL))`
const ORDERS = `
INSERT INTO orders (site, id, parent, number, customer, buyer, buyer_at, version, open, wanted, changed)
SELECT ?1, j.value ->> 'id', j.value ->> 'parent', j.value ->> 'number', j.value ->> 'customer',
  coalesce((SELECT id FROM users WHERE site = ?1 AND shop_id = j.value ->> 'customer'), j.value ->> 'buyer'),
  ${NOW}, j.value ->> 'version', j.value ->> 'open', j.value ->> 'wanted', ${N}
FROM json_each(?2) j WHERE NOT ${GONE}
ON CONFLICT (site, id) DO UPDATE SET parent = excluded.parent, number = excluded.number, customer = excluded.customer,
  buyer = iif(${SAME_BUYER}, buyer, excluded.buyer), buyer_at = iif(${SAME_BUYER}, buyer_at, excluded.buyer_at),
  former_buyer = iif(${SAME_BUYER}, former_buyer, buyer), version = excluded.version, open = excluded.open,
  wanted = max(wanted, excluded.wanted), deleted_at = NULL, changed = excluded.changed
WHERE excluded.version >= orders.version`

// Late, but it says that the order is a new one.
const WANTED = `UPDATE orders SET wanted = 1 WHERE site = ?1 AND wanted = 0 AND erased_at IS NULL
  AND id IN (SELECT j.value ->> 'id' FROM json_each(?2) j WHERE j.value ->> 'wanted')`

/** Orders that this batch has written: the clock moves last. */
const WRITTEN = `SELECT o.id FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value ->> 'id' AND o.changed = ${N}`

const GUESTS = `
INSERT INTO users (id, site, guest, name, email, created_at)
SELECT o.buyer, ?1, 1, j.value ->> 'name', j.value ->> 'email', ${NOW}
FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value ->> 'id' AND o.customer IS NULL AND o.changed = ${N}
WHERE true
ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, name), email = coalesce(excluded.email, email)
WHERE guest = 1 AND merged_into IS NULL`

const DROP_PARTS = `DELETE FROM order_parts WHERE site = ?1 AND order_id IN (${WRITTEN})
  AND (order_id, seller) NOT IN (SELECT p.value ->> 'order', p.value ->> 'seller' FROM json_each(?3) p)`

const PARTS = `
INSERT INTO order_parts (site, order_id, seller, title, price, url, status, starter, changed)
SELECT ?1, p.value ->> 'order', p.value ->> 'seller', p.value ->> 'title', p.value ->> 'price', p.value ->> 'url',
  p.value ->> 'status', p.value ->> 'starter', ${N}
FROM json_each(?3) p WHERE p.value ->> 'order' IN (${WRITTEN})
ON CONFLICT (site, order_id, seller) DO UPDATE SET title = excluded.title, price = excluded.price, url = excluded.url,
  status = excluded.status, starter = excluded.starter,
  changed = iif((title, price, url, status) IS (excluded.title, excluded.price, excluded.url, excluded.status),
    changed, excluded.changed)`

const STEPS = [DIG_UP, CUSTOMERS, ORDERS, WANTED, GUESTS, DROP_PARTS, PARTS]

/**
 * Saves orders that are not older than what is there, with their parts, and brings their chats in line; one batch.
 * Answers whom it is news to.
 */
export async function saveOrders(
  db: D1Database,
  settle: Omit<Settling, 'orders'>,
  orders: OrderRow[],
  parts: PartRow[],
): Promise<string[]> {
  const ids = orders.map(({ id }) => ({ id }))
  const results = await db.batch([
    ...numbered(db, STEPS, [settle.site, JSON.stringify(orders), JSON.stringify(parts)]),
    ...settling(db, { ...settle, orders: ids }),
  ])
  return toldBy(results)
}

/** Brings the chats of orders in line with what is stored. Answers whom it is news to. */
export const settleOrders = async (db: D1Database, settle: Settling) => toldBy(await db.batch(settling(db, settle)))

/** The shop has thrown the order away; one that is not known yet is remembered. Answers whom it is news to. */
export async function markDeleted(db: D1Database, settle: Settling): Promise<string[]> {
  const ids = settle.orders.map(({ id }) => id)
  const steps = [
    `INSERT INTO orders (site, id, number, buyer, buyer_at, version, open, wanted, deleted_at, changed)
     SELECT ?1, value, value, ${UNKNOWN}, ${NOW}, 0, 0, 0, ${NOW}, ${N} FROM json_each(?2) WHERE true
     ON CONFLICT (site, id) DO UPDATE SET deleted_at = excluded.deleted_at, changed = excluded.changed
     WHERE orders.deleted_at IS NULL`,
    `UPDATE order_parts SET status = 'deleted', starter = NULL, changed = ${N} WHERE site = ?1 AND status IS NOT 'deleted'
     AND order_id IN (SELECT o.id FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value AND o.changed = ${N})`,
  ]
  const results = await db.batch([...numbered(db, steps, [settle.site, JSON.stringify(ids)]), ...settling(db, settle)])
  return toldBy(results)
}

// A vouch from before the order changed hands is not the shop's last word.
const PROOF = `
SELECT o.buyer = ?3 mine, u.guest = 1 AND u.merged_into IS NULL unclaimed, o.deleted_at IS NOT NULL deleted,
  EXISTS (SELECT 1 FROM sessions s, json_each(s.orders) v WHERE s.id = ?2 AND s.user = ?3 AND v.value = ?4
    AND s.created_at >= coalesce(iif(o.former_buyer IS NULL, 0, o.buyer_at), 0)) vouched
FROM (SELECT 1) LEFT JOIN orders o ON o.site = ?1 AND o.id = ?4 LEFT JOIN users u ON u.id = o.buyer`

// Dokan shows the customer the whole order; the chats are about its sellers' shares.
const SHARES = `SELECT p.order_id thing, p.seller FROM orders o
JOIN order_parts p ON p.site = ?1 AND p.order_id = o.id
WHERE o.site = ?1 AND (o.id = ?4 OR o.parent = ?4) AND o.deleted_at IS NULL ORDER BY o.id <> ?4, o.id, p.seller`

/** What is known of an order for somebody who wants to talk about it. */
export interface Proof {
  /** This is its buyer. */
  mine: boolean
  /** The shop vouched for it when the session was opened. */
  vouched: boolean
  /** Its buyer is a guest whom nobody has turned out to be. */
  unclaimed: boolean
  deleted: boolean
  shares: { thing: string; seller: string }[]
}

export async function readProof(
  db: D1Database,
  { site, session, user, order }: { site: SiteId; session: SessionId; user: UserId; order: string },
): Promise<Proof> {
  const [proof, shares] = await db.batch(numbered(db, [PROOF, SHARES], [site, session, user, order]))
  const [row] = rowsOf<{ mine: number | null; vouched: number; unclaimed: number | null; deleted: number }>(proof)
  return {
    mine: row?.mine === 1,
    vouched: row?.vouched === 1,
    unclaimed: row?.unclaimed === 1,
    deleted: row?.deleted === 1,
    shares: rowsOf<Proof['shares'][number]>(shares),
  }
}

/** The guests for whom these orders were made, as far as nobody has claimed them. */
export async function guestBuyers(db: D1Database, site: SiteId, orders: readonly string[]): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT o.buyer FROM orders o JOIN users u ON u.id = o.buyer AND u.guest = 1 AND u.merged_into IS NULL
       WHERE o.site = ?1 AND (o.id IN (SELECT value FROM json_each(?2)) OR o.parent IN (SELECT value FROM json_each(?2)))`,
    )
    .bind(site, JSON.stringify(orders))
    .all<{ buyer: string }>()
  return results.map(({ buyer }) => buyer)
}

/** A one-time link for the guest who bought it; null for any other order. Answers when it ends, ms since 1970. */
export async function insertOrderLink(
  db: D1Database,
  link: { hash: string; site: SiteId; order: string; lifeMs: number },
): Promise<number | null> {
  return db
    .prepare(
      `INSERT INTO links (hash, site, use, user, ends_at)
       SELECT ?1, ?2, 'order', o.buyer, ${NOW} + ?4 FROM orders o
       JOIN users u ON u.id = o.buyer AND u.guest = 1 AND u.merged_into IS NULL
       WHERE o.site = ?2 AND o.id = ?3 AND o.deleted_at IS NULL RETURNING ends_at`,
    )
    .bind(link.hash, link.site, link.order, link.lifeMs)
    .first<number>('ends_at')
}

/** The versions of the orders that are known. */
export async function readVersions(db: D1Database, site: SiteId, ids: string[]): Promise<Map<string, number>> {
  const { results } = await db
    .prepare('SELECT id, version FROM orders WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(site, JSON.stringify(ids))
    .all<{ id: string; version: number }>()
  return new Map(results.map(({ id, version }) => [id, version]))
}
