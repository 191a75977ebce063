import { refreshCards } from '../chats/refresh-cards.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Telling } from '../rooms/nudge.ts'
import { learnDesks } from '../sites/desk-names.ts'
import type { Site } from '../sites/load.ts'
import { type HookedProduct, learnProducts } from './store.ts'

/** Products that the shop's own platform speaks of, and the desks that sell them; older news changes nothing. */
export async function takeProduct(
  env: Env,
  site: Site,
  product: HookedProduct,
  desks: { id: string; name: string | null }[],
  telling?: Telling,
): Promise<void> {
  if (desks.length > 0) await learnDesks(env, site, desks)
  const changed = await learnProducts(database(env, site.db), site.id, [product])
  await refreshCards(env, site, { context: 'product', things: changed }, telling)
}
