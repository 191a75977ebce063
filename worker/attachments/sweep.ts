import { database } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { emptyBin } from './empty-bin.ts'
import { markUnused } from './remove-store.ts'

const MOST_A_MINUTE = 500

/** What the cron does for one database: uploads that nobody sent within a day go, and whatever was left to delete. */
export async function sweepFiles(env: Env, name: string): Promise<void> {
  const db = database(env, name)
  await markUnused(db, DAY_MS, MOST_A_MINUTE)
  await emptyBin(env, db)
}
