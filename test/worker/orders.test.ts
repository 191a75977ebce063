import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openShop, type TestShop } from '../support/shop.ts'
import { openSocket } from '../support/socket.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let shop: TestShop

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())
beforeEach(async () => {
  shop = await openShop(worker)
})

const order = (more: object = {}) => ({
  id: '1500',
  number: '1001',
  status: 'processing',
  customer: { id: '42', name: 'Ada Sample', email: 'ada@example.com' },
  currency: 'USD',
  total: '75.00',
  placedAt: '2026-11-20T10:00:00Z',
  modifiedAt: '2026-11-20T10:00:00Z',
  url: 'https://shop.example/my-account/view-order/1500/',
  items: [
    { name: 'Walnut Bowl', seller: '19', quantity: 1, total: '50.00' },
    { name: 'Linen Napkin', seller: '23', quantity: 2, total: '25.00' },
  ],
  ...more,
})
const put = (...orders: object[]) => shop.put('/v1/orders', { orders })
const start = (token: string, id: string, more: object = {}) =>
  worker.call('/v1/chats', { token, body: { context: { type: 'order', id }, ...more } })
const message = (body: string) => ({ clientId: `client-${Math.random().toString(36).slice(2)}`, body })
const say = (token: string, chat: string, body: string) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: message(body) })
const seller = (id: string) => shop.signIn(id, { role: 'seller' })

describe('an order', () => {
  it('gives each of its sellers a chat with the buyer about that seller’s items, with one starter', async () => {
    expect(await put(order())).toMatchObject({ status: 200, body: { saved: 1 } })
    const buyer = await shop.signIn('42')
    const chats = await shop.chatsOf(buyer.token)
    expect(chats).toHaveLength(2)
    const [bowl, napkin] = chats.toSorted((a, b) => a.seller.id.localeCompare(b.seller.id))
    expect(bowl).toMatchObject({
      seller: { id: '19', name: 'Oak Works' },
      thing: {
        type: 'order',
        id: '1500',
        title: 'Order 1001',
        price: '$50.00',
        status: 'processing',
        url: 'https://shop.example/my-account/view-order/1500/',
        known: true,
      },
      unread: 1,
      last: { side: 'system' },
    })
    expect(napkin).toMatchObject({ seller: { id: '23' }, thing: { price: '$25.00' } })
    const messages = await shop.messagesOf(buyer.token, bowl.id)
    expect(messages).toMatchObject([{ seq: 1, side: 'system', clientId: 'order-starter' }])
    expect(messages[0].body).toContain('Hello Ada Sample, thank you for your order 1001.')
    expect(messages[0].body).toContain('1 × Walnut Bowl – $50.00')
    expect(messages[0].body).not.toContain('Napkin')
  })

  it('is read by its seller and by no other, as nothing that waits for an answer', async () => {
    await put(order())
    const oak = await seller('19')
    const chats = await shop.chatsOf(oak.token)
    expect(chats).toMatchObject([{ side: 'seller', unread: 0, customer: { name: 'Ada Sample' }, seller: { id: '19' } }])
    expect((await shop.chatsOf((await seller('23')).token)).map(({ seller: { id } }) => id)).toEqual(['23'])
    const buyer = await shop.signIn('42')
    await say(buyer.token, chats[0].id, 'Is it oiled?')
    expect(await shop.chatsOf(oak.token)).toMatchObject([{ unread: 1, lastSeq: 2 }])
    const read = { token: oak.token, method: 'PUT', body: { seq: 0 } }
    await worker.call(`/v1/chats/${chats[0].id}/read`, read)
    await worker.call(`/v1/chats/${chats[0].id}/read`, { ...read, body: { seq: 2 } })
    expect(await shop.chatsOf(oak.token)).toMatchObject([{ unread: 0 }])
  })

  it('changes nothing that anybody sees when it comes again', async () => {
    await put(order())
    const buyer = await shop.signIn('42')
    const { cursor } = (await worker.call('/v1/sync', { token: buyer.token })).body
    await Promise.all(Array.from({ length: 10 }, () => put(order())))
    expect(await shop.rows('chats')).toHaveLength(2)
    expect((await worker.call(`/v1/sync?since=${cursor}`, { token: buyer.token })).body.chats).toEqual([])
  })

  it('shows its newest state, and tells who has the chat open; an older one changes nothing', async () => {
    await put(order())
    const buyer = await shop.signIn('42')
    const socket = await openSocket(worker.url, buyer.token)
    await put(order({ status: 'completed', modifiedAt: '2026-11-21T10:00:00Z' }))
    await socket.next(({ type }) => type === 'sync')
    socket.close()
    await put(order({ status: 'pending', modifiedAt: '2026-11-20T09:00:00Z' }))
    expect((await shop.chatsOf(buyer.token)).map(({ thing }) => thing.status)).toEqual(['completed', 'completed'])
  })

  it('belongs to its seller’s product, else to the default desk', async () => {
    await shop.put('/v1/catalog/products', { products: [{ id: '310', title: 'Bowl', seller: '19' }] })
    await put(
      order({
        items: [
          { name: 'Bowl', product: '310' },
          { name: 'Gift card', product: '999' },
        ],
      }),
    )
    expect((await shop.rows('order_parts')).map((part) => part.seller)).toEqual(['19', 'shop'])
  })

  it('without lines has one chat, with the default desk', async () => {
    await put(order({ items: [] }))
    expect(await shop.rows('order_parts')).toMatchObject([{ seller: 'shop', price: '$75.00' }])
  })

  it('is all or none of a batch: an unknown seller refuses it', async () => {
    const { status, body } = await put(order(), order({ id: '1501', items: [{ name: 'Cup', seller: '77' }] }))
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'seller_unknown', issues: [{ path: 'orders.1.items.0.seller' }] })
    expect(await shop.rows('orders')).toEqual([])
  })

  it.each([
    ['a url that runs code', { url: 'javascript:alert(1)' }],
    ['a total that is no number', { total: '1e400' }],
    ['a total beyond reason', { total: '9999999999999999.00' }],
    ['a currency that is none', { currency: 'dollars' }],
    ['a time without a zone', { modifiedAt: '2026-11-20T10:00:00' }],
    ['a line break in a name', { items: [{ name: 'a\r\nb' }] }],
    ['201 lines', { items: Array.from({ length: 201 }, () => ({ name: 'x' })) }],
    ['an unknown key', { ip: '203.0.113.7' }],
  ])('with %s is refused', async (_, wrong) => {
    expect((await put(order(wrong))).status).toBe(422)
  })

  it('is for the shop’s server alone, and at most a megabyte', async () => {
    const { token } = await shop.signIn('42')
    expect((await shop.put('/v1/orders', { orders: [order()] }, { token })).status).toBe(401)
    expect((await shop.put('/v1/orders', { orders: [order()] }, { origin: 'https://shop.example' })).status).toBe(403)
    expect((await put(order({ number: 'x'.repeat(1_100_000) }))).status).toBe(413)
  })

  it('of the past makes no chat by itself, and lets its buyer start one, which begins with the starter', async () => {
    await put(order({ chat: false }))
    expect(await shop.rows('chats')).toEqual([])
    const buyer = await shop.signIn('42')
    const { status, body } = await start(buyer.token, '1500', { seller: '23', message: message('Where is it?') })
    expect(status).toBe(201)
    expect(body.chat).toMatchObject({ seller: { id: '23' }, lastSeq: 2 })
    expect((await shop.messagesOf(buyer.token, body.chat.id)).map(({ side }) => side)).toEqual(['system', 'customer'])
    expect(await shop.rows('order_parts')).toMatchObject([{ starter: expect.any(String) }, { starter: null }])
  })
})

describe('the starter', () => {
  it('comes at the second try where the first made the chat and no more', async () => {
    await put(order({ chat: false }))
    const buyer = await shop.signIn('42')
    const db = worker.env.DB
    await db
      .prepare(
        `CREATE TRIGGER no_starters BEFORE INSERT ON messages WHEN NEW.client_id = 'order-starter' BEGIN SELECT RAISE(ABORT, 'away'); END`,
      )
      .run()
    const first = await start(buyer.token, '1500', { seller: '23', message: message('Where is it?') })
    await db.prepare('DROP TRIGGER no_starters').run()
    expect(first.status).toBe(500)
    const { status, body } = await start(buyer.token, '1500', { seller: '23', message: message('Where is it?') })
    expect(status).toBe(201)
    expect((await shop.messagesOf(buyer.token, body.chat.id)).map(({ side }) => side)).toEqual(['system', 'customer'])
  })

  const starter = async (template: string, more: object = {}, settings: object = {}) => {
    await shop.settle({ contexts: { order: { starterMessage: template } }, ...settings })
    expect((await put(order(more))).status).toBe(200)
    const buyer = await shop.signIn('42')
    const chat = (await shop.chatsOf(buyer.token)).find(({ seller: { id } }) => id === '19')
    return (await shop.messagesOf(buyer.token, chat.id))[0].body as string
  }

  it('fills every token, in the order’s currency and the site’s language and time zone', async () => {
    const template =
      '{{customer_name}}|{{seller_name}}|{{order_id}}|{{order_date}}|{{order_total}}|{{order_view_url}}|{{seller_item_count}}'
    const region = { region: { locale: 'de-AT', timeZone: 'Pacific/Auckland' } }
    const text = await starter(template, { currency: 'EUR', placedAt: '2026-11-20T23:30:00Z' }, region)
    expect(text).toBe(
      'Ada Sample|Oak Works|1001|21. November 2026|€ 50,00|https://shop.example/my-account/view-order/1500/|1'.replace(
        '€ ',
        '€\u00a0',
      ),
    )
  })

  it('never reads a value again as a token, a template or markup', async () => {
    const name = '{{order_total}} <img src=x onerror=alert(1)> {{customer_name}}'
    const items = [{ name, seller: '19', total: '5.00' }]
    const text = await starter('{{customer_name}}: {{order_details}}', {
      customer: { id: '42', name: '{{seller_name}}' },
      items,
    })
    expect(text).toBe(`{{seller_name}}: 1 × ${name} – $5.00`)
  })

  it('reads well without a name, and with amounts below nothing or without a currency', async () => {
    const items = [{ name: 'Refund', seller: '19', total: '-5.50' }]
    const more = { customer: { id: '42' }, currency: undefined, total: undefined, items }
    expect(await starter('Hello {{customer_name}}, {{order_total}}.', more)).toBe('Hello, -5.50.')
  })

  it('fits a message, however long the order is', async () => {
    const items = Array.from({ length: 200 }, (_, i) => ({
      name: `${i} ${'💡'.repeat(95)}`,
      seller: '19',
      total: '1.00',
    }))
    const text = await starter(`${'x'.repeat(1000)}{{order_details}}`, { items })
    expect(text.length).toBeLessThanOrEqual(4000)
    expect(text.isWellFormed()).toBe(true)
  })

  it('is refused with a token that does not exist', async () => {
    await expect(shop.settle({ contexts: { order: { starterMessage: '{{nope}}' } } })).rejects.toThrow('no token')
  })
})

describe('whose order it is', () => {
  it('is the buyer’s, or whom the shop vouches for; anybody else gets what there is for no order', async () => {
    await put(order({ chat: false }))
    const stranger = await shop.signIn('7')
    const none = await start(stranger.token, '999999')
    expect(none.status).toBe(404)
    expect((await start(stranger.token, '1500')).body).toEqual(none.body)
    expect((await start((await shop.guest()).token, '1500')).body).toEqual(none.body)
    const vouched = await shop.signIn('8', { orders: ['1500'] })
    expect((await start(vouched.token, '1500')).status).toBe(201)
    expect((await start((await shop.signIn('42')).token, '1500')).status).toBe(201)
  })

  it('of another site is nobody’s here', async () => {
    await put(order({ chat: false }))
    const here = shop
    shop = await openShop(worker)
    expect((await start((await shop.signIn('42')).token, '1500')).status).toBe(404)
    expect((await start((await here.signIn('42')).token, '1500')).status).toBe(201)
  })

  const guests = { customer: { name: 'Gil Guest', email: 'gil@example.com' } }

  it('of a guest is found by nobody with the id and the address alone', async () => {
    await put(order(guests))
    const [{ buyer }] = await shop.rows('orders')
    expect((await shop.rows('users')).find(({ id }) => id === buyer)).toMatchObject({
      guest: 1,
      email: 'gil@example.com',
    })
    const same = await shop.signIn('9', { email: 'gil@example.com', email_verified: true })
    expect(await shop.chatsOf(same.token)).toEqual([])
    expect((await start(same.token, '1500')).status).toBe(404)
    const guest = await shop.guest({ email: 'gil@example.com' })
    expect((await start(guest.token, '1500')).status).toBe(404)
  })

  it('of a guest becomes that of the account for which the shop vouches, chats and all', async () => {
    await put(order(guests))
    const buyer = await shop.signIn('42', { orders: ['1500'] })
    expect(await shop.chatsOf(buyer.token)).toHaveLength(2)
    expect((await start(buyer.token, '1500', { seller: '19' })).status).toBe(200)
    await put(order({ ...guests, modifiedAt: '2026-11-21T10:00:00Z' }))
    expect(await shop.rows('chats')).toHaveLength(2)
  })

  it('that changes hands shows the old buyer nothing new', async () => {
    await put(order())
    const old = await shop.signIn('42', { orders: ['1500'] })
    const [first, second] = await shop.chatsOf(old.token)
    await say(old.token, first.id, 'My door code is 1234')
    await put(order({ customer: { id: '43', name: 'Bea' }, status: 'completed', modifiedAt: '2026-11-21T10:00:00Z' }))
    // What was written stays readable as it was; where nothing was, nothing is left.
    const kept = await shop.chatsOf(old.token)
    expect(kept).toMatchObject([{ id: first.id, state: 'read_only', thing: { title: 'Order 1001' } }])
    expect(kept[0].thing.status).toBeUndefined()
    expect((await say(old.token, first.id, 'hello?')).body.code).toBe('chat_read_only')
    expect((await say(old.token, second.id, 'hello?')).status).toBe(404)
    const next = await shop.signIn('43')
    const theirs = await shop.chatsOf(next.token)
    expect(theirs).toHaveLength(2)
    for (const chat of theirs) {
      expect(chat).toMatchObject({ state: 'open', lastSeq: 1, thing: { status: 'completed' } })
      expect((await shop.messagesOf(next.token, chat.id))[0].body).toContain('Hello Bea')
    }
    // Neither the old session's vouch nor the order's id opens it again.
    expect((await start(old.token, '1500', { seller: '23' })).status).toBe(404)
    await put(order({ status: 'refunded', modifiedAt: '2026-11-22T10:00:00Z' }))
    expect(await shop.chatsOf(old.token)).toHaveLength(2)
    expect((await shop.chatsOf(old.token)).every(({ state }) => state === 'open')).toBe(true)
    expect(await shop.chatsOf(next.token)).toEqual([])
  })
})
