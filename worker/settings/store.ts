import { eq } from 'drizzle-orm'
import type { SiteId } from '../../protocol/ids.ts'
import { NOW, orm } from '../db/client.ts'
import { sites } from '../db/schema/sites.ts'

/** How many saves back a conflict can still be told. */
const MOST_SAVES = 50

/** What is stored of a site's settings; read past the cache, since a save must start from the newest. */
export async function readStored(db: D1Database, site: SiteId) {
  const [row] = await orm(db)
    .select({ json: sites.settings, version: sites.settingsVersion })
    .from(sites)
    .where(eq(sites.id, site))
  return row ?? null
}

export interface Save {
  site: SiteId
  /** The version that the change was made on. */
  version: number
  /** What to store. */
  json: string
  actor: string
  /** Run after it, if it was stored. */
  then?: D1PreparedStatement[]
}

const STORE = `UPDATE sites SET settings = ?3, settings_version = ?2 + 1 WHERE id = ?1 AND settings_version = ?2`
const REMEMBER = `INSERT INTO settings_saves (site, version, before, actor, at)
  SELECT id, ?2 + 1, settings, ?3, ${NOW} FROM sites WHERE id = ?1 AND settings_version = ?2`
const FORGET = `DELETE FROM settings_saves WHERE site = ?1 AND version <= ?2 - ${MOST_SAVES}`

/**
 * Stores the next version, and what was there before; false if the site is no longer at `version`. Statements of
 * `then` may ask `changes()` whether it was.
 */
export async function writeStored(db: D1Database, { site, version, json, actor, then = [] }: Save): Promise<boolean> {
  const results = await db.batch([
    db.prepare(REMEMBER).bind(site, version, actor),
    db.prepare(STORE).bind(site, version, json),
    ...then,
    db.prepare(FORGET).bind(site, version),
  ])
  return results[1]?.meta.changes === 1
}

export interface SaveRow {
  version: number
  before: string
  actor: string
  at: number
}

/** The saves after a version, oldest first. */
export async function savesAfter(db: D1Database, site: SiteId, version: number): Promise<SaveRow[]> {
  const { results } = await db
    .prepare('SELECT version, before, actor, at FROM settings_saves WHERE site = ?1 AND version > ?2 ORDER BY version')
    .bind(site, version)
    .all<SaveRow>()
  return results
}

const TOLD = ['newMessage', 'chatCreated'].map((event) => `'$.notifications.${event}.admins'`)
// The addresses are kept in small letters with `, ` between them.
const listed = (json: string, path: string) => `', ' || (${json} ->> ${path}) || ','`
const ADDRESS = `', ' || lower(?2) || ','`
const without = (table: string, key: string, json: string) =>
  TOLD.map(
    (
      path,
    ) => `UPDATE ${table} SET ${json} = json_set(${json}, ${path}, trim(replace(${listed(json, path)}, ${ADDRESS}, ','), ', '))
      WHERE ${key} = ?1 AND instr(${listed(json, path)}, ${ADDRESS}) > 0`,
  )
const DROP_TOLD = [...without('sites', 'id', 'settings'), ...without('settings_saves', 'site', 'before')]

/** Takes addresses out of the lists of whom a site also tells, as stored now and before each save. */
export async function dropToldAddresses(db: D1Database, site: SiteId, emails: readonly string[]) {
  await db.batch(emails.flatMap((email) => DROP_TOLD.map((sql) => db.prepare(sql).bind(site, email))))
}
