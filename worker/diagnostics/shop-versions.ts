import { ShopVersions } from '../../protocol/diagnostics.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { readVersions, saveVersions } from './store.ts'

/** Keeps what the shop says it runs on; the newest word counts. */
export const keepVersions = (env: Env, site: Site, versions: ShopVersions): Promise<void> =>
  saveVersions(database(env, site.db), site.id, JSON.stringify(versions))

/** What the shop last said, part by part; empty where it has said nothing. */
export async function versionsOf(env: Env, site: Site): Promise<Record<string, string>> {
  const told = await readVersions(database(env, site.db), site.id)
  const parts = told ? Object.entries(ShopVersions.parse(JSON.parse(told.versions))) : []
  return Object.fromEntries(parts.flatMap(([part, version]) => (version === undefined ? [] : [[part, version]])))
}
