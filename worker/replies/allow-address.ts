import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { siteDatabases } from '../sites/list.ts'
import { addressKey } from './may-mail.ts'
import { deleteSuppressed } from './store.ts'

/** Lets mail go to an address again that bounced or complained, in every database; false where none had held it back. */
export async function allowAddress(env: Env, email: string): Promise<boolean> {
  const address = await addressKey(email)
  let lifted = false
  for (const name of await siteDatabases(env)) lifted = (await deleteSuppressed(database(env, name), address)) || lifted
  return lifted
}
