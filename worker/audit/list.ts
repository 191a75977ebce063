import type { AuditEntry, AuditPage, ListAudit } from '../../protocol/admin/audit.ts'
import { database, directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { namesIn, namesOf } from './names.ts'
import { listAudit, type StoredDeed } from './store.ts'

/**
 * One page of a site's log, newest first. What concerns keys, origins and settings lies in the directory with them, the rest
 * with the site's own rows.
 */
export async function auditPage(env: Env, site: Site, { before, limit, action, actor }: ListAudit): Promise<AuditPage> {
  const [at, id] = before?.split('.').map(Number) ?? []
  const wanted = {
    before: at === undefined ? null : { at, id: id ?? 0 },
    limit: limit + 1,
    actions: action?.split(','),
    actor,
  }
  const databases = new Set([directory(env), database(env, site.db)])
  const pages = await Promise.all([...databases].map((db) => listAudit(db, site.id, wanted)))
  const found = pages.flat().sort((one, other) => other.at - one.at || other.id - one.id)
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  const [nameOf, names] = await Promise.all([
    namesOf(env, site, [...new Set(shown.map((row) => row.actor))]),
    namesIn(env, site, shown),
  ])
  return { entries: shown.map((row) => toEntry(row, nameOf)), next: last ? `${last.at}.${last.id}` : null, names }
}

function toEntry(row: StoredDeed, nameOf: (actor: string) => string): AuditEntry {
  const { id, at, actor, role, action, subject, field, from_value, to_value } = row
  const name = nameOf(actor)
  return {
    id: String(id),
    at,
    actor: { id: actor, role, name: name === actor ? null : name },
    action,
    subject,
    field,
    from: from_value === null ? null : JSON.parse(from_value),
    to: to_value === null ? null : JSON.parse(to_value),
  }
}
