import type { Desk } from '../../protocol/admin/sellers.ts'
import { NOW } from '../db/client.ts'

type Member = Desk['members'][number]
export interface DeskRow extends Omit<Desk, 'members' | 'isDefault' | 'isFresh'> {
  isFresh: number
  members: Member[]
}

const HANGS_ON = (desk: string) => `EXISTS (SELECT 1 FROM chats c WHERE c.site = ?1 AND c.seller = ${desk})
  OR EXISTS (SELECT 1 FROM products p WHERE p.site = ?1 AND p.seller = ${desk})
  OR EXISTS (SELECT 1 FROM order_parts o WHERE o.site = ?1 AND o.seller = ${desk})`
const MEMBERS = `(SELECT json_group_array(json_object('user', u.id, 'shopId', u.shop_id, 'name', u.name, 'email', u.email,
    'seenAt', (SELECT max(s.created_at) FROM sessions s WHERE s.user = u.id)) ORDER BY m.created_at, u.id)
  FROM seller_members m JOIN users u ON u.id = m.user WHERE m.site = d.site AND m.seller = d.id)`
const DESK = `SELECT d.id, d.name, d.picture, NOT (${HANGS_ON('d.id')}) isFresh, ${MEMBERS} members FROM sellers d WHERE d.site = ?1`
type Raw = Omit<DeskRow, 'members'> & { members: string }
const toDesk = (row: Raw): DeskRow => ({ ...row, members: JSON.parse(row.members) })

/** Desks by name, after the name and id of the last one of the page before. */
export async function listDesks(
  db: D1Database,
  site: string,
  after: [name: string, id: string] | null,
  limit: number,
): Promise<DeskRow[]> {
  const { results } = await db
    .prepare(`${DESK} AND (?2 IS NULL OR (d.name, d.id) > (?2, ?3)) ORDER BY d.name, d.id LIMIT ?4`)
    .bind(site, after?.[0] ?? null, after?.[1] ?? null, limit)
    .all<Raw>()
  return results.map(toDesk)
}

export async function readDesk(db: D1Database, site: string, id: string): Promise<DeskRow | null> {
  const row = await db.prepare(`${DESK} AND d.id = ?2`).bind(site, id).first<Raw>()
  return row && toDesk(row)
}

/** Changes nothing where the id is taken. */
export const insertDesk = (db: D1Database, site: string, desk: { id: string; name: string; picture: string | null }) =>
  db
    .prepare(
      `INSERT INTO sellers (site, id, name, picture, created_at) VALUES (?1, ?2, ?3, ?4, ${NOW}) ON CONFLICT DO NOTHING`,
    )
    .bind(site, desk.id, desk.name, desk.picture)

export const updateDesk = (db: D1Database, site: string, desk: { id: string; name: string; picture: string | null }) =>
  db
    .prepare('UPDATE sellers SET name = ?3, picture = ?4 WHERE site = ?1 AND id = ?2')
    .bind(site, desk.id, desk.name, desk.picture)

/** Gives a desk another id with its members; changes nothing where something hangs on it, or the new id is taken. */
export function renameDesk(db: D1Database, site: string, from: string, to: string) {
  const moved = `EXISTS (SELECT 1 FROM sellers WHERE site = ?1 AND id = ?3)
    AND NOT EXISTS (SELECT 1 FROM sellers WHERE site = ?1 AND id = ?2)`
  return [
    db
      .prepare(
        `UPDATE sellers SET id = ?3 WHERE site = ?1 AND id = ?2 AND NOT (${HANGS_ON('?2')})
         AND NOT EXISTS (SELECT 1 FROM sellers o WHERE o.site = ?1 AND o.id = ?3)`,
      )
      .bind(site, from, to),
    db
      .prepare(`UPDATE seller_members SET seller = ?3 WHERE site = ?1 AND seller = ?2 AND ${moved}`)
      .bind(site, from, to),
  ]
}

/** Whether a person has ever been signed in. */
export const wasHere = async (db: D1Database, user: string) =>
  (await db.prepare('SELECT 1 FROM sessions WHERE user = ?1 LIMIT 1').bind(user).first()) !== null

/** Ends the seller's sessions of somebody who answers for no desk any more; true where there were such. */
export async function endIfNoDesk(db: D1Database, site: string, user: string): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE sessions SET revoked_at = ${NOW} WHERE site = ?1 AND user = ?2 AND role = 'seller' AND revoked_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM seller_members WHERE site = ?1 AND user = ?2)`,
    )
    .bind(site, user)
    .run()
  return meta.changes > 0
}
