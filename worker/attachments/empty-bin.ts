import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { binnedFiles, forgetObjects } from './remove-store.ts'
import { UPLOAD_MS } from './upload.ts'

/** R2 deletes up to 1,000 keys in one call; a file has two. */
const A_TURN = 400
const TURNS = 5

/**
 * Deletes the objects of files that nobody gets any more: first the objects, then what the rows know of them, so that
 * a crash in between only repeats. True when none is left.
 */
export async function emptyBin(env: Env, db: D1Database): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn++) {
    const files = await binnedFiles(db, A_TURN)
    if (files.length > 0) {
      await env.FILES.delete(files.flatMap(({ key, thumbKey }) => (thumbKey === null ? [key] : [key, thumbKey])))
    }
    await forgetObjects(
      db,
      files.map(({ id }) => id),
      { uploadMs: 2 * UPLOAD_MS, windowMs: DAY_MS },
    )
    if (files.length < A_TURN) return true
  }
  return false
}
