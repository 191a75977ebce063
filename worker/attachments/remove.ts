import type { FileId, UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { emptyBin } from './empty-bin.ts'
import { markRemoved, type Removal } from './remove-store.ts'
import { takeBack } from './store.ts'

export type { Removal } from './remove-store.ts'

/**
 * Removes files and thumbnails: all that a person uploaded, a chat's, or what is older than a time. May be repeated.
 * From the first statement on links to them answer not_found, and messages say that a file was here.
 * Answers how many it took, and whether every object is gone; if not, more is left than one call does: call it again,
 * or leave the rest to the cron. Throws where the store is away; nobody gets the files all the same.
 */
export async function removeFiles(env: Env, site: Site, what: Removal): Promise<{ removed: number; done: boolean }> {
  const db = database(env, site.db)
  const [marked] = await db.batch([markRemoved(db, site.id, what)])
  return { removed: marked?.meta.changes ?? 0, done: await emptyBin(env, db) }
}

/** Takes back an upload that was not sent. Throws not_found for any other. */
export async function discardUpload(env: Env, site: Site, user: UserId, file: FileId): Promise<void> {
  const db = database(env, site.db)
  if (!(await takeBack(db, site.id, user, file))) throw new AppError('not_found')
  await emptyBin(env, db)
}
