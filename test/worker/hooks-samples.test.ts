import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSpecialChars } from '../../worker/webhooks/decode-entities.ts'
import { hmacKey, isSignedBy } from '../../worker/webhooks/verify-signature.ts'
import { openHooks, sample } from '../support/hooks.ts'
import { openShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())

const bowl = '1 × Walnut Bowl – $50.00'
const ORDERS = [
  {
    file: 'woocommerce-order-rest-v3.json',
    order: { id: '727', number: '727', customer: null },
    buyer: 'John Doe',
    parts: [['shop', '$29.35']],
    items: ['2 × Woo Single #1 – $6.45', '1 × Ship Your Idea – Color: Black, Size: M Test – $12.90'],
  },
  {
    file: 'woocommerce-order-created-wc7.5-store-api.json',
    order: { id: '459', number: '459', customer: '27375286' },
    buyer: 'Tyrel Senger',
    parts: [['shop', '$4.00']],
    items: ['1 × Beanie with Logo – $18.00'],
  },
  {
    file: 'woocommerce-dokan-parent-order.constructed.json',
    order: { id: '1500', number: '1500', customer: '42' },
    buyer: 'Ada Sample',
    parts: [],
    items: [],
  },
  {
    file: 'woocommerce-dokan-sub-order.constructed.json',
    order: { id: '1501', number: '1501', customer: '42', parent: '1500' },
    buyer: 'Ada Sample',
    parts: [['19', '$50.00']],
    items: [bowl],
  },
  {
    file: 'shopify-order-rest-fixture.json',
    order: { id: '450789469', number: '1001', customer: '207119551' },
    buyer: 'Bob Norman',
    parts: [['shop', '$409.94']],
    items: ['green', 'red', 'black'].map((colour) => `1 × IPod Nano - 8gb - ${colour} – $199.00`),
  },
]

describe('every order of the samples', () => {
  it.each(ORDERS)('$file: id, number, buyer, sellers and items', async ({ file, order, buyer, parts, items }) => {
    const shop = await openShop(worker)
    const isShopify = file.startsWith('shopify')
    const hooks = await openHooks(worker, shop, isShopify ? 'shopify' : 'woocommerce')
    const payload = await sample(file)
    await hooks.deliver(isShopify ? 'orders/create' : 'order.created', isShopify ? payload.order : payload)
    const [stored] = await shop.rows('orders')
    expect(stored).toMatchObject(order)
    const user = (await shop.rows('users')).find(({ id }) => id === stored.buyer)
    expect(user).toMatchObject({ name: buyer, shop_id: order.customer, guest: order.customer === null ? 1 : 0 })
    expect((await shop.rows('order_parts')).map(({ seller, price }) => [seller, price])).toEqual(parts)
    const chats = await shop.rows('chats')
    expect(chats.map(({ seller, customer }) => [seller, customer])).toEqual(
      parts.map(([seller]) => [seller, stored.buyer]),
    )
    for (const { id } of chats) {
      const { results } = await worker.env.DB.prepare('SELECT body FROM messages WHERE chat = ?').bind(id).all<any>()
      expect(results).toHaveLength(1)
      expect(results[0].body.split('\n').filter((row: string) => /^\d+ ×/.test(row))).toEqual(items)
    }
  })
})

describe('every signature of the samples', async () => {
  const vectors: any[] = (await sample('signature-vectors.computed.json')).filter((one: any) => one.signature_base64)
  it.each(vectors)('$name', async ({ secret, stored_secret, key_used, body, signature_base64 }) => {
    const key = decodeSpecialChars(stored_secret ?? secret)
    expect(key).toBe(key_used ?? secret)
    const bytes = new TextEncoder().encode(body)
    expect(await isSignedBy([await hmacKey('another'), await hmacKey(key)], signature_base64, bytes)).toBe(true)
    expect(await isSignedBy([await hmacKey(`${key}x`)], signature_base64, bytes)).toBe(false)
    expect(await isSignedBy([await hmacKey(key)], signature_base64, new TextEncoder().encode(`${body} `))).toBe(false)
    expect(await isSignedBy([], signature_base64, bytes)).toBe(false)
  })
})
