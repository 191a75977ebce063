import { openHooks, sample, sign, wpJson } from './hooks.ts'
import type { FastWorker } from './miniflare.ts'
import { openShop, type TestShop } from './shop.ts'
import { call } from './worker.ts'

/** Orders of a shop with three desks, and every delivery of them, ten times over and shuffled. */
export interface Storm {
  shop: TestShop
  deliveries: Delivery[]
  /** `order/seller` of every chat that there must be. */
  expected: string[]
}
interface Delivery {
  topic: string
  body: string
  signature: string
}

const TIMES = 10
const VENDORS = ['19', '23']

/** By turns: an order of one seller, one of two (WCFM), Dokan's parent with two shares, and one of a guest. */
export async function prepareStorm(worker: Pick<FastWorker, 'call' | 'env'>, orders: number): Promise<Storm> {
  const shop = await openShop(worker, { limits: { chatsPerWindow: 1, messagesPerWindow: 1, burstPerChat: 1 } })
  const { secret } = await openHooks(worker, shop)
  const plain = await sample('woocommerce-order-created-wc7.5-store-api.json')
  const payloads: object[] = []
  const expected: string[] = []
  for (let i = 0; i < orders; i++) {
    const made = [alone, ofTwo, split, ofGuest][i % 4]!(plain, 10_000 + i * 10)
    payloads.push(...made.payloads)
    expected.push(...made.chats)
  }
  const deliveries = payloads.flatMap((payload, i) => {
    const body = wpJson(payload)
    const topics = Array.from({ length: TIMES }, (_, n) => (n % 3 === 1 ? 'order.updated' : 'order.created'))
    return topics.map((topic) => ({ topic, body, signature: sign(body, secret), order: i }))
  })
  return { shop, deliveries: shuffle(deliveries), expected: expected.sort() }
}

type Made = { payloads: object[]; chats: string[] }
const vendor = (id: string) => [{ id: 1, key: '_vendor_id', value: id }]

function alone(plain: any, id: number): Made {
  return { payloads: [{ ...plain, id, customer_id: id }], chats: [`${id}/shop`] }
}
function ofTwo(plain: any, id: number): Made {
  const line_items = VENDORS.map((seller) => ({ ...plain.line_items[0], meta_data: vendor(seller) }))
  return {
    payloads: [{ ...plain, id, customer_id: 42, line_items }],
    chats: VENDORS.map((seller) => `${id}/${seller}`),
  }
}
function split(plain: any, id: number): Made {
  const meta_data = [{ id: 1, key: 'has_sub_order', value: '1' }]
  const shares = VENDORS.map((seller, n) => ({
    ...plain,
    id: id + 1 + n,
    parent_id: id,
    created_via: 'dokan',
    meta_data: [{ id: 1, key: '_dokan_vendor_id', value: seller }],
  }))
  return {
    payloads: [{ ...plain, id, meta_data }, ...shares],
    chats: VENDORS.map((seller, n) => `${id + 1 + n}/${seller}`),
  }
}
function ofGuest(plain: any, id: number): Made {
  return { payloads: [{ ...plain, id, customer_id: 0 }], chats: [`${id}/shop`] }
}

function shuffle<T>(list: T[]): T[] {
  const shuffled = [...list]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
  }
  return shuffled
}

/** Sends them all, `parallel` at a time; answers those that were not answered 200. */
export async function blow(base: string, { shop, deliveries }: Storm, parallel: number): Promise<Delivery[]> {
  const left = [...deliveries]
  const failed: Delivery[] = []
  const path = `/v1/hooks/woocommerce/${shop.id}`
  const sender = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const headers = { 'X-WC-Webhook-Topic': one.topic, 'X-WC-Webhook-Signature': one.signature }
      const answer = await call(base, path, { method: 'POST', origin: null, body: one.body, headers }).catch(() => null)
      if (answer?.status !== 200) failed.push(one)
    }
  }
  await Promise.all(Array.from({ length: parallel }, sender))
  return failed
}

export interface Aftermath {
  /** `order/seller` of each chat. */
  chats: string[]
  /** Messages of each chat: one each. */
  starters: number[]
  /** Chats whose buyer does not have the starter unread, once. */
  wrongUnread: number
  waiting: number
}

export async function readAftermath({ env }: Pick<FastWorker, 'env'>, site: string): Promise<Aftermath> {
  const rows = async (sql: string) => (await env.DB.prepare(sql).bind(site).all<any>()).results
  const chats = await rows(
    `SELECT thing || '/' || seller name, last_seq, (SELECT count(*) FROM messages WHERE chat = id) n,
     (SELECT unread FROM participants WHERE chat = id AND side = 'customer' AND left_n IS NULL) unread
     FROM chats WHERE site = ? ORDER BY name`,
  )
  const [{ waiting }] = (await rows('SELECT count(*) waiting FROM hook_events WHERE site = ? AND done_at IS NULL')) as [
    any,
  ]
  return {
    chats: chats.map(({ name }) => name).sort(),
    starters: [...new Set(chats.flatMap(({ n, last_seq }) => [n, last_seq]))],
    wrongUnread: chats.filter(({ unread }) => unread !== 1).length,
    waiting,
  }
}
