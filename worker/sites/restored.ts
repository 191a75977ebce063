import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { OPERATOR } from '../http/actor.ts'
import type { Site } from './load.ts'
import { renewEpoch } from './seller-store.ts'

/**
 * The site's database is from an earlier hour: whoever holds what came after it drops that and loads anew, at the next
 * sync.
 */
export async function noteRestored(env: Env, site: Site): Promise<void> {
  const db = database(env, site.db)
  await renewEpoch(db, site.id)
  await auditRow(db, { site: site.id, actor: OPERATOR, action: 'site.restored' }).run()
}
