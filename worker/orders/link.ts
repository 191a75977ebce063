import type { OrderLink } from '../../protocol/orders.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { newSecret, sha256 } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { insertOrderLink } from './store.ts'

/** How long such a link is good. */
export const LIFE_MS = 30 * 86_400_000

/**
 * The address that lets a guest read the chats of the order they bought, once and for 30 days; to be mailed to the
 * address on that very order. Null where the buyer is no guest: people with an account sign in at the shop. `at` is
 * the deployment's own address, for a shop that has named no page.
 */
export async function orderLink(env: Env, site: Site, order: string, at: string): Promise<OrderLink | null> {
  const { hash, url } = await newOrderLink(site, at)
  const link = { hash, site: site.id, order, lifeMs: LIFE_MS }
  const expiresAt = await insertOrderLink(database(env, site.db), link)
  return expiresAt === null ? null : { url, expiresAt }
}

/** Such an address and the hash that it is kept by. */
export async function newOrderLink({ id, settings }: Site, at: string): Promise<{ hash: string; url: string }> {
  const token = newSecret()
  const page = settings.contexts.order.pageUrl ?? settings.general.chatsPageUrl
  // After the `#`, so that no server and no log on the way sees it.
  const shown = page?.split('#')[0] ?? `${at}/inbox?site=${id}`
  return { hash: await sha256(token), url: `${shown}#shopbell-link=${token}` }
}
