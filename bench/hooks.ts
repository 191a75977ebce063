import { fileURLToPath } from 'node:url'
import { openHooks, sample, shopifyHeaders, sign, wpJson } from '../test/support/hooks.ts'
import { type FastWorker, startFastWorker } from '../test/support/miniflare.ts'
import { openShop } from '../test/support/shop.ts'
import type { Figure } from './figure.ts'
import { median, quantile } from './median.ts'
import { connections, post, type Shot } from './post.ts'

const ROUNDS = 5
const SHOTS = 60
/** Hooks come one by one; what follows an answer is not to run into the next. */
const PAUSE_MS = 40

/**
 * How long WooCommerce waits for the answer to an order: signature, reading and the one durable write, beside a Worker
 * that inserts the body and does nothing else. Both get the same orders one by one, by turns.
 */
export async function hookAnswer(product: Pick<FastWorker, 'call' | 'env' | 'url'>): Promise<Figure[]> {
  const floor = await startFastWorker({ main: fileURLToPath(new URL('./floor/insert.ts', import.meta.url)) })
  try {
    await floor.env.DB.prepare('CREATE TABLE floor (id INTEGER PRIMARY KEY, body TEXT, at INTEGER)').run()
    const shot = await ordersOf(product)
    const ours = side(product.url, shot)
    const bare = side(floor.url, shot)
    await ours.round()
    await bare.round()
    const rounds: { ours: number[]; floor: number[] }[] = []
    for (let i = 0; i < ROUNDS; i++) {
      if (i % 2) rounds.push({ ours: await ours.round(), floor: await bare.round() })
      else rounds.push({ floor: await bare.round(), ours: await ours.round() })
    }
    ours.agent.destroy()
    bare.agent.destroy()
    const figure = (share: number, rest: Partial<Figure>): Figure => ({
      what: `hook answer p${share * 100}`,
      unit: 'ms',
      ours: median(rounds.map((round) => quantile(round.ours, share))),
      floor: median(rounds.map((round) => quantile(round.floor, share))),
      ratio: median(rounds.map((round) => quantile(round.ours, share) / quantile(round.floor, share))),
      ...rest,
    })
    const note = `${ROUNDS} rounds of ${SHOTS} new orders, one by one`
    return [figure(0.5, { target: { of: 'ratio', most: 2 }, note }), figure(0.95, {}), await shopifyAnswer(product)]
  } finally {
    await floor.stop()
  }
}

/** Shopify counts an answer that takes longer than 5 s as none. */
async function shopifyAnswer(product: Pick<FastWorker, 'call' | 'env' | 'url'>): Promise<Figure> {
  const shopify = side(product.url, await shopifyOrdersOf(product))
  await shopify.round()
  const ours = Math.max(...(await shopify.round()))
  shopify.agent.destroy()
  return { what: 'Shopify hook answer, the slowest', unit: 'ms', ours, target: { of: 'ours', most: 5_000 } }
}

async function shopifyOrdersOf(product: Pick<FastWorker, 'call' | 'env'>): Promise<() => Shot> {
  const shop = await openShop(product)
  const { secret } = await openHooks(product, shop, 'shopify')
  const { order } = await sample('shopify-order-rest-fixture.json')
  let id = 450_800_000
  return () => {
    const body = JSON.stringify({ ...order, id: id++ })
    const headers = { 'Content-Type': 'application/json', ...shopifyHeaders('orders/create', sign(body, secret)) }
    return { path: `/v1/hooks/shopify/${shop.id}`, headers, body }
  }
}

/** Every shot is an order of its own, signed, with a chat to make. */
async function ordersOf(product: Pick<FastWorker, 'call' | 'env'>): Promise<() => Shot> {
  const shop = await openShop(product)
  const { secret } = await openHooks(product, shop)
  const order = await sample('woocommerce-order-created-wc7.5-store-api.json')
  let id = 100_000
  return () => {
    const body = wpJson({ ...order, id: id++ })
    const headers = {
      'Content-Type': 'application/json',
      'X-WC-Webhook-Topic': 'order.created',
      'X-WC-Webhook-Signature': sign(body, secret),
    }
    return { path: `/v1/hooks/woocommerce/${shop.id}`, headers, body }
  }
}

function side(url: string, shot: () => Shot) {
  const agent = connections(1)
  async function round(): Promise<number[]> {
    const latencies: number[] = []
    for (let i = 0; i < SHOTS; i++) {
      const next = shot()
      const started = performance.now()
      await post(agent, url, next, 200)
      latencies.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    return latencies
  }
  return { agent, round }
}
