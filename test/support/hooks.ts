import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { operate } from './identity.ts'
import type { TestShop } from './shop.ts'
import type { Answer, TestWorker } from './worker.ts'

export const sample = async (name: string) =>
  JSON.parse(await readFile(new URL(`../samples/${name}`, import.meta.url), 'utf8'))

export const sign = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('base64')

/** JSON as PHP's `wp_json_encode` writes it: slashes and what is not ASCII escaped. */
export const wpJson = (value: unknown) =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

export interface Hooks {
  secret: string
  key: string
  /** A delivery as the platform makes it, answered; `headers` replace its own. */
  send(topic: string, payload: unknown, headers?: Record<string, string>): Promise<Answer>
  /** The same, and all that follows from it. */
  deliver(topic: string, payload: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Until nothing is waiting. */
  settled(): Promise<void>
}

type Worker = Pick<TestWorker, 'call' | 'env'>

export async function openHooks(
  worker: Worker,
  shop: TestShop,
  source: 'woocommerce' | 'shopify' = 'woocommerce',
  more: object = {},
): Promise<Hooks> {
  const given = source === 'shopify' ? { secret: 'shpss_0123456789abcdef0123456789abcdef' } : {}
  const { status, body: made } = await operate(worker, `/sites/${shop.id}/hooks`, {
    body: { source, ...given, ...more },
  })
  if (status !== 201) throw new Error(`No hook: ${JSON.stringify(made)}`)
  const path = new URL(made.url).pathname
  const send: Hooks['send'] = (topic, payload, headers = {}) => {
    const body = typeof payload === 'string' ? payload : wpJson(payload)
    const own = (source === 'woocommerce' ? wooHeaders : shopifyHeaders)(topic, sign(body, made.secret))
    return worker.call(path, { method: 'POST', origin: null, body, headers: { ...own, ...headers } })
  }
  const settled = async () => {
    for (const until = Date.now() + 10_000; Date.now() < until; ) {
      const waiting = await shop.rows('hook_events')
      if (!waiting.some(({ done_at, due_at }) => done_at === null && due_at !== null)) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('Something is still waiting')
  }
  const deliver: Hooks['deliver'] = async (...args) => {
    const answer = await send(...args)
    await settled()
    return answer
  }
  return { secret: made.secret, key: made.id, send, deliver, settled }
}

export const wooHeaders = (topic: string, signature: string) => ({
  'User-Agent': 'WooCommerce/10.9.1 Hookshot (WordPress/6.9)',
  'X-WC-Webhook-Source': 'https://shop.example/',
  'X-WC-Webhook-Topic': topic,
  'X-WC-Webhook-Signature': signature,
  'X-WC-Webhook-ID': '3',
  'X-WC-Webhook-Delivery-ID': '36e520ebabc2fa725092ff4a47acedf2',
})

export const shopifyHeaders = (topic: string, signature: string) => ({
  'X-Shopify-Topic': topic,
  'X-Shopify-Hmac-Sha256': signature,
  'X-Shopify-Shop-Domain': 'example-store.myshopify.com',
  'X-Shopify-API-Version': '2026-07',
  'X-Shopify-Webhook-Id': crypto.randomUUID(),
  'X-Shopify-Event-Id': crypto.randomUUID(),
})
