import type { SiteId, UserId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'

/** What is to be removed: all that a person uploaded, a chat's files, or what was sent before a time. */
export type Removal = { user: UserId } | { chat: string } | { before: number }

const CHOSEN = `site = ?1 AND (?2 IS NULL OR user = ?2) AND (?3 IS NULL OR chat = ?3)
  AND (?4 IS NULL OR created_at < ?4)`

/** From here on nobody gets these files any more. `removeFiles` deletes the objects. */
export function markRemoved(db: D1Database, site: SiteId, what: Removal): D1PreparedStatement {
  const { user, chat, before }: { user?: string; chat?: string; before?: number } = what
  return db
    .prepare(`UPDATE attachments SET removed_at = ${NOW} WHERE removed_at IS NULL AND ${CHOSEN}`)
    .bind(site, user ?? null, chat ?? null, before ?? null)
}

/** Uploads that nobody has sent since `ageMs`. */
export const markUnused = (db: D1Database, ageMs: number, most: number) =>
  db
    .prepare(
      `UPDATE attachments SET removed_at = ${NOW} WHERE id IN (
         SELECT id FROM attachments WHERE chat IS NULL AND created_at < ${NOW} - ?1 AND removed_at IS NULL LIMIT ?2)`,
    )
    .bind(ageMs, most)
    .run()

export interface Binned {
  id: string
  key: string
  thumbKey: string | null
}

/** Files that nobody gets any more and whose objects are still there, the longest removed first. */
export async function binnedFiles(db: D1Database, most: number): Promise<Binned[]> {
  const sql = `SELECT id, key, thumb_key thumbKey FROM attachments
    WHERE removed_at IS NOT NULL AND key IS NOT NULL ORDER BY removed_at LIMIT ?1`
  return rowsOf<Binned>(await db.prepare(sql).bind(most).all())
}

/**
 * The objects of these are deleted. An upload that may still be running keeps its key until it cannot be: what it
 * stores then is deleted by the next turn. What was never sent leaves nothing behind once it counts for no limit.
 */
export async function forgetObjects(
  db: D1Database,
  ids: readonly string[],
  { uploadMs, windowMs }: { uploadMs: number; windowMs: number },
): Promise<void> {
  const list = JSON.stringify(ids)
  await db.batch([
    db
      .prepare(
        `UPDATE attachments SET key = NULL, thumb_key = NULL, name = '' WHERE id IN (SELECT value FROM json_each(?1))
         AND removed_at IS NOT NULL AND (stored_at IS NOT NULL OR created_at < ${NOW} - ?2)`,
      )
      .bind(list, uploadMs),
    db
      .prepare(`DELETE FROM attachments WHERE key IS NULL AND chat IS NULL AND created_at < ${NOW} - ?1`)
      .bind(windowMs),
  ])
}
