import type { StaffSession } from '../../protocol/admin/me.ts'
import type { SessionId, UserId } from '../../protocol/ids.ts'
import type { Role } from '../../protocol/sessions.ts'
import { NOW } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import { STAFF_IDLE_MS } from './lifetime.ts'

const LIVE = `s.revoked_at IS NULL AND s.idle_until > ${NOW} AND s.ends_at > ${NOW}`
const STAFF = `s.role IN ('analyst', 'admin', 'owner')`
const MOST = 200

type Row = Omit<StaffSession, 'current'>

/** Living sessions of those who run the site, newest first; `user`: only theirs. */
export async function listStaffSessions(db: D1Database, site: string, user: string | null): Promise<Row[]> {
  const { results } = await db
    .prepare(
      `SELECT s.id, s.user, u.name, u.email, s.role, coalesce(s.opened_by, iif(s.key IS NULL, 'link', 'assertion')) openedBy,
         s.device, s.created_at createdAt, min(s.idle_until - ${STAFF_IDLE_MS}, ${NOW}) usedAt
       FROM sessions s JOIN users u ON u.id = s.user
       WHERE s.site = ?1 AND ${STAFF} AND ${LIVE} AND s.created_at > ${NOW} - ${DAY_MS} AND (?2 IS NULL OR s.user = ?2)
       ORDER BY s.created_at DESC LIMIT ${MOST}`,
    )
    .bind(site, user)
    .all<Row>()
  return results
}

/** A living session of somebody who runs the site. */
export const readStaffSession = (db: D1Database, site: string, sid: string) =>
  db
    .prepare(`SELECT s.id, s.user, s.role FROM sessions s WHERE s.id = ?2 AND s.site = ?1 AND ${STAFF} AND ${LIVE}`)
    .bind(site, sid)
    .first<{ id: SessionId; user: UserId; role: Role }>()

/** Ends every session of a person, if the statement right before it in the batch has changed a row. */
export const revokeIfChanged = (db: D1Database, site: string, user: string) =>
  db
    .prepare(
      `UPDATE sessions SET revoked_at = ${NOW} WHERE user = ?2 AND site = ?1 AND revoked_at IS NULL AND changes() > 0`,
    )
    .bind(site, user)
