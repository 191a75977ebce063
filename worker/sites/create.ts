import type { SiteId } from '../../protocol/ids.ts'
import { type CreatedSite, KeyUse, type NewSite } from '../../protocol/operator.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { forgetOrigin } from '../http/origin.ts'
import { newId } from '../ids.ts'
import { forgetSite } from './load.ts'
import { makeKey } from './make-key.ts'
import { makeSetupLink } from './owner-link.ts'
import { insertFirstDesk } from './seller-store.ts'
import { insertSite, isTaken } from './store.ts'

const FIRST_DESK = 'shop'
const FIRST_DB = 'DB'

/**
 * A site with its clock, a default desk of its name, its origins, a key of each use and a setup code; 409 where an id is
 * taken. `at` is the deployment's address.
 */
export async function createSite(
  env: Env,
  { name, origins, id, keys: seeds }: NewSite,
  at: string,
): Promise<CreatedSite> {
  const site = id ?? newId<SiteId>('site')
  const missing = KeyUse.options.filter((use) => !seeds.some((seed) => seed.use === use)).map((use) => ({ use }))
  const keys = await Promise.all([...seeds, ...missing].map(({ use, ...seed }) => makeKey(env, use, seed)))
  const rows = keys.map(({ row }) => row)
  if (
    await isTaken(
      env,
      site,
      rows.map((row) => row.id),
    )
  )
    throw new AppError('already_exists')
  // The site's own rows first: without the directory's row nobody can reach a half-made site.
  await insertFirstDesk(database(env, FIRST_DB), site, FIRST_DESK, name)
  await insertSite(env, { id: site, name, defaultSeller: FIRST_DESK, origins, keys: rows })
  forgetSite(site)
  origins.forEach(forgetOrigin)
  const setup = await makeSetupLink(database(env, FIRST_DB), site, at)
  return { site, name, keys: keys.map(({ shown }) => shown), setup }
}
