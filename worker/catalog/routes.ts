import { Hono } from 'hono'
import { MAX_BATCH_BYTES } from '../../protocol/bounds.ts'
import { PutPosts, PutProducts } from '../../protocol/catalog.ts'
import type { AppContext } from '../env.ts'
import { requireServerKey } from '../http/server-key.ts'
import { body } from '../http/validate.ts'
import { savePosts } from './save-posts.ts'
import { saveProducts } from './save-products.ts'

/** What the shop tells about its products and its articles. */
export const catalogRoutes = new Hono<AppContext>()
  .put('/catalog/products', requireServerKey, body(PutProducts, MAX_BATCH_BYTES), async (c) =>
    c.json(await saveProducts(c.env, c.var.site, c.req.valid('json').products)),
  )
  .put('/catalog/posts', requireServerKey, body(PutPosts, MAX_BATCH_BYTES), async (c) =>
    c.json(await savePosts(c.env, c.var.site, c.req.valid('json').posts)),
  )
