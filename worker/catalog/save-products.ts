import type { Product } from '../../protocol/catalog.ts'
import { refreshCards } from '../chats/refresh-cards.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { putProducts } from './store.ts'

/** Saves a batch, all or none; 422 `seller_unknown` names each row whose seller the site does not have. */
export async function saveProducts(env: Env, site: Site, products: Product[]) {
  const { unknown, changed } = await putProducts(database(env, site.db), site.id, products)
  if (unknown.length > 0) {
    throw new AppError('seller_unknown', {
      detail: 'Tell us about these sellers first (PUT /v1/sellers). Nothing was saved.',
      issues: unknown
        .slice(0, 50)
        .map(({ row, seller }) => ({ path: `products.${row}.seller`, message: `No seller ${seller} at this site.` })),
    })
  }
  await refreshCards(env, site, { context: 'product', things: changed })
  return { saved: new Set(products.map(({ id }) => id)).size }
}
