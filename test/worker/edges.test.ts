import { sign } from 'hono/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type MadeSite } from '../support/identity.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { openSocket } from '../support/socket.ts'
import { startWorker, TEST_SECRET, type TestWorker } from '../support/worker.ts'

// Where two features meet: sockets and sessions, merges and blocks, pages and joining.

let worker: TestWorker
beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())

let made = 0
const clientId = () => `client-id-${made++}`
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const start = (token: string, id: string, message: object = { clientId: clientId(), body: 'Hi' }) =>
  worker.call('/v1/chats', { token, body: { context: { type: 'product', id }, message } })
const say = (token: string, chat: string, body = 'hi', id = clientId()) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: id, body } })
const put = (token: string, path: string, body: object) => worker.call(path, { token, method: 'PUT', body })
const sync = async (token: string, since = '') =>
  (await worker.call(`/v1/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`, { token })).body

describe.concurrent('sockets', () => {
  let site: TestSite
  let shopper: Person
  beforeAll(async () => {
    site = await makeSite(worker.env.DB, { limits: { enabled: false } })
    shopper = await site.person()
  })

  it('make room for the newest by closing the oldest', async () => {
    const own = await makeSite(worker.env.DB, { limits: { enabled: false } })
    const busy = await own.person({ role: 'seller' })
    const sockets = []
    for (let i = 0; i < 23; i++) sockets.push(await openSocket(worker.url, busy.token))
    const { body } = await start((await own.person()).token, 'many-tabs')
    await Promise.all(sockets.slice(3).map((socket) => socket.next((f) => f.message?.chat === body.chat.id)))
    for (const old of sockets.slice(0, 3)) {
      expect((await old.closed).code).toBe(4429)
      expect(old.frames).toEqual([])
    }
    for (const socket of sockets) socket.close()
  })

  it('hear nothing of what comes 10 s after their session was revoked behind their back', async () => {
    const colleague = await site.person({ role: 'seller' })
    const socket = await openSocket(worker.url, colleague.token)
    const { body } = await start(shopper.token, 'revoked')
    await socket.next((f) => f.message?.chat === body.chat.id)
    await worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(colleague.session).run()
    await pause(5_100)
    await say(shopper.token, body.chat.id, 'a secret')
    expect((await socket.closed).code).toBe(4401)
    expect(JSON.stringify(socket.frames)).not.toContain('a secret')
  })

  it('of guests hear nothing more once a site admits none', async () => {
    const own = await makeSite(worker.env.DB, { limits: { enabled: false } })
    const [guest, its] = [await own.person({ role: 'guest' }), await own.person({ role: 'seller' })]
    const { body } = await start(guest.token, 'guests')
    const socket = await openSocket(worker.url, guest.token)
    await own.settings({ limits: { enabled: false }, guests: { mode: 'none' } })
    await pause(5_100)
    await say(its.token, body.chat.id, 'a secret')
    expect((await socket.closed).code).toBe(4401)
    expect(JSON.stringify(socket.frames)).not.toContain('a secret')
  })

  it('of staff come from the back office, not from the shop', async () => {
    const admin = await site.person({ role: 'admin' })
    await expect(openSocket(worker.url, admin.token)).rejects.toThrow('socket refused')
    await worker.env.DB.prepare('INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, ?, 0)')
      .bind(site.id, 'https://office.example', 'admin')
      .run()
    await pause(5_100)
    const socket = await openSocket(worker.url, admin.token, { origin: 'https://office.example' })
    socket.close()
  })
})

describe('a guest who signs in', () => {
  let site: MadeSite
  let seller: { token: string }
  beforeAll(async () => {
    site = await createSite(worker)
    seller = await site.signIn('s1', { role: 'seller', sellers: ['shop'] })
  })

  it('repeats a message under the same clientId without a second row', async () => {
    const guest = await site.guest()
    const id = clientId()
    const { body } = await start(guest.token, 'retry-over-merge', { clientId: id, body: 'once' })
    const user = await site.signIn('u-retry', {}, { guestToken: guest.refreshToken })
    const again = await say(user.token, body.chat.id, 'once', id)
    expect(again).toMatchObject({ status: 200, body: { message: { seq: 1, author: user.user.id } } })
    const repeated = await start(user.token, 'retry-over-merge', { clientId: id, body: 'once' })
    expect(repeated.body.chat.lastSeq).toBe(1)
  })

  it('is blocked as the person they became, whichever of two chats the seller blocks from', async () => {
    const before = await site.signIn('u-twin')
    await start(before.token, 'twin')
    const guest = await site.guest()
    const twin = await start(guest.token, 'twin')
    const user = await site.signIn('u-twin', {}, { guestToken: guest.refreshToken })
    const own = await start(user.token, 'twin')
    expect(own.body.chat.id).not.toBe(twin.body.chat.id)
    const blocked = await put(seller.token, `/v1/chats/${twin.body.chat.id}/block`, { blocked: true })
    expect(blocked.body.chat.customer).toMatchObject({ id: user.user.id, blocked: true })
    expect(await say(user.token, own.body.chat.id)).toMatchObject({ status: 403, body: { code: 'blocked' } })
    await put(seller.token, `/v1/chats/${own.body.chat.id}/block`, { blocked: false })
    expect((await say(user.token, own.body.chat.id)).status).toBe(201)
  })
})

describe('changes to a chat', () => {
  let site: TestSite
  let shopper: Person
  let seller: Person
  let chat: string
  beforeAll(async () => {
    site = await makeSite(worker.env.DB)
    ;[shopper, seller] = [await site.person(), await site.person({ role: 'seller' })]
    chat = (await start(shopper.token, 'changes')).body.chat.id
  })

  it('are told to have failed under a revoked session', async () => {
    const gone = await site.person({ role: 'seller' })
    const own = (await start(shopper.token, 'gone')).body.chat.id
    await worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(gone.session).run()
    for (const [path, body] of [
      ['read', { seq: 1 }],
      ['state', { state: 'closed' }],
      ['block', { blocked: true }],
    ] as const)
      expect(await put(gone.token, `/v1/chats/${own}/${path}`, body)).toMatchObject({
        status: 401,
        body: { code: 'session_ended' },
      })
  })

  it('count for the burst limit where everybody hears of them', async () => {
    const answers = []
    for (let i = 0; i < 15; i++)
      answers.push(await put(seller.token, `/v1/chats/${chat}/state`, { state: i % 2 ? 'open' : 'closed' }))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'burst_limited' } })
  })

  it('are not for a blocked customer: a closed chat stays closed', async () => {
    const own = (await start(shopper.token, 'blocked-and-closed')).body.chat.id
    await put(seller.token, `/v1/chats/${own}/block`, { blocked: true })
    await put(seller.token, `/v1/chats/${own}/state`, { state: 'closed' })
    expect(await put(shopper.token, `/v1/chats/${own}/state`, { state: 'open' })).toMatchObject({
      status: 403,
      body: { code: 'blocked' },
    })
    await put(seller.token, `/v1/chats/${own}/block`, { blocked: false })
  })

  it('an admin makes for everybody: a person blocked on the site writes to no seller until it is lifted', async () => {
    const own = await makeSite(worker.env.DB)
    await worker.env.DB.prepare("UPDATE site_origins SET use = 'admin' WHERE site = ?").bind(own.id).run()
    await worker.env.DB.prepare(
      "INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, 'https://shop.example', 'shop', 0)",
    )
      .bind(own.id)
      .run()
    const [customer, desk, admin] = [
      await own.person(),
      await own.person({ role: 'seller' }),
      await own.person({ role: 'admin' }),
    ]
    const { body } = await start(customer.token, 'site-block')
    const { cursor } = await sync(desk.token)
    const block = (token: string, user: string, blocked: boolean) => put(token, `/v1/users/${user}/block`, { blocked })
    expect((await block(desk.token, customer.id, true)).status).toBe(403)
    expect((await block(admin.token, 'usr_nobody-at-all', true)).status).toBe(404)
    expect((await block(admin.token, customer.id, true)).status).toBe(204)
    expect((await sync(desk.token, cursor)).chats).toMatchObject([{ id: body.chat.id, customer: { blocked: true } }])
    expect(await say(customer.token, body.chat.id)).toMatchObject({ status: 403, body: { code: 'blocked' } })
    expect(await start(customer.token, 'another')).toMatchObject({ status: 403, body: { code: 'blocked' } })
    expect((await block(admin.token, customer.id, false)).status).toBe(204)
    expect((await say(customer.token, body.chat.id)).status).toBe(201)
  })

  it('leave no object behind for a chat that does not exist', async () => {
    const rooms = async () => (await worker.handle.listDurableObjectIds('CHAT_ROOM' as never)).length
    const before = await rooms()
    for (let i = 0; i < 5; i++) {
      await say(shopper.token, `chat_${'x'.repeat(21)}${i}`)
      await put(shopper.token, `/v1/chats/chat_${'y'.repeat(21)}${i}/read`, { seq: 1 })
    }
    for (let i = 0; i < 5; i++) {
      const name = `${site.id}/chat_${'x'.repeat(21)}${i}`
      const storage = await worker.handle.getDurableObjectStorage('CHAT_ROOM' as never, { name } as never)
      expect(await storage.exec('SELECT count(*) n FROM sqlite_master')).toEqual([{ n: 0 }])
    }
    expect(await rooms()).toBeGreaterThanOrEqual(before)
  })
})

describe('catching up and lists', () => {
  it('say reset for every chat of a desk that one joins, on every page', async () => {
    const site = await createSite(worker)
    await site.signIn('first', { role: 'seller', sellers: ['shop'] })
    const server = { origin: null, token: site.server.secret, method: 'PUT' }
    await worker.call('/v1/settings', { ...server, body: { version: 1, settings: { limits: { enabled: false } } } })
    const customer = await site.signIn('customer')
    for (let i = 0; i < 70; i++) await start(customer.token, `p${i}`)
    const second = await site.signIn('second', { role: 'customer' })
    const { cursor } = await sync(second.token)
    await worker.call('/v1/sellers', {
      ...server,
      body: { sellers: [{ id: 'shop', name: 'Shop', members: ['first', 'second'] }] },
    })
    const seen: boolean[] = []
    for (let since = cursor, more = true; more; ) {
      const page = await sync(second.token, since)
      seen.push(...page.chats.map((chat: { reset: boolean }) => chat.reset))
      ;({ cursor: since, more } = page)
    }
    expect(seen).toHaveLength(70)
    expect(seen.every(Boolean)).toBe(true)
  })

  it('tell sellers nothing of a chat that nobody has written in', async () => {
    const site = await makeSite(worker.env.DB)
    const [shopper, seller] = [await site.person(), await site.person({ role: 'seller' })]
    const { cursor } = await sync(seller.token)
    await worker.call('/v1/chats', { token: shopper.token, body: { context: { type: 'product', id: 'empty' } } })
    expect((await sync(seller.token, cursor)).chats).toEqual([])
    const { body } = await start(shopper.token, 'empty')
    expect((await sync(seller.token, cursor)).chats).toMatchObject([{ id: body.chat.id, lastSeq: 1 }])
  })

  it('refuse a page mark that is not ours', async () => {
    const site = await makeSite(worker.env.DB)
    const { token } = await site.person()
    for (const before of ['x', '1e999.chat_abcdefghijk', '5', '5.', "5.chat_'; --abcdefg"])
      expect(await worker.call(`/v1/chats?before=${encodeURIComponent(before)}`, { token })).toMatchObject({
        status: 422,
      })
  })
})

describe('texts that show as nothing, or as something else', () => {
  it('are refused in messages, names, prices and addresses', async () => {
    const site = await makeSite(worker.env.DB)
    const { token } = await site.person()
    const { body } = await start(token, 'texts')
    for (const text of ['\u200b', '\u2060', '\u3164', '\u00ad', '\u2800 \u200b'])
      expect(await say(token, body.chat.id, text)).toMatchObject({ status: 422 })
    for (const claim of [
      { price: '\u202e00.1$' },
      { price: 'a\u0007b' },
      { url: 'https://shop.example/\u202egpj.exe' },
      { url: 'https://bank.example@evil.example/' },
      { title: '\u200b' },
    ])
      expect(
        await worker.call('/v1/chats', { token, body: { context: { type: 'product', id: '1', claim } } }),
      ).toMatchObject({ status: 422, body: { code: 'invalid' } })
    const named = await worker.call('/v1/sessions', { body: { site: site.id, guest: { name: '\u200b' } } })
    expect(named.status).toBe(422)
  })
})

it('a token of this deployment for another use opens nothing', async () => {
  const site = await makeSite(worker.env.DB)
  const now = Math.floor(Date.now() / 1000)
  const token = await sign({ aud: 'shopbell-operator', iat: now, exp: now + 60 }, TEST_SECRET)
  expect(await worker.call('/v1/chats', { token })).toMatchObject({ status: 401 })
  const { token: session } = await site.person({ role: 'owner' })
  expect(await worker.call('/v1/operator/sites', { token: session, origin: null })).toMatchObject({ status: 401 })
})
