import { type Context, Hono } from 'hono'
import type { HookSource } from '../../protocol/operator.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { shopOf } from '../sites/hook-keys.ts'
import type { Site } from '../sites/load.ts'
import { readDelivery, requireSignature } from './admit.ts'
import type { Reading } from './event.ts'
import { readJson } from './read-json.ts'
import { readShopify } from './read-shopify.ts'
import { readWooCommerce } from './read-woocommerce.ts'
import { receive } from './receive.ts'

/**
 * Where shops' platforms send what happened. A signature over the body as it came stands for a session. What is
 * signed is answered 200 once it is kept, whatever it says: platforms switch hooks off that are refused too often.
 */
export const hookRoutes = new Hono<AppContext>()
  .post('/hooks/woocommerce/:site', async (c) => {
    const { site, bytes } = await readDelivery(c)
    // Sent unsigned when a webhook is made; anything but exactly 200 counts as a failure (deliver_ping).
    if (isPing(bytes)) return c.body(null, 200)
    await requireSignature(c.env, site, 'woocommerce', c.req.header('X-WC-Webhook-Signature'), bytes)
    const { routing, accountUrl } = site.settings.contexts.order
    const times = { nowMs: Date.now(), accountUrl: routing === 'account' ? accountUrl : null }
    const reading = await readWooCommerce(c.req.header('X-WC-Webhook-Topic') ?? '', readJson(bytes), times)
    return keep(c, site, 'woocommerce', reading)
  })
  .post('/hooks/shopify/:site', async (c) => {
    const { site, bytes } = await readDelivery(c)
    await requireSignature(c.env, site, 'shopify', c.req.header('X-Shopify-Hmac-Sha256'), bytes)
    const shop = c.req.header('X-Shopify-Shop-Domain')?.toLowerCase() ?? ''
    // One app's secret signs for every shop that has the app.
    if ((await shopOf(c.env, site.id, shop)) !== shop)
      throw new AppError('forbidden', { detail: 'Another shop’s hook.' })
    const topic = c.req.header('X-Shopify-Topic') ?? ''
    const delivery = { topic, eventId: c.req.header('X-Shopify-Event-Id'), shop, nowMs: Date.now() }
    return keep(c, site, 'shopify', await readShopify(delivery, readJson(bytes)))
  })

async function keep(c: Context<AppContext>, site: Site, source: HookSource, reading: Reading) {
  const { work } = await receive(c.env, site, source, reading)
  if (work) c.executionCtx.waitUntil(work)
  return c.body(null, 200)
}

const isPing = (bytes: Uint8Array) => bytes.byteLength < 40 && /^webhook_id=\d+$/.test(new TextDecoder().decode(bytes))
