import { auditIfChanged } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { nudge } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { saveSiteBlock } from './block-store.ts'

/**
 * Keeps a person from writing anywhere on the site, or lets them again; whoever has a chat with them is told.
 * Throws not_found for nobody of this site.
 */
export async function blockUser(env: Env, site: Site, by: Actor, user: string, blocked: boolean): Promise<void> {
  const db = database(env, site.db)
  const action = blocked ? 'person.blocked' : 'person.unblocked'
  const log = auditIfChanged(db, { site: site.id, actor: by, action, subject: user })
  const told = await saveSiteBlock(db, { site: site.id, by: by.id, user, blocked }, log)
  if (!told) throw new AppError('not_found')
  await nudge(env, site.id, told)
}
