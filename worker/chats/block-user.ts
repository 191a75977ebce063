import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { nudge } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { saveSiteBlock } from './block-store.ts'

/**
 * Keeps a person from writing anywhere on the site, or lets them again; whoever has a chat with them is told.
 * Throws not_found for nobody of this site.
 */
export async function blockUser(env: Env, site: Site, by: UserId, user: string, blocked: boolean): Promise<void> {
  const told = await saveSiteBlock(database(env, site.db), { site: site.id, by, user, blocked })
  if (!told) throw new AppError('not_found')
  await nudge(env, site.id, told)
}
