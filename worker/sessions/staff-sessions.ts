import type { StaffSession } from '../../protocol/admin/me.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { endSockets } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { endSession } from './end.ts'
import { listStaffSessions, readStaffSession, revokeIfChanged } from './staff-sessions-store.ts'
import type { SessionClaims } from './token.ts'

/** Who runs the site and is signed in: for owners and admins everybody, for others themselves. */
export async function staffSessions(env: Env, site: Site, me: SessionClaims): Promise<StaffSession[]> {
  const rows = await listStaffSessions(database(env, site.db), site.id, me.role === 'analyst' ? me.sub : null)
  return rows.map((row) => ({ ...row, current: row.id === me.sid }))
}

/** Ends a session of one's own, or of somebody else where the role allows: 404 for any other. */
export async function endStaffSession(env: Env, site: Site, me: SessionClaims, sid: string): Promise<void> {
  const db = database(env, site.db)
  const session = await readStaffSession(db, site.id, sid)
  if (!session || (session.user !== me.sub && !mayEnd(me.role, session.role))) throw new AppError('not_found')
  await endSession(env, site, { sid: session.id, sub: session.user })
  if (session.user === me.sub) return
  await auditRow(db, {
    site: site.id,
    actor: { id: me.sub, role: me.role },
    action: 'session.ended',
    subject: session.user,
  }).run()
}

const mayEnd = (mine: SessionClaims['role'], theirs: SessionClaims['role']) =>
  mine === 'owner' || (mine === 'admin' && theirs !== 'owner')

/** The statement that ends all of a person's sessions, right after the one that takes their role away, in its batch. */
export const endingAllIfChanged = (db: D1Database, site: Site, user: string) => revokeIfChanged(db, site.id, user)

/** After that batch: closes what is open. */
export const closeSocketsOf = (env: Env, site: Site, user: string) =>
  endSockets(env, site.id, user).catch(() => undefined) // A socket asks for its session again within ten seconds.
