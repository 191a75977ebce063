import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())

const put = (body: unknown, options: object = {}) =>
  worker.call('/v1/sellers', { method: 'PUT', origin: null, token: site.server.secret, body, ...options })
const desk = (id: string, more: object = {}) => ({ id, name: `Desk ${id}`, ...more })
const product = (id: string, seller: string) =>
  worker.call('/v1/catalog/products', {
    method: 'PUT',
    origin: null,
    token: site.server.secret,
    body: { products: [{ id, title: id, seller }] },
  })
let counter = 0
const message = (body: string) => ({ clientId: `client-${String(++counter).padStart(6, '0')}`, body })
const start = async (token: string, thing: string) => {
  const body = { context: { type: 'product', id: thing }, message: message('Hello') }
  return (await worker.call('/v1/chats', { token, body })).body.chat
}
const say = (token: string, chat: string) => worker.call(`/v1/chats/${chat}/messages`, { token, body: message('More') })
const chats = async (token: string): Promise<any[]> => (await worker.call('/v1/chats', { token })).body.chats
const sync = async (token: string, since?: string) =>
  (await worker.call(`/v1/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`, { token })).body

describe('sellers told by the shop’s server', () => {
  beforeAll(async () => {
    site = await createSite(worker)
  })

  it('are made and brought up to date by id', async () => {
    expect((await put({ sellers: [desk('7', { picture: 'https://shop.example/7.png' }), desk('8')] })).body).toEqual({
      saved: 2,
    })
    expect((await put({ sellers: [desk('7', { name: 'Wool & Co' })] })).status).toBe(200)
    const session = await site.signIn('7', { role: 'seller' })
    expect(session.user.sellers).toEqual([{ id: '7', name: 'Wool & Co' }])
  })

  it.each([
    ['no sellers', { sellers: [] }],
    ['an id with a space', { sellers: [desk('a b')] }],
    ['a name of spaces', { sellers: [desk('a', { name: '  ' })] }],
    ['a picture that is a script', { sellers: [desk('a', { picture: 'javascript:alert(1)' })] }],
    ['an unknown key', { sellers: [desk('a', { owner: true })] }],
    ['a default that is no seller', { sellers: [desk('a')], default: 'nobody' }],
    ['501 sellers', { sellers: Array.from({ length: 501 }, (_, i) => desk(`${i}`)) }],
  ])('with %s are refused', async (_, body) => {
    expect((await put(body)).status).toBe(422)
  })

  it('may number 500 with members at once', async () => {
    const sellers = Array.from({ length: 500 }, (_, i) => desk(`v${i}`, { members: [`m${i}`, `n${i}`] }))
    expect((await put({ sellers })).body).toEqual({ saved: 500 })
    expect((await site.signIn('m499', { role: 'seller' })).user.sellers).toMatchObject([{ id: 'v499' }])
  })

  it('name the default one, who answers for what nobody else sells', async () => {
    expect((await put({ sellers: [desk('front')], default: 'front' })).status).toBe(200)
    const guest = await site.guest()
    expect((await start(guest.token, 'unknown-thing')).seller.id).toBe('front')
  })

  it('come with the site’s server key only, from no browser, and not with a revoked one', async () => {
    const body = { sellers: [desk('x')] }
    expect((await put(body, { origin: 'https://shop.example' })).body.code).toBe('forbidden')
    expect((await put(body, { token: undefined })).body.code).toBe('session_required')
    expect((await put(body, { token: `${site.server.secret.slice(0, -1)}!` })).status).toBe(401)
    const flipped = site.server.secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect((await put(body, { token: flipped })).status).toBe(401)
    expect((await put(body, { token: `sk_${site.identity.id.slice(4)}_${site.identity.secret}` })).status).toBe(401)
    const customer = await site.signIn('c')
    expect((await put(body, { token: customer.token })).status).toBe(401)
    const mine = await createSite(worker)
    await operate(worker, `/sites/${mine.id}/keys/${mine.server.id}`, { method: 'DELETE' })
    expect((await put(body, { token: mine.server.secret })).status).toBe(401)
  })

  it('are of one site: another site’s key changes nothing here', async () => {
    const mine = await createSite(worker)
    await put({ sellers: [desk('7', { name: 'Not yours' })] }, { token: mine.server.secret })
    const session = await site.signIn('7', { role: 'seller' })
    expect(session.user.sellers[0].name).toBe('Wool & Co')
  })
})

describe('a desk’s members', () => {
  let customer: any
  let chat: any

  beforeAll(async () => {
    site = await createSite(worker)
    await put({ sellers: [desk('d', { members: ['ann'] })] })
    await product('p1', 'd')
    customer = await site.signIn('customer')
    chat = await start(customer.token, 'p1')
  })

  it('who join get its chats, with what nobody of the desk has read as unread', async () => {
    const ann = await site.signIn('ann', { role: 'seller' })
    const bob = await site.signIn('bob', { role: 'seller' })
    expect(await chats(bob.token)).toEqual([])
    const { cursor } = await sync(bob.token)
    await put({ sellers: [desk('d', { members: ['ann', 'bob'] })] })
    expect((await sync(bob.token, cursor)).chats).toMatchObject([{ id: chat.id, reset: true, unread: 1 }])
    await worker.call(`/v1/chats/${chat.id}/read`, { method: 'PUT', token: ann.token, body: { seq: 1 } })
    await put({ sellers: [desk('d', { members: ['ann', 'bob', 'cid'] })] })
    const cid = await site.signIn('cid', { role: 'seller' })
    expect(await chats(cid.token)).toMatchObject([{ id: chat.id, side: 'seller', unread: 0, readSeq: 1 }])
    expect((await say(bob.token, chat.id)).status).toBe(201)
  })

  it('who are taken off lose the desk’s chats at once, and may come back', async () => {
    const bob = await site.signIn('bob', { role: 'seller' })
    const { cursor } = await sync(bob.token)
    await put({ sellers: [desk('d', { members: ['ann'] })] })
    expect(await chats(bob.token)).toEqual([])
    expect((await sync(bob.token, cursor)).left).toEqual([chat.id])
    expect((await say(bob.token, chat.id)).body.code).toBe('not_found')
    expect((await worker.call(`/v1/chats/${chat.id}`, { token: bob.token })).status).toBe(404)
    expect((await worker.call('/v1/me', { token: bob.token })).body.sellers).toEqual([])

    await say(customer.token, chat.id)
    await put({ sellers: [desk('d', { members: ['ann', 'bob'] })] })
    expect((await sync(bob.token, cursor)).chats).toMatchObject([{ id: chat.id, reset: true }])
    expect((await say(bob.token, chat.id)).status).toBe(201)
  })

  it('stay as they are when the list is left out, and none are left by an empty one', async () => {
    await put({ sellers: [desk('d', { name: 'Renamed' })] })
    const ann = await site.signIn('ann', { role: 'seller' })
    expect(await chats(ann.token)).toHaveLength(1)
    await put({ sellers: [desk('d', { members: [] })] })
    expect(await chats(ann.token)).toEqual([])
  })

  it('told again take no further change number', async () => {
    const n = () => worker.env.DB.prepare('SELECT n FROM clock WHERE site = ?').bind(site.id).first('n')
    await put({ sellers: [desk('d', { members: ['ann'] })] })
    const before = await n()
    await put({ sellers: [desk('d', { members: ['ann'] })] })
    expect(await n()).toBe(before)
  })

  it('who are the customer of a chat stay its customer', async () => {
    const asks = await site.signIn('asks-own-desk')
    const own = await start(asks.token, 'p1')
    await put({ sellers: [desk('d', { members: ['ann', 'asks-own-desk'] })] })
    const rows = await chats((await site.signIn('asks-own-desk', { role: 'seller' })).token)
    expect(rows.find(({ id }) => id === own.id)?.side).toBe('customer')
    await put({ sellers: [desk('d', { members: ['ann'] })] })
    expect((await chats(asks.token)).map(({ id }) => id)).toEqual([own.id])
  })
})

describe('a seller who signs in', () => {
  beforeAll(async () => {
    site = await createSite(worker)
    await put({ sellers: [desk('11', { members: [] }), desk('12', { members: [] })] })
  })

  it('answers for the desk of the own id, those the shop signs, and no desk that does not exist', async () => {
    const one = await site.signIn('11', { role: 'seller', sellers: ['12', 'no-such-desk'] })
    expect(one.user.sellers.map(({ id }: { id: string }) => id)).toEqual(['11', '12'])
    const nobody = await site.signIn('13', { role: 'seller' })
    expect(nobody.user.sellers).toEqual([])
  })

  it('finds what customers wrote before there was anybody', async () => {
    await put({ sellers: [desk('14', { members: [] })] })
    await product('p14', '14')
    const customer = await site.signIn('early')
    const chat = await start(customer.token, 'p14')
    await say(customer.token, chat.id)
    const seller = await site.signIn('14', { role: 'seller' })
    expect(await chats(seller.token)).toMatchObject([{ id: chat.id, unread: 2, readSeq: 0 }])
    expect((await chats(customer.token))[0].peerReadSeq).toBe(0)
  })

  it('with the role of a customer takes no seat', async () => {
    await put({ sellers: [desk('15', { members: [] })] })
    expect((await site.signIn('15', { sellers: ['12'] })).user.sellers).toEqual([])
  })
})

describe('an invited seller', () => {
  const invite = async (body: object) => operate(worker, `/sites/${site.id}/invites`, { body })
  const tokenOf = (link: string) => new URL(link).hash.replace('#invite=', '')
  const redeem = (link: string) => site.open({ link: tokenOf(link) })

  beforeAll(async () => {
    site = await createSite(worker)
  })

  it('comes in by a link that works once, and sees the desk’s chats', async () => {
    const guest = await site.guest()
    const chat = await start(guest.token, 'thing')
    const { body } = await invite({ seller: 'shop', email: 'ann@example.com', name: 'Ann' })
    expect(body.link).toBe(`${worker.url}/inbox?site=${site.id}#invite=${tokenOf(body.link)}`)
    expect(body.expiresAt - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
    const session = await redeem(body.link)
    expect(session.body.user).toMatchObject({ role: 'seller', name: 'Ann', sellers: [{ id: 'shop' }] })
    expect(await chats(session.body.token)).toMatchObject([{ id: chat.id, side: 'seller', unread: 1 }])
    expect((await redeem(body.link)).body.code).toBe('link_invalid')
  })

  it('is one, however many try the link at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { body } = await invite({ seller: 'shop', email: `race-${round}@example.com` })
      const tries = await Promise.all(Array.from({ length: 20 }, () => redeem(body.link)))
      expect(tries.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(tries.filter(({ body: answer }) => answer.code === 'link_invalid')).toHaveLength(19)
    }
  })

  it('comes too late after seven days, and never to another site', async () => {
    const { body } = await invite({ seller: 'shop', email: 'late@example.com' })
    const other = await createSite(worker)
    expect((await other.open({ link: tokenOf(body.link) })).body.code).toBe('link_invalid')
    await worker.env.DB.prepare('UPDATE links SET ends_at = ends_at - 7 * 86400000 WHERE used_at IS NULL').run()
    expect((await redeem(body.link)).body.code).toBe('link_invalid')
    expect((await site.open({ link: 'x' })).body.code).toBe('link_invalid')
  })

  it('invited again is the same person; the shop’s customer of that address is another', async () => {
    const first = await redeem((await invite({ seller: 'shop', email: 'again@example.com' })).body.link)
    const second = await redeem((await invite({ seller: 'shop', email: 'Again@example.com' })).body.link)
    expect(second.body.user.id).toBe(first.body.user.id)
    const customer = await site.signIn('again', { email: 'again@example.com', email_verified: true })
    expect(customer.user.id).not.toBe(first.body.user.id)
  })

  it('stays signed in beyond a day, for nobody could sign them in again', async () => {
    const { body } = await redeem((await invite({ seller: 'shop', email: 'stay@example.com' })).body.link)
    const [, sid] = body.refreshToken.split('.')
    await worker.env.DB.prepare(
      'UPDATE sessions SET idle_until = idle_until - ?2, ends_at = ends_at - ?2, rotated_at = rotated_at - ?2 WHERE id = ?1',
    )
      .bind(sid, 29 * 86_400_000)
      .run()
    expect((await worker.call('/v1/sessions/refresh', { body: { refreshToken: body.refreshToken } })).status).toBe(200)
  })

  it('is invited to a desk that exists, with an address that is one', async () => {
    expect((await invite({ seller: 'nobody', email: 'a@b.example' })).body.issues[0].path).toBe('seller')
    expect((await invite({ seller: 'shop', email: 'no address' })).status).toBe(422)
  })

  it('leaves no token in the database', async () => {
    const { body } = await invite({ seller: 'shop', email: 'secret@example.com' })
    const { results } = await worker.env.DB.prepare('SELECT * FROM links').all()
    expect(JSON.stringify(results)).not.toContain(tokenOf(body.link))
  })
})
