import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { openSocket, type TestSocket } from '../support/socket.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: TestSite
let shopper: Person
let seller: Person

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB, { limits: { enabled: false } })
  shopper = await site.person({ name: 'Sam' })
  seller = await site.person({ role: 'seller', name: 'Priya' })
})
afterAll(() => worker.stop())

let made = 0
const clientId = () => `client-id-${made++}`
const start = async (token: string, id = `thing-${made++}`) =>
  (
    await worker.call('/v1/chats', {
      token,
      body: { context: { type: 'product', id }, message: { clientId: clientId(), body: 'Hi' } },
    })
  ).body.chat.id as string
const say = (token: string, chat: string, body = 'hi', id = clientId()) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: id, body } })
const sync = async (token: string, since = '') =>
  (await worker.call(`/v1/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`, { token })).body
const read = (token: string, chat: string, seq: number) =>
  worker.call(`/v1/chats/${chat}/read`, { token, method: 'PUT', body: { seq } })

describe('a socket', () => {
  it('brings a message to both sides, numbered so that a client can chain it', async () => {
    const chat = await start(shopper.token)
    const [mine, theirs] = [await openSocket(worker.url, shopper.token), await openSocket(worker.url, seller.token)]
    expect(theirs.protocol).toBe('shopbell.v1')
    const cursor = (await sync(seller.token)).cursor as string
    const { body } = await say(shopper.token, chat, 'Hello?')
    const frame = await theirs.next((f) => f.type === 'message' && f.message.body === 'Hello?')
    expect(frame).toMatchObject({ chat, message: body.message })
    expect(frame.prev).toBe(Number(cursor.split('.')[1]))
    expect(frame.n).toBe(frame.prev + 1)
    await mine.next((f) => f.type === 'message' && f.message.seq === body.message.seq)
    await read(seller.token, chat, body.message.seq)
    const marked = await mine.next((f) => f.type === 'read')
    expect(marked).toMatchObject({ chat, side: 'seller', own: false, seq: body.message.seq, prev: frame.n })
    for (const socket of [mine, theirs]) socket.close()
  })

  it('answers ping without waking anybody, and tells of closing by a sync', async () => {
    const chat = await start(shopper.token)
    const socket = await openSocket(worker.url, seller.token)
    socket.send('ping')
    await socket.next((f) => f === 'pong')
    await worker.call(`/v1/chats/${chat}/state`, { token: shopper.token, method: 'PUT', body: { state: 'closed' } })
    await socket.next((f) => f.type === 'sync')
    socket.close()
  })

  it('survives hibernation with its session', async () => {
    const chat = await start(shopper.token)
    const socket = await openSocket(worker.url, seller.token)
    await worker.evict('INBOX', `${site.id}/${seller.id}`)
    await say(shopper.token, chat, 'after the nap')
    await socket.next((f) => f.message?.body === 'after the nap')
    socket.close()
  })

  it('is known of as long as one of the user’s is open, through hibernation too', async () => {
    const { id, token } = await site.person()
    const online = async () =>
      (await worker.env.DB.prepare('SELECT online FROM users WHERE id = ?').bind(id).first<{ online: number }>())
        ?.online
    expect(await online()).toBe(0)
    const [first, second] = [await openSocket(worker.url, token), await openSocket(worker.url, token)]
    expect(await online()).toBe(1)
    first.close()
    await first.closed
    await worker.evict('INBOX', `${site.id}/${id}`)
    expect(await online()).toBe(1)
    second.close()
    await expect.poll(online).toBe(0)
    const third = await openSocket(worker.url, token)
    expect(await online()).toBe(1)
    third.close()
  })

  it('says which chat is looked at, until it says another or closes, through hibernation too', async () => {
    const { id, token } = await site.person()
    const [chat, next] = [await start(token), await start(token)]
    const looks = async () => {
      const inbox = (worker.env as any).INBOX.getByName(`${site.id}/${id}`)
      return [await inbox.isLookingAt(chat), await inbox.isLookingAt(next)]
    }
    const [tab, other] = [await openSocket(worker.url, token), await openSocket(worker.url, token)]
    const look = (socket: TestSocket, at?: string) => socket.send(JSON.stringify({ type: 'looking', chat: at }))
    look(tab, chat)
    look(other, next)
    // What is heard later has come later; asking the object itself would keep it from hibernating.
    await say(seller.token, chat, 'after both')
    for (const socket of [tab, other]) await socket.next((f) => f.message?.body === 'after both')
    await worker.evict('INBOX', `${site.id}/${id}`)
    expect(await looks()).toEqual([true, true])
    look(other)
    await expect.poll(looks).toEqual([true, false])
    tab.close()
    await expect.poll(looks).toEqual([false, false])
    other.close()
  })

  it('hears every message from its opening on, however often it comes and goes', async () => {
    const chat = await start(shopper.token)
    for (let visit = 0; visit < 10; visit++) {
      const socket = await openSocket(worker.url, seller.token)
      const body = `visit ${visit}`
      await say(shopper.token, chat, body)
      await socket.next((f) => f.message?.body === body)
      socket.close()
    }
  })

  it('is refused to a bad token, a bad origin, and without its subprotocol', async () => {
    const refused = (token: string, options?: object) =>
      expect(openSocket(worker.url, token, options)).rejects.toThrow('socket refused')
    await refused('nonsense')
    await refused(`${shopper.token}x`)
    for (const origin of [
      null,
      'null',
      'https://evil.example',
      'https://shop.example.evil.example',
      'http://shop.example',
    ])
      await refused(shopper.token, { origin })
    await refused(shopper.token, { protocols: [`token.${shopper.token}`] })
    await refused(shopper.token, { protocols: ['shopbell.v1'] })
    const gone = await site.person()
    await worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(gone.session).run()
    await refused(gone.token)
  })

  it('is closed on a frame over 16 KiB or of no known kind, and on somebody else’s token', async () => {
    const big = await openSocket(worker.url, shopper.token)
    big.send(JSON.stringify({ type: 'token', token: 'x'.repeat(16 * 1024) }))
    expect((await big.closed).code).toBe(1009)
    const odd = await openSocket(worker.url, shopper.token)
    odd.send('{"type":"shout"}')
    expect((await odd.closed).code).toBe(4400)
    const nowhere = await openSocket(worker.url, shopper.token)
    nowhere.send('{"type":"looking","chat":"a product"}')
    expect((await nowhere.closed).code).toBe(4400)
    const other = await openSocket(worker.url, shopper.token)
    other.send(JSON.stringify({ type: 'token', token: seller.token }))
    expect((await other.closed).code).toBe(4401)
  })
})

describe('catching up', () => {
  it('starts from a reset, then answers exactly what changed, also what has no frame', async () => {
    const chat = await start(shopper.token)
    const first = await sync(seller.token)
    expect(first).toMatchObject({ reset: true, chats: [], more: false })
    expect(await sync(seller.token, first.cursor)).toMatchObject({ reset: false, chats: [], cursor: first.cursor })
    await say(shopper.token, chat, 'news')
    const second = await sync(seller.token, first.cursor)
    expect(second.chats).toMatchObject([{ id: chat, reset: false, last: { body: 'news' } }])
    await worker.call(`/v1/chats/${chat}/state`, { token: shopper.token, method: 'PUT', body: { state: 'closed' } })
    const third = await sync(seller.token, second.cursor)
    expect(third.chats).toMatchObject([{ id: chat, state: 'closed' }])
  })

  it('pages by (number, chat) and loses none of 130 chats', async () => {
    const own = await makeSite(worker.env.DB, { limits: { enabled: false } })
    const [customer, desk] = [await own.person(), await own.person({ role: 'seller' })]
    const { cursor } = await sync(desk.token)
    const ids = new Set<string>()
    for (let i = 0; i < 130; i++) ids.add(await start(customer.token, `p${i}`))
    const seen: string[] = []
    for (let since = cursor, more = true; more; ) {
      const page = await sync(desk.token, since)
      seen.push(...page.chats.map((c: { id: string }) => c.id))
      ;({ cursor: since, more } = page)
    }
    expect(seen).toHaveLength(130)
    expect(new Set(seen)).toEqual(ids)
  })

  it('resets everything after a restore, for a cursor from the future, and for nonsense', async () => {
    const { cursor } = await sync(shopper.token)
    const [epoch, n] = cursor.split('.')
    for (const odd of [`other.${n}.~`, `${epoch}.${Number(n) + 5}.~`, 'nonsense', `${epoch}.-1.~`, `${epoch}.1e3.~`])
      expect(await sync(shopper.token, odd)).toMatchObject({ reset: true, cursor })
  })

  it('tells a member who joins a desk to load its chats, and one who left to drop them', async () => {
    const chat = await start(shopper.token)
    const late = await site.person({ role: 'seller', sellers: [] })
    const { cursor } = await sync(late.token)
    const tick = worker.env.DB.prepare('UPDATE clock SET n = n + 1 WHERE site = ?').bind(site.id)
    const clock = '(SELECT n + 1 FROM clock WHERE site = ?1)'
    await worker.env.DB.batch([
      worker.env.DB.prepare(
        `INSERT INTO participants (user, chat, side, joined_n, read_seq, unread, changed)
         VALUES (?2, ?3, 'seller', ${clock}, 0, 0, ${clock})`,
      ).bind(site.id, late.id, chat),
      tick,
    ])
    const joined = await sync(late.token, cursor)
    expect(joined.chats).toMatchObject([{ id: chat, reset: true }])
    await worker.env.DB.batch([
      worker.env.DB.prepare(`UPDATE participants SET left_n = ${clock}, changed = ${clock} WHERE user = ?2`).bind(
        site.id,
        late.id,
      ),
      tick,
    ])
    expect(await sync(late.token, joined.cursor)).toMatchObject({ chats: [], left: [chat] })
    expect((await say(late.token, chat)).status).toBe(404)
  })
})
