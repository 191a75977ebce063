import { NOW } from '../db/client.ts'
import { PEOPLE } from './person-store.ts'

/** Whether somebody is held, also by what they are under now: a request may still name the guest whom they once were. */
export const HELD = (site: string, user: string) => `EXISTS (SELECT 1 FROM privacy_holds h WHERE h.site = ${site}
  AND h.user IN (${user}, (SELECT merged_into FROM users WHERE id = ${user})))`

/** Chats of the site ?1 that somebody is in, or has been, who is held: all that was said there is evidence. */
export const HELD_CHATS = `
SELECT p.chat FROM privacy_holds h JOIN users u ON u.id = h.user OR u.merged_into = h.user
JOIN participants p ON p.user = u.id WHERE h.site = ?1`

export interface Hold {
  reason: string | null
  since: number
}

export const readHold = (db: D1Database, site: string, user: string) =>
  db
    .prepare('SELECT reason, created_at since FROM privacy_holds WHERE site = ?1 AND user = ?2')
    .bind(site, user)
    .first<Hold>()

/** Holds a person, or lifts that, with what the guests brought along; their running erasure goes on then. */
export async function saveHold(
  db: D1Database,
  hold: { site: string; user: string; held: boolean; reason: string | null; by: string | null },
  log: D1PreparedStatement,
) {
  const { site, user, held, reason, by } = hold
  await db.batch([
    held
      ? db
          .prepare(
            `INSERT INTO privacy_holds (site, user, reason, by, created_at) VALUES (?1, ?2, ?3, ?4, ${NOW})
             ON CONFLICT DO UPDATE SET reason = excluded.reason, by = excluded.by`,
          )
          .bind(site, user, reason, by)
      : db.prepare(`DELETE FROM privacy_holds WHERE site = ?1 AND user IN (${PEOPLE})`).bind(site, user),
    log,
    db
      .prepare(
        `UPDATE privacy_requests SET due_at = ${NOW}
         WHERE site = ?1 AND user IN (${PEOPLE}) AND state = 'running' AND due_at > ${NOW}`,
      )
      .bind(site, user),
  ])
}
