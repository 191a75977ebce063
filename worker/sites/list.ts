import * as z from 'zod'
import { SiteSummary } from '../../protocol/operator.ts'
import type { Env } from '../env.ts'
import { readDatabases, readOnlySite, readSites } from './store.ts'

/** Every site of the deployment, oldest first. */
export async function listSites(env: Env): Promise<SiteSummary[]> {
  const { rows, origins, keys } = await readSites(env)
  const summaries = rows.map(({ id, name, defaultSeller }) => ({
    site: id,
    name,
    defaultSeller,
    origins: origins.filter(({ site }) => site === id).map(({ origin, use }) => ({ origin, use })),
    keys: keys
      .filter(({ site }) => site === id)
      .map(({ id: key, use, createdAt, revokedAt }) => ({ id: key, use, createdAt, revoked: revokedAt !== null })),
  }))
  return z.array(SiteSummary).parse(summaries)
}

/** Names of the databases that sites lie in. */
export const siteDatabases = (env: Env): Promise<string[]> => readDatabases(env)

/** The deployment's site, where it has just one. */
export const onlySite = (env: Env): Promise<string | null> => readOnlySite(env)
