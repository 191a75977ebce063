import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'

interface SiteBlock {
  site: string
  by: string
  user: string
  blocked: boolean
}

// ?1 site, ?2 user, ?3 by. A guest who signed in since is the user they became.
const PERSON = 'SELECT coalesce(merged_into, id) id FROM users WHERE id = ?2 AND site = ?1'
const THERE = `EXISTS (SELECT 1 FROM blocks WHERE site = ?1 AND user = (${PERSON}) AND seller = '*')`
const THEIRS = `chat IN (SELECT chat FROM participants WHERE user = (${PERSON}) AND side = 'customer')`
const FRESH = `EXISTS (SELECT 1 FROM participants p JOIN clock k ON k.site = ?1 WHERE p.changed = k.n + 1 AND p.user = (${PERSON}))`

/**
 * Blocks a person on the whole site or lifts that; answers who is to be told, null where there is no such person. `log` goes
 * with it, if it changed anything.
 */
export async function saveSiteBlock(
  db: D1Database,
  { site, by, user, blocked }: SiteBlock,
  log: D1PreparedStatement,
): Promise<string[] | null> {
  const add = `INSERT INTO blocks (site, seller, user, by, created_at) SELECT ?1, '*', id, ?3, ${NOW} FROM (${PERSON}) WHERE true
    ON CONFLICT DO NOTHING`
  const lift = `DELETE FROM blocks WHERE site = ?1 AND user = (${PERSON}) AND seller = '*'`
  const statements = numbered(
    db,
    [
      PERSON,
      `SELECT DISTINCT user FROM participants WHERE ${THEIRS} AND left_n IS NULL`,
      `UPDATE participants SET changed = (SELECT n + 1 FROM clock WHERE site = ?1)
       WHERE ${THEIRS} AND left_n IS NULL AND ${blocked ? 'NOT ' : ''}${THERE}`,
      `UPDATE clock SET n = n + 1 WHERE site = ?1 AND ${FRESH}`,
      blocked ? add : lift,
    ],
    [site, user, by],
  )
  const results = await db.batch([...statements, log])
  if (rowsOf(results[0]).length === 0) return null
  return rowsOf<{ user: string }>(results[1]).map((row) => row.user)
}
