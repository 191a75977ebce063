import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: TestSite
let shopper: Person
let seller: Person

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB)
  await site.seller('oak', 'Oak Works')
  await site.product('310', { seller: 'oak', title: 'Walnut Bowl' })
  shopper = await site.person({ name: 'Sam' })
  seller = await site.person({ role: 'seller', name: 'Priya', sellers: ['oak'] })
})
afterAll(() => worker.stop())

let made = 0
const clientId = () => `client-id-${made++}`
const about = (id: string, claim?: object) => ({ context: { type: 'product', id, ...(claim ? { claim } : {}) } })
const start = (token: string, body: object) => worker.call('/v1/chats', { token, body })
const say = (token: string, chat: string, body: string, id = clientId()) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: id, body } })

describe('starting a chat', () => {
  it('gives the product’s own seller, the catalog’s card and the first message', async () => {
    const message = { clientId: clientId(), body: 'Is it food safe?' }
    const { status, body } = await start(shopper.token, { ...about('310', { title: 'Cheap bowl' }), message })
    expect(status).toBe(201)
    expect(body.chat).toMatchObject({
      side: 'customer',
      state: 'open',
      seller: { id: 'oak', name: 'Oak Works' },
      thing: { title: 'Walnut Bowl', known: true },
      lastSeq: 1,
      unread: 0,
    })
    expect(body.message).toMatchObject({ seq: 1, side: 'customer', body: 'Is it food safe?', author: shopper.id })
    const theirs = await worker.call('/v1/chats', { token: seller.token })
    expect(theirs.body.chats).toMatchObject([
      { id: body.chat.id, side: 'seller', unread: 1, customer: { name: 'Sam' } },
    ])
  })

  it('opens the old chat when the same thing is asked about again', async () => {
    const first = await start(shopper.token, about('310'))
    const again = await start(shopper.token, about('310'))
    expect(again.status).toBe(200)
    expect(again.body.chat.id).toBe(first.body.chat.id)
  })

  it('is one chat under twenty presses at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => start(shopper.token, about('many-presses'))))
    expect(new Set(answers.map(({ body }) => body.chat.id)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('sends the first message once when the whole request is repeated', async () => {
    const request = { ...about('repeated'), message: { clientId: clientId(), body: 'Hello' } }
    const [first, second] = [await start(shopper.token, request), await start(shopper.token, request)]
    expect(second.status).toBe(200)
    expect(second.body.message).toEqual(first.body.message)
    expect(second.body.chat.lastSeq).toBe(1)
  })

  it('shows what the page claims until the catalog knows the thing', async () => {
    const claim = { title: 'Linen Napkin', price: '$9.00', url: 'https://shop.example/napkin' }
    const { body } = await start(shopper.token, about('unknown-1', claim))
    expect(body.chat.thing).toMatchObject({ ...claim, known: false })
    await site.product('unknown-1', { seller: 'oak', title: 'Napkin, real' })
    const later = await worker.call(`/v1/chats/${body.chat.id}`, { token: shopper.token })
    expect(later.body.chat.thing).toMatchObject({ title: 'Napkin, real', known: true })
    expect(later.body.chat.seller.id).toBe('shop')
  })

  it('lets a request choose only among the sellers known for the thing', async () => {
    await site.seller('other')
    const refused = await start(shopper.token, { ...about('310'), seller: 'other' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'seller_unknown' } })
    expect((await start(shopper.token, { ...about('310'), seller: 'oak' })).status).toBe(200)
  })

  it('refuses javascript: addresses, unknown keys and ids with spaces', async () => {
    for (const bad of [
      about('1', { url: 'javascript:alert(1)' }),
      about('1', { picture: 'data:image/png;base64,AA' }),
      about('a b'),
      { ...about('1'), admin: true },
      { context: { type: 'cart', id: '1' } },
    ])
      expect(await start(shopper.token, bad)).toMatchObject({ status: 422, body: { code: 'invalid' } })
  })

  it('does not let sellers ask themselves', async () => {
    expect(await start(seller.token, about('310'))).toMatchObject({ status: 422, body: { code: 'seller_unknown' } })
  })

  it('refuses a context that is switched off, and an order that nobody vouched for', async () => {
    const off = await makeSite(worker.env.DB, { contexts: { product: { enabled: false }, order: { enabled: true } } })
    const visitor = await off.person()
    expect(await start(visitor.token, about('1'))).toMatchObject({ status: 403, body: { code: 'context_off' } })
    const order = { context: { type: 'order', id: '1001' } }
    expect(await start(visitor.token, order)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('messages', () => {
  it('are numbered without a hole and read back in order, by page', async () => {
    const { body } = await start(shopper.token, about('paging'))
    const chat = body.chat.id
    for (let i = 1; i <= 7; i++) expect((await say(shopper.token, chat, `m${i}`)).body.message.seq).toBe(i)
    const page = async (query: string) => {
      const { body } = await worker.call(`/v1/chats/${chat}/messages?${query}`, { token: shopper.token })
      return [body.messages.map((m: { body: string }) => m.body).join(' '), body.more]
    }
    expect(await page('limit=3')).toEqual(['m5 m6 m7', true])
    expect(await page('limit=3&before=5')).toEqual(['m2 m3 m4', true])
    expect(await page('limit=3&before=2')).toEqual(['m1', false])
    expect(await page('limit=3&after=4')).toEqual(['m5 m6 m7', false])
    expect(await page('limit=2&after=0')).toEqual(['m1 m2', true])
  })

  it('are stored once for the same clientId, and refused for another text under it', async () => {
    const { body } = await start(shopper.token, about('idempotent'))
    const id = clientId()
    const first = await say(shopper.token, body.chat.id, 'once', id)
    const repeats = await Promise.all(Array.from({ length: 50 }, () => say(shopper.token, body.chat.id, 'once', id)))
    expect(first.status).toBe(201)
    for (const repeat of repeats) expect(repeat).toMatchObject({ status: 200, body: first.body })
    expect(await say(shopper.token, body.chat.id, 'twice', id)).toMatchObject({
      status: 409,
      body: { code: 'client_id_reused' },
    })
  })

  it.each([
    ['empty', ''],
    ['only spaces', ' \n\t '],
    ['4,001 characters', 'x'.repeat(4001)],
    ['control characters', 'a\u0007b'],
    ['a bidi override', 'a\u202eb'],
    ['a lone surrogate', 'a\ud800'],
  ])('are refused when %s', async (_, text) => {
    const { body } = await start(shopper.token, about('bad-text'))
    const refused = await say(shopper.token, body.chat.id, text)
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', issues: [{ path: 'body' }] } })
  })

  it('keep 4,000 characters, line breaks, emoji and right-to-left text as they are', async () => {
    const { body } = await start(shopper.token, about('good-text'))
    for (const text of ['x'.repeat(4000), 'a\nb', '👩‍👩‍👧 שלום مرحبا', '<b>{{x}}</b>'])
      expect((await say(shopper.token, body.chat.id, text)).body.message.body).toBe(text)
  })

  it('cannot be sent to, or read from, a chat that is not mine: the same answer as for none', async () => {
    const { body } = await start(shopper.token, about('private'))
    const stranger = await site.person()
    const abroad = await (await makeSite(worker.env.DB)).person()
    const unknown = `chat_${'x'.repeat(22)}`
    const titles = new Set<string>()
    for (const [token, chat] of [
      [stranger.token, body.chat.id],
      [abroad.token, body.chat.id],
      [shopper.token, unknown],
      [shopper.token, 'nonsense'],
    ] as const) {
      const answers = [
        await say(token, chat, 'hi'),
        await worker.call(`/v1/chats/${chat}`, { token }),
        await worker.call(`/v1/chats/${chat}/messages`, { token }),
        await worker.call(`/v1/chats/${chat}/read`, { token, method: 'PUT', body: { seq: 1 } }),
        await worker.call(`/v1/chats/${chat}/state`, { token, method: 'PUT', body: { state: 'closed' } }),
        await worker.call(`/v1/chats/${chat}/block`, { token, method: 'PUT', body: { blocked: true } }),
      ]
      for (const answer of answers) {
        expect(answer.status).toBe(404)
        titles.add(JSON.stringify(answer.body))
      }
    }
    expect(titles.size).toBe(1)
  })
})

describe('read marks, closing and blocking', () => {
  async function conversation(thing: string) {
    const { body } = await start(shopper.token, { ...about(thing), message: { clientId: clientId(), body: 'Hi' } })
    return body.chat.id as string
  }
  const chatOf = async (token: string, id: string) => (await worker.call(`/v1/chats/${id}`, { token })).body.chat
  const put = (token: string, path: string, body: object) => worker.call(path, { token, method: 'PUT', body })

  it('moves marks forward only, never past the end, and tells the other side', async () => {
    await site.product('marks', { seller: 'oak' })
    const id = await conversation('marks')
    await say(shopper.token, id, 'two')
    expect((await chatOf(seller.token, id)).unread).toBe(2)
    expect((await put(seller.token, `/v1/chats/${id}/read`, { seq: 1 })).status).toBe(204)
    expect(await chatOf(seller.token, id)).toMatchObject({ unread: 1, readSeq: 1 })
    await put(seller.token, `/v1/chats/${id}/read`, { seq: 99 })
    await put(seller.token, `/v1/chats/${id}/read`, { seq: 1 })
    expect(await chatOf(seller.token, id)).toMatchObject({ unread: 0, readSeq: 2 })
    expect((await chatOf(shopper.token, id)).peerReadSeq).toBe(2)
  })

  it('takes what I write as read by me, unless there is something I have not seen', async () => {
    await site.product('own-words', { seller: 'oak' })
    const id = await conversation('own-words')
    expect(await chatOf(shopper.token, id)).toMatchObject({ readSeq: 1, unread: 0 })
    await say(seller.token, id, 'answered without looking')
    expect(await chatOf(seller.token, id)).toMatchObject({ readSeq: 0, unread: 1 })
    await say(shopper.token, id, 'and again without looking')
    expect(await chatOf(shopper.token, id)).toMatchObject({ readSeq: 1, unread: 1 })
  })

  it('refuses messages to a closed chat until it is opened again', async () => {
    await site.product('closing', { seller: 'oak' })
    const id = await conversation('closing')
    const closed = await put(seller.token, `/v1/chats/${id}/state`, { state: 'closed' })
    expect(closed.body.chat.state).toBe('closed')
    expect(await say(shopper.token, id, 'still there?')).toMatchObject({ status: 409, body: { code: 'chat_closed' } })
    await put(shopper.token, `/v1/chats/${id}/state`, { state: 'open' })
    expect((await say(shopper.token, id, 'still there?')).status).toBe(201)
  })

  it('keeps a blocked customer from writing to that desk, in old chats and new, until it is lifted', async () => {
    for (const thing of ['block-1', 'block-2']) await site.product(thing, { seller: 'oak' })
    const id = await conversation('block-1')
    expect(await put(shopper.token, `/v1/chats/${id}/block`, { blocked: true })).toMatchObject({ status: 403 })
    expect((await put(seller.token, `/v1/chats/${id}/block`, { blocked: true })).body.chat.customer.blocked).toBe(true)
    expect(await say(shopper.token, id, 'please')).toMatchObject({ status: 403, body: { code: 'blocked' } })
    expect(await start(shopper.token, about('block-2'))).toMatchObject({ status: 403, body: { code: 'blocked' } })
    expect((await say(seller.token, id, 'No.')).status).toBe(201)
    expect((await start(shopper.token, about('another-desk'))).status).toBe(201)
    await put(seller.token, `/v1/chats/${id}/block`, { blocked: false })
    expect((await say(shopper.token, id, 'thanks')).status).toBe(201)
  })
})

describe('the list', () => {
  it('pages newest first, filters, and finds by title, person and last words', async () => {
    const own = await makeSite(worker.env.DB, { limits: { enabled: false } })
    const [customer, desk] = [await own.person({ name: 'Zoë Müller' }), await own.person({ role: 'seller' })]
    for (let i = 0; i < 60; i++) {
      await own.product(`p${i}`, { title: `Thing ${i}` })
      await start(customer.token, { ...about(`p${i}`), message: { clientId: clientId(), body: `about ÄPFEL ${i}` } })
    }
    const list = async (query = '') => (await worker.call(`/v1/chats?${query}`, { token: desk.token })).body
    const first = await list()
    expect(first.chats).toHaveLength(50)
    expect(first.chats[0].thing.title).toBe('Thing 59')
    expect(first.unreadChats).toBe(60)
    const second = await list(`before=${first.next}`)
    expect(second.chats.map((c: any) => c.thing.title)).toEqual(Array.from({ length: 10 }, (_, i) => `Thing ${9 - i}`))
    expect(second.next).toBeNull()
    expect((await list('filter=order')).chats).toEqual([])
    expect((await list('filter=product&about=product:p7')).chats).toHaveLength(1)
    expect((await list(`q=${encodeURIComponent('äpfel 33')}`)).chats).toMatchObject([{ thing: { id: 'p33' } }])
    expect((await list('q=zoe')).chats).toHaveLength(50)
    expect((await list('q=thing%2012')).chats).toHaveLength(1)
    await worker.call(`/v1/chats/${first.chats[0].id}/read`, { token: desk.token, method: 'PUT', body: { seq: 1 } })
    expect((await list('filter=unread')).unreadChats).toBe(59)
  })

  it('hides from sellers what nobody has written in yet', async () => {
    const own = await makeSite(worker.env.DB)
    const [customer, desk] = [await own.person(), await own.person({ role: 'seller' })]
    await start(customer.token, about('empty'))
    expect((await worker.call('/v1/chats', { token: desk.token })).body.chats).toEqual([])
    expect((await worker.call('/v1/chats', { token: customer.token })).body.chats).toHaveLength(1)
  })
})
