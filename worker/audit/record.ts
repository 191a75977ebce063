import type { AuditAction } from '../../protocol/admin/audit.ts'
import { NOW } from '../db/client.ts'
import type { Actor } from '../http/actor.ts'
import { type AuditValues, insertAudit, insertAudits } from './store.ts'

/** What the audit log is told. Never a secret, never what people write to each other. */
export interface Deed {
  site: string
  actor: Actor
  action: AuditAction
  /** The id of what it was done to. */
  subject?: string | null
  field?: string | null
  from?: unknown
  to?: unknown
}

const MOST_CHARS = 2_000

/** A row of the audit log as a statement for one's own batch. */
export const auditRow = (db: D1Database, deed: Deed): D1PreparedStatement => insertAudit(db, toRow(deed))

/** The same, written only if the statement right before it in the batch has changed a row. */
export const auditIfChanged = (db: D1Database, deed: Deed): D1PreparedStatement =>
  insertAudit(db, toRow(deed), 'changes() > 0')

/** Many rows of one change, written only if the statement right before them in the batch has changed a row. */
export const auditAllIfChanged = (db: D1Database, deeds: Deed[]): D1PreparedStatement =>
  insertAudits(db, deeds.map(toRow), 'changes() > 0')

/** The same, unless this actor has done just this within `withinMs`: one look into a chat is many pages. */
export const auditUnlessRecent = (db: D1Database, deed: Deed, withinMs: number): D1PreparedStatement =>
  insertAudit(
    db,
    toRow(deed),
    `NOT EXISTS (SELECT 1 FROM audit WHERE site = ?1 AND at > ${NOW} - ${withinMs} AND actor = ?2 AND action = ?4 AND subject IS ?5)`,
  )

function toRow({ site, actor, action, subject = null, field = null, from, to }: Deed): AuditValues {
  return { site, actor: actor.id, role: actor.role, action, subject, field, from: toJson(from), to: toJson(to) }
}

/** Values as JSON; long texts are cut, so that a template saved ten times a day fills no database. */
function toJson(value: unknown): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return text.length <= MOST_CHARS ? text : JSON.stringify(`${String(value).slice(0, MOST_CHARS)}…`)
}
