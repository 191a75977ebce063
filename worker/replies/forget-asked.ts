import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { deleteOldAsked } from './store.ts'

/** Forgets which mails people have asked for, once that counts no more. */
export const forgetAsked = (env: Env, db: string): Promise<void> => deleteOldAsked(database(env, db))
