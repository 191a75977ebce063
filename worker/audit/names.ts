import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { readNames } from './store.ts'

/** What the actors of the log are called now: a person's name, else the address, else the id as it stands. */
export async function namesOf(env: Env, site: Site, actors: string[]): Promise<(actor: string) => string> {
  const users = actors.filter((actor) => actor.startsWith('usr_'))
  const names = users.length > 0 ? await readNames(database(env, site.db), site.id, users) : new Map<string, string>()
  return (actor) => names.get(actor) ?? actor
}
