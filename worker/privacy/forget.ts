import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { forgetEnded } from './forget-store.ts'

const MOST_A_MINUTE = 500

/** Forgets sessions, links and codes of one database once they are over, a piece a minute. */
export const forgetWhatEnded = (env: Env, db: string): Promise<void> => forgetEnded(database(env, db), MOST_A_MINUTE)
