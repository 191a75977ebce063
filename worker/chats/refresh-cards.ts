import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { nudge, type Telling } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { type Cards, stampCards } from './card-store.ts'

/** Has open pages show a product, an article or a seller as it is now: what changed is synced, and sockets are told. */
export async function refreshCards(env: Env, site: Site, cards: Cards, telling?: Telling): Promise<void> {
  if ('things' in cards && cards.things.length === 0) return
  const users = await stampCards(database(env, site.db), site.id, cards)
  await nudge(env, site.id, users, telling)
}
