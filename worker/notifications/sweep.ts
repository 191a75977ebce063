import { database } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { sweepOutbox } from './look-after-store.ts'

const KEEP_MS = 30 * DAY_MS

/** Forgets the mails of a database that were done with 30 days ago. */
export const sweepMails = (env: Env, name: string): Promise<void> => sweepOutbox(database(env, name), KEEP_MS)
