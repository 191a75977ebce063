import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { DAY_MS, HOUR_MS } from '../durations.ts'
import { HELD, HELD_CHATS } from './hold-store.ts'

/** Sites that keep chats or files for a time only; from the directory. */
export async function sitesThatForget(db: D1Database, dbName: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM sites WHERE db = ?1
       AND (settings ->> '$.privacy.keepChatsDays' > 0 OR settings ->> '$.privacy.keepFilesDays' > 0)`,
    )
    .bind(dbName)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** Sites of one database whose turn has come; the turn is taken. */
export async function takeSweeps(db: D1Database, sites: readonly string[], most: number): Promise<string[]> {
  const [, taken] = await db.batch([
    db
      .prepare(
        'INSERT INTO privacy_sweeps (site, next_at) SELECT value, 0 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING',
      )
      .bind(JSON.stringify(sites)),
    db
      .prepare(
        `UPDATE privacy_sweeps SET next_at = ${NOW} + ${HOUR_MS} WHERE site IN (SELECT s.site FROM privacy_sweeps s
         WHERE s.next_at <= ${NOW} AND s.site IN (SELECT value FROM json_each(?1)) ORDER BY s.next_at LIMIT ?2) RETURNING site`,
      )
      .bind(JSON.stringify(sites), most),
  ])
  return rowsOf<{ site: string }>(taken).map(({ site }) => site)
}

/** More is left than one call does. */
export async function sweepAgain(db: D1Database, site: string) {
  await db.prepare('UPDATE privacy_sweeps SET next_at = 0 WHERE site = ?1').bind(site).run()
}

// A chat that was cleared counts again once somebody has written in it.
const OLD = `
SELECT c.id, c.last_seq FROM chats c WHERE c.site = ?1 AND c.last_at < ${NOW} - ?2
AND (c.gone_at IS NULL OR c.gone_at < c.last_at) AND c.id NOT IN (${HELD_CHATS}) LIMIT ?3`

/** Chats in which nothing has happened for `ageMs` and nobody is held, and how long each is. */
export const oldChats = async (db: D1Database, site: string, ageMs: number, most: number) =>
  (await db.prepare(OLD).bind(site, ageMs, most).all<{ id: string; last_seq: number }>()).results

// ?1 site, ?2 the chats, JSON, ?3 their age in ms: what has been written in since is left alone.
const N = '(SELECT n + 1 FROM clock WHERE site = ?1)'
const CHOSEN = `SELECT id FROM chats WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2)) AND last_at < ${NOW} - ?3`
const FILES = `UPDATE attachments SET removed_at = ${NOW} WHERE site = ?1 AND removed_at IS NULL AND chat IN (${CHOSEN})`
const MAILS = [
  `DELETE FROM outbox_requests WHERE mail IN (SELECT id FROM outbox WHERE site = ?1 AND chat IN (${CHOSEN}))`,
  `DELETE FROM outbox WHERE site = ?1 AND chat IN (${CHOSEN})`,
]
const TELL = `UPDATE participants SET changed = ${N} WHERE left_n IS NULL AND chat IN (${CHOSEN})`
const TOLD = `SELECT DISTINCT user FROM participants WHERE changed = ${N} AND chat IN (${CHOSEN})`
const TICK = 'UPDATE clock SET n = n + 1 WHERE site = ?1'

// What an erasure took away without a trace stays so (2); a starter that it wrote anew (3) goes as all else.
const REDACT = [
  FILES,
  ...MAILS,
  `UPDATE messages SET body = ?4, erased = ?5, changed = ${N} WHERE ifnull(erased, 0) IN (0, 3) AND chat IN (${CHOSEN})`,
  TELL,
  TOLD,
  `UPDATE chats SET erased_n = ${N}, gone_at = ${NOW} WHERE id IN (${CHOSEN})`,
  TICK,
]

/** Puts a text in place of every message of these chats. Answers whom it is news to. */
export async function redactChats(
  db: D1Database,
  site: string,
  chats: readonly string[],
  { ageMs, body }: { ageMs: number; body: string },
): Promise<string[]> {
  const results = await db.batch(numbered(db, REDACT, [site, JSON.stringify(chats), ageMs, body, 1]))
  return rowsOf<{ user: string }>(results[REDACT.indexOf(TOLD)]).map(({ user }) => user)
}

// What is left of the chat gives its place free, and tells everybody's next sync that it is gone. An old order makes no
// new chat by itself.
const DELETE = [
  FILES,
  ...MAILS,
  `DELETE FROM messages WHERE chat IN (${CHOSEN})`,
  `UPDATE orders SET wanted = 0 WHERE site = ?1 AND id IN (
    SELECT thing FROM chats WHERE context = 'order' AND id IN (${CHOSEN}))`,
  `UPDATE participants SET left_n = ${N}, changed = ${N} WHERE left_n IS NULL AND chat IN (${CHOSEN})`,
  TOLD,
  `UPDATE chats SET thing = id, claim = NULL, state = 'read_only', gone_at = ${NOW} WHERE id IN (${CHOSEN})`,
  TICK,
]

export async function deleteChats(
  db: D1Database,
  site: string,
  chats: readonly string[],
  ageMs: number,
): Promise<string[]> {
  const results = await db.batch(numbered(db, DELETE, [site, JSON.stringify(chats), ageMs]))
  return rowsOf<{ user: string }>(results[DELETE.indexOf(TOLD)]).map(({ user }) => user)
}

/** The last rows of chats that were deleted a day ago: every page has heard by now. A file's row goes after its object. */
export async function forgetDeleted(db: D1Database, site: string) {
  const gone = `SELECT id FROM chats WHERE site = ?1 AND thing = id AND gone_at < ${NOW} - ${DAY_MS}
    AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.chat = chats.id AND a.key IS NOT NULL)`
  await db.batch([
    db.prepare(`DELETE FROM attachments WHERE chat IN (${gone})`).bind(site),
    db.prepare(`DELETE FROM participants WHERE chat IN (${gone})`).bind(site),
    db.prepare(`DELETE FROM chats WHERE id IN (${gone})`).bind(site),
  ])
}

/**
 * Marks files older than `ageMs` for the sweep of files to delete; true when none is left. In a chat of somebody who is
 * held nobody's files go.
 */
export async function removeOldFiles(db: D1Database, site: string, ageMs: number, most: number): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE attachments SET removed_at = ${NOW} WHERE id IN (
         SELECT a.id FROM attachments a
         WHERE a.site = ?1 AND a.removed_at IS NULL AND a.chat IS NOT NULL AND a.created_at < ${NOW} - ?2
         AND a.chat NOT IN (${HELD_CHATS}) AND NOT ${HELD('?1', 'a.user')} LIMIT ?3)`,
    )
    .bind(site, ageMs, most)
    .run()
  return meta.changes < most
}
