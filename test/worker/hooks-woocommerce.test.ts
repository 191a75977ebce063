import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Hooks, openHooks, sample, sign, wpJson } from '../support/hooks.ts'
import { operate } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let shop: TestShop
let hooks: Hooks
let plain: any
let sub: any
let parent: any

beforeAll(async () => {
  worker = await startWorker()
  plain = await sample('woocommerce-order-created-wc7.5-store-api.json')
  sub = await sample('woocommerce-dokan-sub-order.constructed.json')
  parent = await sample('woocommerce-dokan-parent-order.constructed.json')
})
afterAll(() => worker.stop())
beforeEach(async () => {
  shop = await openShop(worker)
  hooks = await openHooks(worker, shop)
})

const counts = async () =>
  Object.fromEntries((await shop.rows('hook_counts')).map(({ outcome, n }) => [outcome, n as number]))
const sellersOf = async () => (await shop.rows('chats')).map(({ thing, seller }) => `${thing}/${seller}`).sort()
const path = () => `/v1/hooks/woocommerce/${shop.id}`
const post = (body: string, headers: Record<string, string>) =>
  worker.call(path(), { method: 'POST', origin: null, body, headers })

describe('the ping of a new webhook', () => {
  it('is answered 200 and does nothing, although nobody signed it', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await post('webhook_id=3', form)
    expect([answer.status, answer.body]).toEqual([200, ''])
    expect((await post('webhook_id=3&topic=order.created', form)).status).toBe(401)
    expect(await shop.rows('hook_events')).toEqual([])
  })
})

describe('a signature', () => {
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one of no bytes', 'AAAA'],
    ['one that is no base64', '!!!!'],
    ['one of another secret', sign('{"id":1}', 'another-secret-of-the-shop')],
    ['hex in place of base64', 'a'.repeat(64)],
  ])('%s opens nothing', async (_, signature) => {
    const headers: Record<string, string> = { 'X-WC-Webhook-Topic': 'order.created' }
    if (signature !== undefined) headers['X-WC-Webhook-Signature'] = signature
    expect(await post('{"id":1}', headers)).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
    expect(await shop.rows('hook_events')).toEqual([])
    expect(await counts()).toEqual({ refused: 1 })
  })

  it('is that of the body as it was sent: written anew, it does not fit', async () => {
    const body = wpJson(plain)
    const signature = sign(body, hooks.secret)
    const anew = JSON.stringify(JSON.parse(body))
    expect(anew).not.toBe(body)
    const headers = { 'X-WC-Webhook-Topic': 'order.created', 'X-WC-Webhook-Signature': signature }
    expect((await post(anew, headers)).status).toBe(401)
    expect((await post(`${body} `, headers)).status).toBe(401)
    expect((await post(body, headers)).status).toBe(200)
  })

  it('of another site’s secret, or of a key that signs people in, does not fit', async () => {
    const other = await openHooks(worker, await openShop(worker))
    for (const secret of [other.secret, shop.identity.secret, shop.admin.secret, shop.server.secret]) {
      const headers = { 'X-WC-Webhook-Signature': sign(wpJson(plain), secret) }
      expect((await hooks.send('order.created', plain, headers)).status).toBe(401)
    }
  })

  it('of a hook’s secret signs nobody in', async () => {
    const assertion = shop.assertion({}, { id: hooks.key, secret: hooks.secret })
    expect((await shop.open({ assertion })).body.code).toBe('assertion_invalid')
  })

  it('may be of either of two secrets while they change, and of none that is revoked', async () => {
    const next = await openHooks(worker, shop)
    expect((await hooks.send('order.created', plain)).status).toBe(200)
    expect((await next.send('order.updated', plain)).status).toBe(200)
    const third = await operate(worker, `/sites/${shop.id}/hooks`, { body: { source: 'woocommerce' } })
    expect(third.body.code).toBe('already_exists')
    await operate(worker, `/sites/${shop.id}/keys/${hooks.key}`, { method: 'DELETE' })
    expect((await hooks.send('order.updated', { ...plain, status: 'x' })).status).toBe(401)
    expect((await next.send('order.updated', { ...plain, status: 'y' })).status).toBe(200)
  })

  it('is asked for before anything else is: unknown sites and browsers are refused, and two megabytes', async () => {
    const nowhere = await worker.call('/v1/hooks/woocommerce/site_AAAAAAAAAAAAAAAAAAAAAA', { origin: null, body: {} })
    expect(nowhere.body.code).toBe('site_unknown')
    expect((await worker.call(path(), { body: plain })).status).toBe(403)
    expect((await hooks.send('order.created', { id: 1, x: 'x'.repeat(2_000_000) })).status).toBe(413)
  })
})

describe('what is signed', () => {
  it('is answered 200 and counted where nobody acts on it', async () => {
    await hooks.send('coupon.created', { id: 5 })
    await hooks.send(
      'action.woocommerce_payment_complete',
      await sample('woocommerce-webhook-action-topic.constructed.json'),
    )
    await hooks.send('constructor.created', { id: 5 })
    await hooks.send('order.created', await sample('woocommerce-webhook-rest-error-payload.constructed.json'))
    await hooks.send('order.created', '{"id":')
    await hooks.send('order.created', '[]')
    await hooks.send('order.created', 'null')
    const answer = await hooks.send('product.updated', { id: 9 })
    expect(answer.status).toBe(200)
    expect(await counts()).toEqual({ unknown_topic: 3, shop_error: 1, unreadable: 4 })
    expect(await shop.rows('hook_events')).toEqual([])
  })

  it('is kept without what chats do not need, and without its names once it is done with', async () => {
    await hooks.deliver('order.created', plain)
    const everything = JSON.stringify([
      await shop.rows('hook_events'),
      await shop.rows('orders'),
      await shop.rows('order_parts'),
      await shop.rows('users'),
    ])
    for (const secret of ['203.0.113.7', 'Mozilla', '8412 Dicki Creek', '724-024-2595', 'wc_order_', 'pi_3Mqpb'])
      expect(everything).not.toContain(secret)
    expect(await shop.rows('hook_events')).toMatchObject([{ payload: '', tries: 1 }])
  })

  it('counts once, whatever number its delivery has', async () => {
    for (let i = 0; i < 3; i++)
      await hooks.deliver('order.created', plain, { 'X-WC-Webhook-Delivery-ID': `delivery-${i}` })
    expect(await shop.rows('hook_events')).toHaveLength(1)
    expect(await shop.rows('chats')).toHaveLength(1)
  })

  it('may be replayed: nothing goes back', async () => {
    await hooks.deliver('order.created', plain)
    await hooks.deliver('order.updated', { ...plain, status: 'completed', date_modified_gmt: '2023-03-30T00:00:00' })
    await worker.env.DB.prepare('DELETE FROM hook_events WHERE site = ?').bind(shop.id).run()
    await hooks.deliver('order.created', plain)
    expect(await shop.rows('order_parts')).toMatchObject([{ status: 'completed' }])
    expect(await shop.rows('chats')).toMatchObject([{ last_seq: 1 }])
  })
})

describe('an order', () => {
  it('may be updated before it is created', async () => {
    await hooks.deliver('order.updated', { ...plain, status: 'completed', date_modified_gmt: '2023-03-30T00:00:00' })
    // An update alone does not make a chat about an order of years ago.
    expect(await shop.rows('chats')).toEqual([])
    await hooks.deliver('order.created', plain)
    expect(await shop.rows('chats')).toHaveLength(1)
    expect(await shop.rows('order_parts')).toMatchObject([{ status: 'completed' }])
  })

  it('of these days makes its chat when only an update comes', async () => {
    const now = new Date(Date.now() - 60_000).toISOString().slice(0, 19)
    await hooks.deliver('order.updated', { ...plain, date_created_gmt: now, date_modified_gmt: now })
    expect(await shop.rows('chats')).toHaveLength(1)
  })

  it.each(['checkout-draft', 'failed', 'cancelled', 'trash'])(
    'that is %s waits with its chat until it is more',
    async (status) => {
      await hooks.deliver('order.created', { ...plain, status })
      expect(await shop.rows('chats')).toEqual([])
      await hooks.deliver('order.updated', { ...plain, date_modified_gmt: '2023-03-30T00:00:00' })
      expect(await shop.rows('chats')).toHaveLength(1)
    },
  )

  it('of Dokan with several sellers is its shares, and is found by its own number too', async () => {
    const other = structuredClone({ ...sub, id: 1502, number: '1502', total: '25.00' })
    other.meta_data[0].value = 23
    other.line_items = [{ ...parent.line_items[1] }]
    other.store = parent.stores[1]
    for (const each of [parent, sub, other]) await hooks.deliver('order.created', each)
    expect(await sellersOf()).toEqual(['1501/19', '1502/23'])
    const buyer = await shop.signIn('42')
    const start = (seller?: string) =>
      worker.call('/v1/chats', {
        token: buyer.token,
        body: { context: { type: 'order', id: '1500' }, ...(seller ? { seller } : {}) },
      })
    expect((await start()).body.chat).toMatchObject({ thing: { id: '1501' }, seller: { id: '19' } })
    expect((await start('23')).body.chat).toMatchObject({ thing: { id: '1502' }, seller: { id: '23' } })
    expect((await start('77')).body.code).toBe('seller_unknown')
    expect(await shop.rows('chats')).toHaveLength(2)
  })

  it('of Dokan that came before it was split gives back the chat that was not its own', async () => {
    await hooks.deliver('order.created', { ...parent, meta_data: [], stores: [], store: [] })
    const buyer = await shop.signIn('42')
    expect((await shop.chatsOf(buyer.token)).map(({ thing }) => thing.id)).toEqual(['1500'])
    await hooks.deliver('order.updated', parent)
    await hooks.deliver('order.created', sub)
    expect((await shop.chatsOf(buyer.token)).map(({ thing }) => thing.id)).toEqual(['1501'])
  })

  it('makes the desk of a seller whom nobody has told us of, with the seller’s name', async () => {
    const unheard = structuredClone(sub)
    unheard.meta_data[0].value = 31
    unheard.store = { ...unheard.store, id: 31, shop_name: 'Elm &amp; Co' }
    unheard.stores = []
    await hooks.deliver('order.created', unheard)
    const elm = await shop.signIn('31', { role: 'seller' })
    expect(elm.user.sellers).toEqual([{ id: '31', name: 'Elm & Co' }])
    expect(await shop.chatsOf(elm.token)).toMatchObject([{ thing: { id: '1501' } }])
  })

  const withVendor = (vendor: unknown, modified: string) => ({
    ...plain,
    date_modified_gmt: modified,
    line_items: [{ ...plain.line_items[0], meta_data: [{ id: 1, key: '_vendor_id', value: vendor }] }],
  })

  it('of WCFM moves to its seller when that comes, and leaves nothing where nobody had written', async () => {
    await hooks.deliver('order.created', plain)
    const buyer = await shop.signIn('27375286')
    const { cursor } = (await worker.call('/v1/sync', { token: buyer.token })).body
    const [wrong] = await shop.chatsOf(buyer.token)
    expect(wrong.seller.id).toBe('shop')
    // The same second: WooCommerce’s clock is no finer.
    await hooks.deliver('order.updated', withVendor('23', plain.date_modified_gmt))
    expect(await shop.chatsOf(buyer.token)).toMatchObject([{ seller: { id: '23' }, lastSeq: 1 }])
    expect((await worker.call(`/v1/sync?since=${cursor}`, { token: buyer.token })).body.left).toEqual([wrong.id])
    await hooks.deliver('order.updated', { ...plain, date_modified_gmt: '2023-03-30T00:00:00' })
    expect((await shop.chatsOf(buyer.token)).map(({ id }) => id)).toEqual([wrong.id])
    expect(await shop.messagesOf(buyer.token, wrong.id)).toHaveLength(1)
  })

  it('of WCFM keeps the first chat too once somebody has written in it', async () => {
    await hooks.deliver('order.created', plain)
    const buyer = await shop.signIn('27375286')
    const [first] = await shop.chatsOf(buyer.token)
    await worker.call(`/v1/chats/${first.id}/messages`, {
      token: buyer.token,
      body: { clientId: 'client-1', body: 'Hi' },
    })
    await hooks.deliver('order.updated', withVendor(23, '2023-03-30T00:00:00'))
    expect((await shop.chatsOf(buyer.token)).map(({ seller }) => seller.id).sort()).toEqual(['23', 'shop'])
    expect((await shop.chatsOf(buyer.token)).find(({ id }) => id === first.id)).toMatchObject({
      state: 'open',
      thing: { title: 'Order 459' },
    })
  })

  it('finds its seller by its product, which a hook has told of', async () => {
    const product = await sample('woocommerce-product-simple-rest-v3.json')
    await hooks.deliver('product.updated', { ...product, id: 36, store: { id: 19, shop_name: 'Oak Works' } })
    await hooks.deliver('order.created', plain)
    expect(await sellersOf()).toEqual(['459/19'])
  })

  it('that is deleted takes no new chat and keeps the old one; restored, it takes them again, and so on', async () => {
    await hooks.deliver('order.created', { ...plain, status: 'failed' })
    const buyer = await shop.signIn('27375286')
    const start = () =>
      worker.call('/v1/chats', { token: buyer.token, body: { context: { type: 'order', id: '459' } } })
    for (let i = 0; i < 2; i++) {
      expect((await hooks.deliver('order.deleted', { id: 459 })).status).toBe(200)
      expect((await start()).status).toBe(404)
      const modified = `2023-04-0${i + 1}T00:00:00`
      await hooks.deliver('order.restored', { ...plain, status: 'failed', date_modified_gmt: modified })
      expect((await start()).status).toBe(i === 0 ? 201 : 200)
    }
    expect((await hooks.deliver('order.deleted', { id: 12345 })).status).toBe(200)
    expect(await shop.chatsOf(buyer.token)).toHaveLength(1)
  })

  it('leads to its page in the buyer’s account, where the plugin says which that is', async () => {
    const page = 'https://shop.example/my-account/view-order/459/'
    await hooks.deliver('order.created', { ...plain, shopbell_view_url: page })
    expect(await shop.rows('order_parts')).toMatchObject([{ url: page }])
  })

  it('survives what plugins make of its fields', async () => {
    await hooks.deliver('order.created', {
      ...plain,
      id: '459',
      customer_id: '27375286',
      number: 'INV-2023/0459',
      total: 4,
      currency: 'POINTS',
      billing: [],
      meta_data: { has_sub_order: null },
      line_items: [
        null,
        'x',
        { name: 'Bowl\r\n<b>{{order_total}}</b>', quantity: '2', total: 1e300, product_id: '36', meta_data: 'none' },
        { name: '', quantity: -1 },
      ],
      shopbell_view_url: 'javascript:alert(1)',
    })
    expect(await shop.rows('order_parts')).toMatchObject([
      { title: 'Order INV-2023/0459', price: '4.00 POINTS', url: null },
    ])
    const buyer = await shop.signIn('27375286')
    const [chat] = await shop.chatsOf(buyer.token)
    const [{ body }] = await shop.messagesOf(buyer.token, chat.id)
    expect(body).toContain('2 × Bowl <b>{{order_total}}</b>')
    expect(body).toContain('Hello, thank you')
  })

  it.each([
    ['below nothing', -12.5, '-$12.50'],
    ['beyond reason', '1e400', null],
    ['no number', 'free', null],
    ['nothing', '', null],
  ])('with a total that is %s is shown as it can be', async (_, total, price) => {
    await hooks.deliver('order.created', { ...plain, total, line_items: [] })
    expect(await shop.rows('order_parts')).toMatchObject([{ price }])
  })

  it('with nothing but an id is an order of a guest', async () => {
    expect((await hooks.deliver('order.created', { id: 77 })).status).toBe(200)
    expect(await shop.rows('order_parts')).toMatchObject([{ title: 'Order 77', price: null }])
    expect(await shop.rows('chats')).toHaveLength(1)
  })

  it('with as many lines as a megabyte holds is bounded', async () => {
    const lines = Array.from({ length: 40_000 }, () => ({ name: 'x', total: '1' }))
    const started = performance.now()
    expect((await hooks.deliver('order.created', { id: 78, line_items: lines })).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(await shop.rows('order_parts')).toMatchObject([{ price: '200.00' }])
    expect(
      (await hooks.send('order.created', { id: 79, line_items: Array.from({ length: 1e6 }, () => ({})) })).status,
    ).toBe(413)
  })
})

describe('products and customers', () => {
  it('tell the catalog what they are, and take back nothing that the shop’s server said of their seller', async () => {
    const product = await sample('woocommerce-product-simple-rest-v3.json')
    await shop.put('/v1/catalog/products', { products: [{ id: '794', title: 'Old', seller: '23' }] })
    await hooks.deliver('product.created', product)
    expect(await shop.rows('products')).toMatchObject([
      {
        id: '794',
        title: 'Premium Quality',
        seller: '23',
        url: 'https://example.com/product/premium-quality-19/',
        picture: 'https://example.com/wp-content/uploads/2017/03/T_2_front-4.jpg',
        price: '$21.99',
      },
    ])
    await hooks.deliver('product.updated', { ...product, name: 'Older', date_modified_gmt: '2016-01-01T00:00:00' })
    await hooks.deliver('product.deleted', { id: 794 })
    await hooks.deliver('product.updated', { ...product, id: 795, permalink: 'javascript:alert(1)', images: [] })
    expect(await shop.rows('products')).toMatchObject([
      { title: 'Premium Quality' },
      { id: '795', url: null, picture: null, seller: null },
    ])
  })

  it('customers change those whom we know, and add nobody', async () => {
    const customer = await sample('woocommerce-customer-created.json')
    await hooks.deliver('customer.created', customer)
    const known = async () => (await shop.rows('users')).filter(({ shop_id }) => shop_id === '25')
    expect(await known()).toEqual([])
    await shop.signIn('25', { name: 'Johnny', email: 'old@example.com', email_verified: true })
    await hooks.deliver('customer.updated', { ...customer, date_modified_gmt: '2017-03-22T00:00:00' })
    expect(await known()).toMatchObject([{ name: 'John Doe', email: 'john.doe@example.com', email_verified: 0 }])
    await hooks.deliver('customer.updated', { ...customer, first_name: 'Earlier' })
    expect(await known()).toMatchObject([{ name: 'John Doe' }])
    await hooks.deliver('customer.deleted', { id: 25 })
    expect(await known()).toMatchObject([{ name: 'John Doe', email: null }])
  })
})
