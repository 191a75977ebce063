import { NOW } from '../db/client.ts'

interface OrderToMail {
  order: string
  number: string
  email: string
}

// The buyer of an order is a guest who was made for it, until somebody turns out to be that guest.
const GUEST = 'JOIN users u ON u.id = o.buyer AND u.guest = 1 AND u.merged_into IS NULL AND u.email IS NOT NULL'
const NO_LINK = "NOT EXISTS (SELECT 1 FROM links l WHERE l.user = o.buyer AND l.use = 'order')"

/** Those of these orders whose guest has a chat about it and never got a link. */
export async function ordersToMail(db: D1Database, site: string, orders: readonly string[]): Promise<OrderToMail[]> {
  const { results } = await db
    .prepare(
      `SELECT o.id "order", o.number, u.email FROM json_each(?2) j JOIN orders o ON o.site = ?1 AND o.id = j.value
       ${GUEST} WHERE o.deleted_at IS NULL AND ${NO_LINK}
       AND EXISTS (SELECT 1 FROM chats c WHERE c.site = ?1 AND c.customer = o.buyer AND c.context = 'order' AND c.thing = o.id)`,
    )
    .bind(site, JSON.stringify(orders))
    .all<OrderToMail>()
  return results
}

/** The link and its mail in one batch; a mail of that id that is there already leaves its own link the good one. */
export async function insertFirstLink(
  db: D1Database,
  link: { hash: string; site: string; order: string; email: string; lifeMs: number },
  mail: D1PreparedStatement,
): Promise<void> {
  const insert = `INSERT INTO links (hash, site, use, user, ends_at, email)
    SELECT ?1, ?2, 'order', o.buyer, ${NOW} + ?4, ?5 FROM orders o ${GUEST} WHERE o.site = ?2 AND o.id = ?3`
  await db.batch([db.prepare(insert).bind(link.hash, link.site, link.order, link.lifeMs, link.email), mail])
}
