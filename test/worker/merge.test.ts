import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type MadeSite } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
  site = await createSite(worker)
})
afterAll(() => worker.stop())

let counter = 0
const message = (body: string) => ({ clientId: `client-${String(++counter).padStart(6, '0')}`, body })
const start = async (token: string, thing: string, text = `About ${thing}`) => {
  const body = { context: { type: 'product', id: thing }, message: message(text) }
  const answer = await worker.call('/v1/chats', { token, body })
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
  return answer.body.chat
}
const say = (token: string, chat: string, text: string) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: message(text) })
const chats = async (token: string) => (await worker.call('/v1/chats', { token })).body.chats
const texts = async (token: string, chat: string) => {
  const { body } = await worker.call(`/v1/chats/${chat}/messages`, { token })
  return body.messages?.map((one: { body: string; seq: number }) => `${one.seq} ${one.body}`)
}
const sync = async (token: string, since?: string) =>
  (await worker.call(`/v1/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`, { token })).body
const all = async (sql: string, ...values: unknown[]) =>
  (
    await worker.env.DB.prepare(sql)
      .bind(...values)
      .all<any>()
  ).results
const snapshot = () =>
  Promise.all(
    ['users', 'chats', 'participants', 'sessions', 'clock', 'blocks', 'messages'].map((table) =>
      all(`SELECT * FROM ${table} ORDER BY 1, 2`),
    ),
  )
const seller = async (sub = 'shop') => site.signIn(sub, { role: 'seller', sellers: ['shop'] })

describe('a guest who signs in', () => {
  it('brings the chats along, under their ids, with messages and read marks as they were', async () => {
    const desk = await seller()
    const guest = await site.guest()
    const chat = await start(guest.token, 'm1', 'one')
    await say(desk.token, chat.id, 'two')
    await say(desk.token, chat.id, 'three')
    await worker.call(`/v1/chats/${chat.id}/read`, { method: 'PUT', token: guest.token, body: { seq: 2 } })
    const before = await all('SELECT * FROM messages WHERE chat = ? ORDER BY seq', chat.id)

    const user = await site.signIn('merge-1', {}, { guestToken: guest.refreshToken })
    const [mine] = await chats(user.token)
    expect(mine).toMatchObject({ id: chat.id, state: 'open', side: 'customer', readSeq: 2, unread: 1, lastSeq: 3 })
    expect(mine.customer.id).toBe(user.user.id)
    expect(await texts(user.token, chat.id)).toEqual(['1 one', '2 two', '3 three'])
    expect((await say(user.token, chat.id, 'four')).status).toBe(201)
    expect(await all('SELECT * FROM messages WHERE chat = ? AND seq < 4 ORDER BY seq', chat.id)).toEqual(before)
  })

  it('is no guest any more: the guest’s token, refresh and chats are gone', async () => {
    const guest = await site.guest()
    const chat = await start(guest.token, 'm2')
    await site.signIn('merge-2', {}, { guestToken: guest.refreshToken })
    expect((await worker.call('/v1/me', { token: guest.token })).body.code).toBe('session_ended')
    expect((await worker.call('/v1/sessions/refresh', { body: { refreshToken: guest.refreshToken } })).status).toBe(401)
    expect((await say(guest.token, chat.id, 'still here?')).status).not.toBe(201)
    expect(await chats(guest.token)).toEqual([])
  })

  it('keeps an own chat on the same thing, and gets the guest’s beside it to read', async () => {
    const desk = await seller()
    const user = await site.signIn('merge-3')
    const own = await start(user.token, 'm3', 'as myself')
    const guest = await site.guest()
    const guests = await start(guest.token, 'm3', 'as a guest')
    const free = await start(guest.token, 'm3-free', 'another thing')
    const again = await site.signIn('merge-3', {}, { guestToken: guest.refreshToken })

    const list = await chats(again.token)
    const state = (id: string) => list.find((chat: { id: string }) => chat.id === id)?.state
    expect([own.id, guests.id, free.id].map(state)).toEqual(['open', 'read_only', 'open'])
    expect(await texts(again.token, guests.id)).toEqual(['1 as a guest'])
    expect((await say(again.token, guests.id, 'more')).body.code).toBe('chat_read_only')
    expect((await say(desk.token, guests.id, 'more')).body.code).toBe('chat_read_only')
    expect((await start(again.token, 'm3', 'on we go')).id).toBe(own.id)
  })

  it('is told to everybody in the chats by the next sync', async () => {
    const desk = await seller()
    const guest = await site.guest()
    const chat = await start(guest.token, 'm4')
    const atDesk = (await sync(desk.token)).cursor
    const atGuest = (await sync(guest.token)).cursor
    const user = await site.signIn('merge-4')
    const atUser = (await sync(user.token)).cursor
    await site.signIn('merge-4', {}, { guestToken: guest.refreshToken })

    const forDesk = await sync(desk.token, atDesk)
    expect(forDesk.chats.map((one: { id: string }) => one.id)).toContain(chat.id)
    const forUser = await sync(user.token, atUser)
    expect(forUser.chats).toMatchObject([{ id: chat.id, reset: true }])
    expect((await sync(guest.token, atGuest)).left).toEqual([chat.id])
  })

  it('takes the blocks along', async () => {
    const desk = await seller()
    const guest = await site.guest()
    const chat = await start(guest.token, 'm5')
    await worker.env.DB.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?, 1)')
      .bind(site.id, 'shop', guest.user.id, desk.user.id)
      .run()
    const user = await site.signIn('merge-5', {}, { guestToken: guest.refreshToken })
    expect((await say(user.token, chat.id, 'hello?')).body.code).toBe('blocked')
  })

  it('stays under the legal hold, and so do both once it is of either', async () => {
    const server = { origin: null, token: site.server.secret }
    const person = async (user: string) => (await worker.call(`/v1/privacy/people/${user}`, server)).body
    const hold = (user: string, held: boolean) =>
      worker.call(`/v1/privacy/people/${user}/hold`, { ...server, method: 'PUT', body: { held, reason: 'Case 7' } })
    const erase = async (user: string) => {
      const answer = await worker.call('/v1/privacy/erase', { ...server, body: { user, confirm: 'erase' } })
      return answer.body.requests[0].id
    }
    const state = async (id: string) =>
      (await worker.call(`/v1/privacy/requests/${id}`, server)).body.request.state as string

    const desk = await seller()
    const guest = await site.guest({ name: 'G', email: 'held-guest@example.com' })
    const chat = await start(guest.token, 'm7', 'evidence')
    await hold(guest.user.id, true)
    const user = await site.signIn('merge-7', {}, { guestToken: guest.refreshToken })
    expect(await person(guest.user.id)).toMatchObject({
      person: { id: user.user.id, held: true },
      hold: { reason: 'Case 7' },
    })
    const id = await erase(user.user.id)
    expect(await state(id)).toBe('held')
    expect(await texts(desk.token, chat.id)).toEqual(['1 evidence'])

    await hold(user.user.id, false)
    expect(await all('SELECT user FROM privacy_holds WHERE site = ?', site.id)).toEqual([])
    await worker.server.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    await expect.poll(() => state(id), { timeout: 20_000 }).toBe('done')
    expect(await texts(desk.token, chat.id)).toEqual(['1 Message removed by privacy request'])
  })

  it('leaves nothing of a request that they made as a guest, once the account is erased', async () => {
    const server = { origin: null, token: site.server.secret }
    const guest = await site.guest({ name: 'G', email: 'asked-as-guest@example.com' })
    const row = { id: 'req_asked_as_a_guest', site: site.id, user: guest.user.id }
    await worker.env.DB.prepare(
      `INSERT INTO privacy_requests (id, site, kind, user, source, state, asked_at, tries, step, subject, counts)
       VALUES (?1, ?2, 'erase', ?3, 'shopper', 'waiting', 1, 0, 'person', '{"emails":["asked-as-guest@example.com"]}', '{}')`,
    )
      .bind(row.id, row.site, row.user)
      .run()
    const user = await site.signIn('merge-8', {}, { guestToken: guest.refreshToken })
    await worker.call('/v1/privacy/erase', { ...server, body: { user: user.user.id, confirm: 'erase' } })
    const requests = () =>
      all('SELECT state, subject FROM privacy_requests WHERE user IN (?, ?)', row.user, user.user.id)
    const done = { state: 'done', subject: null }
    await expect.poll(requests, { timeout: 20_000 }).toEqual([done, done])
  })

  it('may be a member of the very desk that the guest wrote to', async () => {
    await seller('member-6')
    const guest = await site.guest()
    const chat = await start(guest.token, 'm6')
    const member = await site.signIn(
      'member-6',
      { role: 'seller', sellers: ['shop'] },
      { guestToken: guest.refreshToken },
    )
    const row = (await chats(member.token)).find((one: { id: string }) => one.id === chat.id)
    expect(row).toMatchObject({ side: 'customer', state: 'open' })
  })
})

describe('a merge', () => {
  it('a second time changes nothing', async () => {
    const guest = await site.guest()
    await start(guest.token, 'twice')
    await site.signIn('twice', {}, { guestToken: guest.refreshToken })
    const before = await snapshot()
    await site.signIn('somebody-else', {}, { guestToken: guest.refreshToken })
    const after = await snapshot()
    const without = (tables: any[][]) => [tables[1], tables[2], tables[4], tables[5], tables[6]]
    expect(without(after)).toEqual(without(before))
  })

  it('by two sign-ins at once happens once, for one of them', async () => {
    for (let round = 0; round < 6; round++) {
      const guest = await site.guest()
      const chat = await start(guest.token, `race-${round}`)
      const n = () => all('SELECT n FROM clock WHERE site = ?', site.id).then(([row]) => row.n)
      const before = await n()
      const names = round % 2 ? [`race-${round}`, `race-${round}`] : [`race-a${round}`, `race-b${round}`]
      const [one, two] = await Promise.all(names.map((sub) => site.signIn(sub, {}, { guestToken: guest.refreshToken })))
      expect(await n()).toBe(before + 1)
      const holders = await all(
        'SELECT user FROM participants WHERE chat = ? AND left_n IS NULL AND side = ?',
        chat.id,
        'customer',
      )
      expect(holders).toHaveLength(1)
      expect([one.user.id, two.user.id]).toContain(holders[0].user)
      const [{ customer }] = await all('SELECT customer FROM chats WHERE id = ?', chat.id)
      expect(customer).toBe(holders[0].user)
    }
  })

  it('while the guest goes on writing loses no acknowledged message', async () => {
    const guest = await site.guest()
    const chat = await start(guest.token, 'writing', 'first')
    const sends = Array.from({ length: 4 }, (_, i) => say(guest.token, chat.id, `m${i}`))
    const user = await site.signIn('writing', {}, { guestToken: guest.refreshToken })
    const acked = (await Promise.all(sends)).filter(({ status }) => status === 201).map(({ body }) => body.message.seq)
    const seen = (await texts(user.token, chat.id)) as string[]
    const seqs = seen.map((text) => Number(text.split(' ')[0]))
    expect(acked.every((seq) => seqs.includes(seq))).toBe(true)
    expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  })

  it('with a token that is no living guest’s of this site is ignored, and signs in all the same', async () => {
    const other = await createSite(worker)
    const foreign = await other.guest()
    const person = await site.signIn('a-person')
    const ended = await site.guest()
    await worker.call('/v1/sessions/current', { method: 'DELETE', token: ended.token })
    const live = await site.guest()
    const wrong = live.refreshToken.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'))
    const before = await all('SELECT id FROM users WHERE merged_into IS NOT NULL ORDER BY id')
    for (const guestToken of [
      foreign.refreshToken,
      person.refreshToken,
      ended.refreshToken,
      wrong,
      'x',
      live.token.slice(0, 200),
    ]) {
      expect((await site.open({ assertion: site.assertion({ sub: 'calm' }), guestToken })).status).toBe(201)
    }
    expect(await all('SELECT id FROM users WHERE merged_into IS NOT NULL ORDER BY id')).toEqual(before)
    expect((await worker.call('/v1/me', { token: foreign.token })).status).toBe(200)
  })

  it('is still known by all that they wrote, though they had been two guests before', async () => {
    const [first, second] = [await site.guest({ name: 'Ann' }), await site.guest()]
    const chat = await start(first.token, 'chain', 'from my phone')
    const link = 'a-link-for-the-other-browser'
    await all(
      `INSERT INTO links (hash, site, use, user, ends_at) VALUES (?, ?, 'guest', ?, 9999999999999)`,
      createHash('sha256').update(link).digest('hex'),
      site.id,
      second.user.id,
    )
    const { body } = await worker.call('/v1/sessions', {
      body: { site: site.id, link, guestToken: first.refreshToken },
    })
    const user = await site.signIn('chain', {}, { guestToken: body.refreshToken })
    const { body: page } = await worker.call(`/v1/chats/${chat.id}/messages`, { token: user.token })
    expect(page.messages).toMatchObject([{ body: 'from my phone', author: user.user.id }])
    expect(await all('SELECT id FROM users WHERE merged_into = ? ORDER BY id', user.user.id)).toEqual(
      [first.user.id, second.user.id].sort().map((id) => ({ id })),
    )
  })

  it('works with the guest token that another tab has just turned', async () => {
    const guest = await site.guest()
    const chat = await start(guest.token, 'tab')
    await worker.call('/v1/sessions/refresh', { body: { refreshToken: guest.refreshToken } })
    const user = await site.signIn('tab', {}, { guestToken: guest.refreshToken })
    expect((await chats(user.token)).map((one: { id: string }) => one.id)).toContain(chat.id)
  })

  it('never comes from an equal e-mail', async () => {
    const guest = await site.guest({ name: 'Ann', email: 'ann@example.com' })
    const chat = await start(guest.token, 'email')
    const user = await site.signIn('email', { email: 'ann@example.com', email_verified: true })
    expect(await chats(user.token)).toEqual([])
    expect((await chats(guest.token))[0].id).toBe(chat.id)
  })
})
