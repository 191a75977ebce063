import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Hooks, openHooks, sample } from '../support/hooks.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let shop: TestShop
let hooks: Hooks
let plain: any

beforeAll(async () => {
  worker = await startWorker()
  plain = await sample('woocommerce-order-created-wc7.5-store-api.json')
})
afterAll(() => worker.stop())
beforeEach(async () => {
  shop = await openShop(worker, { contexts: { post: { enabled: true } } })
  hooks = await openHooks(worker, shop)
})

const BUYER = '27375286'
const start = (token: string, type: string, id: string, more: object = {}) =>
  worker.call('/v1/chats', { token, body: { context: { type, id }, ...more } })

describe('a context that is switched off', () => {
  it.each(['product', 'order', 'post'])(
    'takes no new chat (%s); the old ones stay, to be read and answered',
    async (type) => {
      const reader = await shop.signIn('42', { orders: ['1'] })
      const { body } = await start(reader.token, type, '1')
      await shop.settle({ contexts: { [type]: { enabled: false } } })
      expect(await start(reader.token, type, '1')).toMatchObject({ status: 403, body: { code: 'context_off' } })
      expect(await start(reader.token, type, '2')).toMatchObject({ status: 403, body: { code: 'context_off' } })
      expect((await shop.chatsOf(reader.token)).map(({ id }) => id)).toEqual([body.chat.id])
      const message = { clientId: 'client-1', body: 'Still here' }
      expect(
        (await worker.call(`/v1/chats/${body.chat.id}/messages`, { token: reader.token, body: message })).status,
      ).toBe(201)
    },
  )

  it('is off for orders at first, and then no order makes a chat, by hook or by hand', async () => {
    await shop.settle({ contexts: { order: null } })
    await hooks.deliver('order.created', plain)
    expect(await shop.rows('chats')).toEqual([])
    // Nothing waits to be said once it is switched on, and nobody is thanked late.
    expect(await shop.rows('order_parts')).toMatchObject([{ starter: null }])
    await shop.settle({ contexts: { order: { enabled: true } } })
    await hooks.deliver('order.updated', { ...plain, date_modified_gmt: '2023-03-30T00:00:00' })
    expect(await shop.rows('chats')).toEqual([])
    expect((await start((await shop.signIn(BUYER)).token, 'order', '459')).status).toBe(201)
  })
})

describe('the order button', () => {
  it('switched off lets nobody start a chat by hand, while those of new orders still come', async () => {
    await shop.settle({ contexts: { order: { button: false } } })
    await hooks.deliver('order.created', plain)
    const buyer = await shop.signIn(BUYER, { orders: ['459', '460'] })
    expect(await shop.chatsOf(buyer.token)).toMatchObject([{ thing: { id: '459' } }])
    for (const id of ['459', '460']) {
      const refused = await start(buyer.token, 'order', id)
      expect(refused).toMatchObject({
        status: 403,
        body: { code: 'context_off', detail: expect.stringContaining('by hand') },
      })
    }
    await shop.settle({ contexts: { order: { button: true } } })
    expect((await start(buyer.token, 'order', '459')).status).toBe(200)
  })

  it('is all there is where orders make no chat by themselves', async () => {
    await shop.settle({ contexts: { order: { createAutomatically: false } } })
    await hooks.deliver('order.created', plain)
    const buyer = await shop.signIn(BUYER)
    expect(await shop.chatsOf(buyer.token)).toEqual([])
    const answers = await Promise.all(Array.from({ length: 8 }, () => start(buyer.token, 'order', '459')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    const [chat] = await shop.chatsOf(buyer.token)
    expect((await shop.messagesOf(buyer.token, chat.id)).map(({ side }) => side)).toEqual(['system'])
    await shop.settle({ contexts: { order: { createAutomatically: true } } })
    await hooks.deliver('order.updated', { ...plain, date_modified_gmt: '2023-03-30T00:00:00' })
    expect(await shop.rows('chats')).toHaveLength(1)
  })
})

describe('a post', () => {
  const posts = (...rows: object[]) => shop.put('/v1/catalog/posts', { posts: rows })

  it('is answered by its author’s desk, and shown as the catalog knows it', async () => {
    const card = {
      title: 'How we oil a bowl',
      url: 'https://shop.example/oil/',
      picture: 'https://shop.example/oil.jpg',
    }
    expect(await posts({ id: '88', author: '19', ...card })).toMatchObject({ status: 200, body: { saved: 1 } })
    const reader = await shop.guest()
    const claim = { title: 'Another title', price: '$1' }
    const { body } = await worker.call('/v1/chats', {
      token: reader.token,
      body: { context: { type: 'post', id: '88', claim } },
    })
    expect(body.chat).toMatchObject({ seller: { id: '19' }, thing: { type: 'post', ...card, known: true } })
    await posts({ id: '88', title: 'Renamed' })
    const again = (await worker.call(`/v1/chats/${body.chat.id}`, { token: reader.token })).body.chat
    expect(again.thing).toMatchObject({ title: 'Renamed', url: null })
  })

  it('of an author without a desk, or of nobody, is answered by the default one', async () => {
    await posts({ id: '1', title: 'One', author: '777' }, { id: '2', title: 'Two' })
    const reader = await shop.guest()
    for (const id of ['1', '2', 'unheard-of'])
      expect((await start(reader.token, 'post', id)).body.chat.seller.id).toBe('shop')
    expect((await start(reader.token, 'post', '1', { seller: '19' })).body.code).toBe('seller_unknown')
  })

  it.each([
    ['a url that runs code', { url: 'javascript:alert(1)' }],
    ['no title', { title: ' ' }],
    ['an unknown key', { seller: '19' }],
  ])('with %s is refused, and all of its batch', async (_, wrong) => {
    expect((await posts({ id: '1', title: 'One' }, { id: '2', title: 'Two', ...wrong })).status).toBe(422)
    expect(await shop.rows('posts')).toEqual([])
  })

  it('is told by the shop’s server alone, and of its own site', async () => {
    expect((await shop.put('/v1/catalog/posts', { posts: [] })).status).toBe(422)
    expect((await worker.call('/v1/catalog/posts', { method: 'PUT', body: { posts: [] } })).status).toBe(403)
    await posts({ id: '1', title: 'One', author: '19' })
    const other = await openShop(worker, { contexts: { post: { enabled: true } } })
    const { body } = await start((await other.guest()).token, 'post', '1')
    expect(body.chat).toMatchObject({ seller: { id: 'shop' }, thing: { known: false } })
  })
})

describe('the link of a guest’s order', () => {
  const link = async (order: string) => {
    const key = { method: 'POST', origin: null, token: shop.server.secret }
    const { status, body } = await worker.call(`/v1/orders/${order}/link`, key)
    return status === 201 ? { ...body, token: body.url.split('=').at(-1) } : null
  }
  const guests = { customer_id: 0 }

  it('lets its buyer read and answer, once', async () => {
    await hooks.deliver('order.created', { ...plain, ...guests })
    const made = await link('459')
    expect(made?.url).toBe(`${worker.url}/inbox?site=${shop.id}#shopbell-link=${made?.token}`)
    const opened = await shop.open({ link: made?.token })
    expect(opened).toMatchObject({
      status: 201,
      body: { user: { role: 'customer', name: 'Tyrel Senger', sellers: [] } },
    })
    const { token } = opened.body
    const [chat] = await shop.chatsOf(token)
    expect(chat).toMatchObject({ thing: { id: '459' }, unread: 1 })
    const message = { clientId: 'client-1', body: 'Thanks' }
    expect((await worker.call(`/v1/chats/${chat.id}/messages`, { token, body: message })).status).toBe(201)
    expect((await start(token, 'order', '459')).status).toBe(200)
    expect((await start(token, 'order', '460')).status).toBe(404)
    expect((await shop.open({ link: made?.token })).body.code).toBe('link_invalid')
    const refreshed = await worker.call('/v1/sessions/refresh', { body: { refreshToken: opened.body.refreshToken } })
    expect(refreshed.status).toBe(200)
    // Signed in at the shop later, they keep what they had.
    const account = await shop.signIn('99', {}, { guestToken: refreshed.body.refreshToken })
    expect((await shop.chatsOf(account.token)).map(({ id }) => id)).toEqual([chat.id])
    expect(await link('459')).toBeNull()
  })

  it('works where the shop admits no guests, and goes to the shop’s own page', async () => {
    await shop.settle({ guests: { mode: 'none' }, general: { chatsPageUrl: 'https://shop.example/chats#top' } })
    await hooks.deliver('order.created', { ...plain, ...guests })
    const made = await link('459')
    expect(made?.url).toBe(`https://shop.example/chats#shopbell-link=${made?.token}`)
    const { body } = await shop.open({ link: made?.token })
    expect(await shop.chatsOf(body.token)).toHaveLength(1)
  })

  it('is made for nobody who has an account, nor for an order that is not there or was thrown away', async () => {
    await hooks.deliver('order.created', plain)
    expect(await link('459')).toBeNull()
    expect(await link('460')).toBeNull()
    await hooks.deliver('order.created', { ...plain, ...guests, id: 461 })
    expect(await link('461')).not.toBeNull()
    await hooks.deliver('order.deleted', { id: 461 })
    expect(await link('461')).toBeNull()
  })

  it('opens nothing at another site, and nothing of an order that went to somebody else', async () => {
    await hooks.deliver('order.created', { ...plain, ...guests })
    const made = await link('459')
    const other = await openShop(worker)
    expect((await other.open({ link: made?.token })).body.code).toBe('link_invalid')
    await hooks.deliver('order.updated', { ...plain, customer_id: 42, date_modified_gmt: '2023-03-30T00:00:00' })
    const { body } = await shop.open({ link: made?.token })
    expect(await shop.chatsOf(body.token)).toEqual([])
    expect((await start(body.token, 'order', '459')).status).toBe(404)
    expect(await shop.chatsOf((await shop.signIn('42')).token)).toHaveLength(1)
  })
})
