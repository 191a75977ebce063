import type { Env } from '../env.ts'
import { saveBeat } from './store.ts'

/** The cron has run; without this, nobody would notice that it no longer does. */
export const noteBeat = (env: Env, failed: boolean): Promise<void> => saveBeat(env, failed)
