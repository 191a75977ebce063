import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Hooks, openHooks, sample, sign } from '../support/hooks.ts'
import { operate } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let shop: TestShop
let hooks: Hooks
let order: any

beforeAll(async () => {
  worker = await startWorker()
  order = (await sample('shopify-order-rest-fixture.json')).order
})
afterAll(() => worker.stop())
beforeEach(async () => {
  shop = await openShop(worker)
  hooks = await openHooks(worker, shop, 'shopify')
})
const counts = async () =>
  Object.fromEntries((await shop.rows('hook_counts')).map(({ outcome, n }) => [outcome, n as number]))

it('hears of an order, whose customer finds the chat', async () => {
  await hooks.deliver('orders/create', {
    ...order,
    order_status_url: 'https://shop.example/orders/b1946/authenticate?key=secret',
  })
  const buyer = await shop.signIn('207119551')
  const [chat] = await shop.chatsOf(buyer.token)
  expect(chat).toMatchObject({
    thing: { id: '450789469', title: 'Order 1001', price: '$409.94', status: 'authorized' },
    customer: { name: 'Bob Norman' },
  })
  expect(chat.thing.url).toBe('https://shop.example/orders/b1946/authenticate')
  expect((await shop.messagesOf(buyer.token, chat.id))[0].body).toContain('1 × IPod Nano - 8gb - green – $199.00')
})

it('keeps every digit of ids beyond 2^53', async () => {
  const big = JSON.stringify({ ...order, id: 'BIG', note: '12345678901234567890 "820982911946154508' }).replace(
    '"BIG"',
    '820982911946154508',
  )
  await hooks.deliver('orders/create', big)
  expect((await shop.rows('orders')).map(({ id }) => id)).toEqual(['820982911946154508'])
  expect((await shop.rows('chats')).map(({ thing }) => thing)).toEqual(['820982911946154508'])
})

it('knows an event by its id and topic, whatever number its delivery has', async () => {
  const headers = { 'X-Shopify-Event-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043' }
  for (let i = 0; i < 3; i++) await hooks.deliver('orders/create', order, headers)
  await hooks.deliver('orders/updated', order, headers)
  expect(await shop.rows('hook_events')).toHaveLength(2)
  await hooks.deliver('orders/create', order, { 'X-Shopify-Event-Id': '' })
  await hooks.deliver('orders/create', order, { 'X-Shopify-Event-Id': '' })
  expect(await shop.rows('hook_events')).toHaveLength(3)
  expect(await shop.rows('chats')).toMatchObject([{ last_seq: 1 }])
})

it('lets no late try of an earlier state undo a later one', async () => {
  await hooks.deliver('orders/create', order)
  await hooks.deliver('orders/cancelled', {
    ...order,
    cancelled_at: '2008-01-11T00:00:00Z',
    updated_at: '2008-01-11T00:00:00Z',
  })
  await hooks.deliver('orders/updated', order)
  expect(await shop.rows('order_parts')).toMatchObject([{ status: 'cancelled' }])
})

it('lets no late try bring a deleted order back', async () => {
  await hooks.deliver('orders/create', order)
  const buyer = await shop.signIn('207119551')
  await hooks.deliver('orders/delete', { id: order.id })
  await hooks.deliver('orders/updated', { ...order, updated_at: '2008-01-11T00:00:00Z' })
  expect(await shop.rows('orders')).toMatchObject([{ deleted_at: expect.any(Number) }])
  expect(await shop.rows('order_parts')).toMatchObject([{ status: 'deleted' }])
  const start = { token: buyer.token, body: { context: { type: 'order', id: String(order.id) } } }
  expect((await worker.call('/v1/chats', start)).status).toBe(404)
})

describe('an order whose deletion came before it', () => {
  const id = '450789469'
  const put = (customer: object) => shop.put('/v1/orders', { orders: [{ id, customer, items: [] }] })
  beforeEach(async () => {
    await hooks.deliver('orders/delete', { id: Number(id) })
  })

  it('makes no chat and no person', async () => {
    const people = await shop.rows('users')
    await hooks.deliver('orders/create', order)
    await hooks.deliver('orders/delete', { id: Number(id) })
    expect(await shop.rows('chats')).toEqual([])
    expect(await shop.rows('users')).toEqual(people)
  })

  it.each([
    ['an account', { id: '42', name: 'Ada' }],
    ['a guest', { name: 'Gil' }],
  ])('is %s’s order like any other once the shop’s server says that it is there', async (_, customer) => {
    expect((await put(customer)).status).toBe(200)
    const [{ buyer, ...row }] = await shop.rows('orders')
    expect(row).toMatchObject({ id, deleted_at: null, former_buyer: null })
    expect((await shop.rows('users')).find((user) => user.id === buyer)).toMatchObject({ name: customer.name })
    expect(await shop.rows('chats')).toMatchObject([{ customer: buyer, last_seq: 1 }])
  })
})

it('gives an account that is deleted its address back by no late try', async () => {
  const { customer } = await sample('shopify-customer-rest-fixture.json')
  const known = async () => (await shop.rows('users')).find(({ shop_id }) => shop_id === '207119551')
  await shop.signIn('207119551', { name: 'Bob', email: 'bob@example.com' })
  await hooks.deliver('customers/delete', { id: 207119551 })
  await hooks.deliver('customers/update', customer)
  expect(await known()).toMatchObject({ email: null })
})

it('refuses what is not signed by the app’s secret, in force or just replaced, with 401', async () => {
  const headers = { 'X-Shopify-Hmac-Sha256': sign(JSON.stringify(order), 'not-the-secret-of-this-app') }
  expect(await hooks.send('orders/create', JSON.stringify(order), headers)).toMatchObject({
    status: 401,
    body: { code: 'signature_invalid' },
  })
  expect((await hooks.send('orders/create', order, { 'X-Shopify-Hmac-Sha256': '' })).status).toBe(401)
  const next = await openHooks(worker, shop, 'shopify', { secret: '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' })
  expect((await hooks.send('orders/create', order)).status).toBe(200)
  expect((await next.send('orders/create', order)).status).toBe(200)
})

it('takes the hooks of one shop: the first, or the one that was named', async () => {
  expect((await hooks.send('orders/create', order)).status).toBe(200)
  const other = { 'X-Shopify-Shop-Domain': 'another-store.myshopify.com' }
  expect((await hooks.send('orders/create', order, other)).status).toBe(403)
  expect((await hooks.send('orders/create', order, { 'X-Shopify-Shop-Domain': '' })).status).toBe(403)
  const named = await openShop(worker)
  const theirs = await openHooks(worker, named, 'shopify', { shop: 'another-store.myshopify.com' })
  expect((await theirs.send('orders/create', order)).status).toBe(403)
  expect((await theirs.send('orders/create', order, other)).status).toBe(200)
})

it('hears of products, whose brand is no seller, and of customers whom it knows', async () => {
  const { product } = await sample('shopify-product-rest-fixture.json')
  await hooks.deliver('products/update', product)
  expect(await shop.rows('products')).toMatchObject([
    {
      id: '632910392',
      title: 'IPod Nano - 8GB',
      seller: null,
      url: 'https://example-store.myshopify.com/products/ipod-nano',
    },
  ])
  const { customer } = await sample('shopify-customer-rest-fixture.json')
  await shop.signIn('207119551', { name: 'B' })
  await hooks.deliver('customers/update', customer)
  expect((await shop.rows('users')).find(({ shop_id }) => shop_id === '207119551')).toMatchObject({
    name: 'Bob Norman',
  })
})

it('answers 200 to topics that nobody acts on, and counts them', async () => {
  for (const topic of ['orders/edited', 'constructor', '__proto__', ''])
    expect((await hooks.send(topic, order)).status).toBe(200)
  expect((await hooks.send('orders/create', '[1]')).status).toBe(200)
  expect(await counts()).toEqual({ unknown_topic: 4, unreadable: 1 })
})

it('asks for the app’s secret, which only Shopify knows', async () => {
  const made = await operate(worker, `/sites/${shop.id}/hooks`, { body: { source: 'shopify' } })
  expect(made).toMatchObject({ status: 422, body: { issues: [{ path: 'secret' }] } })
})
