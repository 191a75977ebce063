import { eq } from 'drizzle-orm'
import type { SiteId } from '../../protocol/ids.ts'
import { resolveSettings, type Settings } from '../../protocol/settings/index.ts'
import { directory, orm } from '../db/client.ts'
import { siteOrigins, sites } from '../db/schema/sites.ts'
import type { Env } from '../env.ts'
import { remember } from '../remember.ts'

export interface Site {
  readonly id: SiteId
  readonly name: string
  /** Name of the D1 binding with the site's rows. */
  readonly db: string
  readonly defaultSeller: string
  readonly settings: Settings
  readonly settingsVersion: number
  readonly shopOrigins: ReadonlySet<string>
  readonly adminOrigins: ReadonlySet<string>
}

/** How long an isolate may act on what it has read: settings, origins. Keys and sessions are never cached. */
const FRESH_MS = 5_000
const known = remember<Site | null>(FRESH_MS)

/** The site with its settings and origins, at most 5 s old; null when there is none. */
export const loadSite = (env: Env, id: string): Promise<Site | null> => known.get(id, () => readSite(env, id))

/** Called after a change to the site, so that this isolate obeys it at once. */
export const forgetSite = (id: string) => known.forget(id)

async function readSite(env: Env, id: string): Promise<Site | null> {
  const db = orm(directory(env))
  const [[row], origins] = await db.batch([
    db.select().from(sites).where(eq(sites.id, id)),
    db.select().from(siteOrigins).where(eq(siteOrigins.site, id)),
  ])
  if (!row) return null
  const of = (use: 'shop' | 'admin') => new Set(origins.filter((o) => o.use === use).map((o) => o.origin))
  return {
    id: row.id as SiteId,
    name: row.name,
    db: row.db,
    defaultSeller: row.defaultSeller,
    settings: resolveSettings(row.settings),
    settingsVersion: row.settingsVersion,
    shopOrigins: of('shop'),
    adminOrigins: of('admin'),
  }
}
