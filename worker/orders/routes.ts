import { Hono } from 'hono'
import { MAX_BATCH_BYTES } from '../../protocol/bounds.ts'
import { PutOrders } from '../../protocol/orders.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireServerKey } from '../http/server-key.ts'
import { body } from '../http/validate.ts'
import { orderLink } from './link.ts'
import { saveBatch } from './save.ts'

/** What the shop tells about its orders, where no platform's hooks do, and a link for a guest who bought one. */
export const orderRoutes = new Hono<AppContext>()
  .put('/orders', requireServerKey, body(PutOrders, MAX_BATCH_BYTES), async (c) =>
    c.json(await saveBatch(c.env, c.var.site, c.req.valid('json').orders, Date.now())),
  )
  .post('/orders/:order/link', requireServerKey, async (c) => {
    const link = await orderLink(c.env, c.var.site, c.req.param('order'), new URL(c.req.url).origin)
    if (!link) throw new AppError('not_found', { detail: 'No order of a guest has this id.' })
    return c.json(link, 201)
  })
