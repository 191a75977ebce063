import { and, asc, eq, isNull } from 'drizzle-orm'
import type { AnyUse, SiteOrigin } from '../../protocol/operator.ts'
import { directory, NOW, orm } from '../db/client.ts'
import { siteKeys, siteOrigins, sites } from '../db/schema/sites.ts'
import type { Env } from '../env.ts'

/** Most keys of one use that verify at once: the one in force and the one that replaces it. */
export const MOST_KEYS = 2

export interface KeyRow {
  id: string
  use: AnyUse
  /** As it is stored: wrapped, or the hash of a server key. */
  secret: string
}

interface NewSiteRow {
  id: string
  name: string
  defaultSeller: string
  origins: string[]
  keys: KeyRow[]
}

export const readKey = async (env: Env, id: string) =>
  (await orm(directory(env)).select().from(siteKeys).where(eq(siteKeys.id, id)))[0]

/** True when the site's id or one of the keys' is in use. */
export async function isTaken(env: Env, site: string, keys: string[]): Promise<boolean> {
  const row = await directory(env)
    .prepare(
      `SELECT 1 FROM sites WHERE id = ?1
       UNION ALL SELECT 1 FROM site_keys WHERE id IN (SELECT value FROM json_each(?2)) LIMIT 1`,
    )
    .bind(site, JSON.stringify(keys))
    .first()
  return row !== null
}

/** Writes site, origins and keys, all or none. */
export async function insertSite(env: Env, site: NewSiteRow) {
  const db = directory(env)
  await db.batch([
    db
      .prepare(`INSERT INTO sites (id, name, default_seller, created_at) VALUES (?1, ?2, ?3, ${NOW})`)
      .bind(site.id, site.name, site.defaultSeller),
    db
      .prepare(
        `INSERT INTO site_origins (site, origin, use, created_at)
         SELECT DISTINCT ?1, o.value, 'shop', ${NOW} FROM json_each(?2) o`,
      )
      .bind(site.id, JSON.stringify(site.origins)),
    db
      .prepare(
        `INSERT INTO site_keys (id, site, use, secret, created_at)
         SELECT k.value ->> 'id', ?1, k.value ->> 'use', k.value ->> 'secret', ${NOW} FROM json_each(?2) k`,
      )
      .bind(site.id, JSON.stringify(site.keys)),
  ])
}

/** False when the use has its two keys already. `log` goes with it. */
export async function insertKey(env: Env, site: string, key: KeyRow, log: D1PreparedStatement): Promise<boolean> {
  const db = directory(env)
  const insert = db
    .prepare(
      `INSERT INTO site_keys (id, site, use, secret, created_at) SELECT ?1, ?2, ?3, ?4, ${NOW}
       WHERE (SELECT count(*) FROM site_keys WHERE site = ?2 AND use = ?3 AND revoked_at IS NULL) < ?5`,
    )
    .bind(key.id, site, key.use, key.secret, MOST_KEYS)
  const [inserted] = await db.batch([insert, log])
  return inserted?.meta.changes === 1
}

/** False when the site has no such key; the time of a first revocation stays. `log` goes with that first one. */
export async function markKeyRevoked(env: Env, site: string, id: string, log: D1PreparedStatement): Promise<boolean> {
  const db = directory(env)
  const [, , known] = await db.batch([
    db
      .prepare(`UPDATE site_keys SET revoked_at = ${NOW} WHERE id = ?1 AND site = ?2 AND revoked_at IS NULL`)
      .bind(id, site),
    log,
    db.prepare('SELECT 1 FROM site_keys WHERE id = ?1 AND site = ?2').bind(id, site),
  ])
  return known?.results.length === 1
}

/** `log` goes with it, if the origin was not there. */
export async function insertOrigin(env: Env, site: string, { origin, use }: SiteOrigin, log: D1PreparedStatement) {
  const db = directory(env)
  const insert = `INSERT INTO site_origins (site, origin, use, created_at) VALUES (?1, ?2, ?3, ${NOW}) ON CONFLICT DO NOTHING`
  await db.batch([db.prepare(insert).bind(site, origin, use), log])
}

/** `log` goes with it, if the origin was there. */
export async function deleteOrigin(env: Env, site: string, { origin, use }: SiteOrigin, log: D1PreparedStatement) {
  const db = directory(env)
  const remove = 'DELETE FROM site_origins WHERE site = ?1 AND origin = ?2 AND use = ?3'
  await db.batch([db.prepare(remove).bind(site, origin, use), log])
}

/** `log` goes with it, if it was another. */
export async function saveDefaultSeller(env: Env, site: string, seller: string, log: D1PreparedStatement) {
  const db = directory(env)
  const save = 'UPDATE sites SET default_seller = ?2 WHERE id = ?1 AND default_seller <> ?2'
  await db.batch([db.prepare(save).bind(site, seller), log])
}

/** All that puts one site on a shop's pages; secrets stay out. */
export async function readInstall(env: Env, site: string) {
  const db = orm(directory(env))
  const [keys, origins] = await db.batch([
    db
      .select({ id: siteKeys.id, use: siteKeys.use, createdAt: siteKeys.createdAt, revokedAt: siteKeys.revokedAt })
      .from(siteKeys)
      .where(eq(siteKeys.site, site))
      .orderBy(asc(siteKeys.createdAt)),
    db
      .select({ origin: siteOrigins.origin, use: siteOrigins.use, createdAt: siteOrigins.createdAt })
      .from(siteOrigins)
      .where(eq(siteOrigins.site, site))
      .orderBy(asc(siteOrigins.createdAt)),
  ])
  return { keys, origins }
}

export const readWizard = (env: Env, site: string) =>
  directory(env).prepare('SELECT wizard FROM sites WHERE id = ?1').bind(site).first<string>('wizard')

/** `log` goes with it. */
export async function writeWizard(env: Env, site: string, wizard: string, log: D1PreparedStatement[]) {
  const db = directory(env)
  await db.batch([db.prepare('UPDATE sites SET wizard = ?2 WHERE id = ?1').bind(site, wizard), ...log])
}

/** Every site with its origins and keys; secrets stay out. */
export async function readSites(env: Env) {
  const db = orm(directory(env))
  const [rows, origins, keys] = await db.batch([
    db.select().from(sites).orderBy(asc(sites.createdAt)),
    db.select().from(siteOrigins).orderBy(asc(siteOrigins.createdAt)),
    db
      .select({
        id: siteKeys.id,
        site: siteKeys.site,
        use: siteKeys.use,
        createdAt: siteKeys.createdAt,
        revokedAt: siteKeys.revokedAt,
      })
      .from(siteKeys)
      .orderBy(asc(siteKeys.createdAt)),
  ])
  return { rows, origins, keys }
}

/** Ids of the keys of a use that verify now. */
export async function liveKeys(env: Env, site: string, use: AnyUse): Promise<string[]> {
  const rows = await orm(directory(env))
    .select({ id: siteKeys.id })
    .from(siteKeys)
    .where(and(eq(siteKeys.site, site), eq(siteKeys.use, use), isNull(siteKeys.revokedAt)))
  return rows.map(({ id }) => id)
}

export async function readDatabases(env: Env): Promise<string[]> {
  const rows = await orm(directory(env)).selectDistinct({ db: sites.db }).from(sites)
  return rows.map(({ db }) => db)
}

/** The id of the only site there is; null where there are more, or none. */
export async function readOnlySite(env: Env): Promise<string | null> {
  const rows = await orm(directory(env)).select({ id: sites.id }).from(sites).limit(2)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}
