import type { ContextType } from '../../protocol/chats.ts'
import type { SiteId } from '../../protocol/ids.ts'
import type { Site } from '../sites/load.ts'
import { readSellers, sellerOfPost, sellerOfProduct } from './store.ts'

/**
 * The desks that answer for a product or a post, as far as the server knows; never empty, the first is the one to
 * take. Who answers for an order, the order itself says (`findOrder`).
 */
export async function sellersOf(
  db: D1Database,
  site: Pick<Site, 'id' | 'defaultSeller'>,
  context: ContextType,
  id: string,
): Promise<string[]> {
  if (context === 'order') return [site.defaultSeller]
  const seller = await (context === 'product' ? sellerOfProduct : sellerOfPost)(db, site.id, id)
  return [seller ?? site.defaultSeller]
}

/** The sellers of products, as far as one is named. */
export async function sellersOfProducts(db: D1Database, site: SiteId, products: string[]) {
  return products.length === 0 ? new Map<string, string>() : readSellers(db, site, products)
}
