import * as z from 'zod'
import { MAX_BATCH_ROWS } from './bounds.ts'
import { ShopId } from './ids.ts'
import { HttpUrl, Price, Title } from './text.ts'

/** One product of the shop. Without `seller` it belongs to the site's default desk. */
export const Product = z.strictObject({
  id: ShopId,
  title: Title,
  seller: ShopId.optional(),
  url: HttpUrl.optional(),
  picture: HttpUrl.optional(),
  price: Price.optional(),
})
/** `PUT /catalog/products`: creates or replaces each by id, all or none. An unknown seller refuses the batch. */
export const PutProducts = z.strictObject({ products: z.array(Product).min(1).max(MAX_BATCH_ROWS) })

/** One article. Its author's desk answers for it; where the site has no such desk, the default one does. */
export const Post = z.strictObject({
  id: ShopId,
  title: Title,
  author: ShopId.optional(),
  url: HttpUrl.optional(),
  picture: HttpUrl.optional(),
})
/** `PUT /catalog/posts`: creates or replaces each by id. */
export const PutPosts = z.strictObject({ posts: z.array(Post).min(1).max(MAX_BATCH_ROWS) })
export const PutResult = z.strictObject({ saved: z.number().int() })
export type Product = z.infer<typeof Product>
export type PutProducts = z.infer<typeof PutProducts>
export type Post = z.infer<typeof Post>
