import { NOW } from '../db/client.ts'

export interface AuditValues {
  site: string
  actor: string
  role: string | null
  action: string
  subject: string | null
  field: string | null
  from: string | null
  to: string | null
}

const COLUMNS = 'site, at, actor, role, action, subject, field, from_value, to_value'

/** `when` is SQL that must hold for the row to be written. */
export const insertAudit = (db: D1Database, row: AuditValues, when = 'true') =>
  db
    .prepare(`INSERT INTO audit (${COLUMNS}) SELECT ?1, ${NOW}, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE ${when}`)
    .bind(row.site, row.actor, row.role, row.action, row.subject, row.field, row.from, row.to)

/** The same for many fields of one change, in one statement. */
export const insertAudits = (db: D1Database, rows: AuditValues[], when = 'true') =>
  db
    .prepare(
      `INSERT INTO audit (${COLUMNS})
       SELECT r.value ->> 'site', ${NOW}, r.value ->> 'actor', r.value ->> 'role', r.value ->> 'action',
         r.value ->> 'subject', r.value ->> 'field', r.value ->> 'from', r.value ->> 'to'
       FROM json_each(?1) r WHERE ${when}`,
    )
    .bind(JSON.stringify(rows))

export async function readNames(db: D1Database, site: string, users: string[]): Promise<Map<string, string>> {
  const { results } = await db
    .prepare(
      `SELECT id, coalesce(name, email) name FROM users
       WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2)) AND coalesce(name, email) IS NOT NULL`,
    )
    .bind(site, JSON.stringify(users))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, name]))
}

export async function readDeskNames(db: D1Database, site: string, desks: string[]): Promise<Map<string, string>> {
  const { results } = await db
    .prepare('SELECT id, name FROM sellers WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(site, JSON.stringify(desks))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, name]))
}

export interface StoredDeed {
  id: number
  at: number
  actor: string
  role: string | null
  action: string
  subject: string | null
  field: string | null
  from_value: string | null
  to_value: string | null
}

interface Wanted {
  before: { at: number; id: number } | null
  limit: number
  /** What the action begins with, one or another. */
  actions: string[] | undefined
  actor: string | undefined
}

export async function listAudit(db: D1Database, site: string, { before, limit, actions, actor }: Wanted) {
  const { results } = await db
    .prepare(
      `SELECT id, at, actor, role, action, subject, field, from_value, to_value FROM audit WHERE site = ?1
       AND (?2 IS NULL OR (at, id) < (?2, ?3)) AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each(?4) WHERE substr(action, 1, length(value)) = value))
       AND (?5 IS NULL OR actor = ?5)
       ORDER BY at DESC, id DESC LIMIT ?6`,
    )
    .bind(site, before?.at ?? null, before?.id ?? null, actions ? JSON.stringify(actions) : null, actor ?? null, limit)
    .all<StoredDeed>()
  return results
}
