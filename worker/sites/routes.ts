import { Hono } from 'hono'
import { MAX_BATCH_BYTES } from '../../protocol/bounds.ts'
import { PutSellers } from '../../protocol/sessions.ts'
import type { AppContext } from '../env.ts'
import { requireServerKey } from '../http/server-key.ts'
import { body } from '../http/validate.ts'
import { putSellers } from './put-sellers.ts'

/** What a shop's server tells about its own site. */
export const siteRoutes = new Hono<AppContext>().put(
  '/sellers',
  requireServerKey,
  body(PutSellers, MAX_BATCH_BYTES),
  async (c) => c.json({ saved: await putSellers(c.env, c.var.site, c.req.valid('json'), c.var.actor) }),
)
