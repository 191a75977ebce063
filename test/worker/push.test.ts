import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPushService } from '../support/push-service.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { startOwnWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let service: Awaited<ReturnType<typeof openPushService>>
let site: TestSite
let shopper: Person
let seller: Person
let key: string

beforeAll(async () => {
  service = await openPushService()
  worker = await startOwnWorker({ PUSH_HOSTS: service.host, PUSH_DELAY_MS: '1000' })
})
afterAll(async () => {
  await worker.stop()
  await service.close()
})
beforeEach(() => open())

async function open(settings: object = {}) {
  site = await makeSite(worker.env.DB, settings)
  await site.product('310', { title: 'Walnut Bowl' })
  shopper = await site.person({ name: 'Sam' })
  seller = await site.person({ role: 'seller', name: 'Ann' })
  key = (await worker.call('/v1/push', { token: seller.token })).body.key
}

const put = (token: string, body: object, origin: string | null = worker.url) =>
  worker.call('/v1/push', { method: 'PUT', token, origin, body })

async function subscribed(token = seller.token, more: object = {}) {
  const { id, endpoint, keys } = service.subscribe(key)
  const { status } = await put(token, { endpoint, keys, ...more })
  expect(status).toBe(204)
  return { id, endpoint }
}
let made = 0
const write = async (body: string, thing = '310') =>
  (
    await worker.call('/v1/chats', {
      token: shopper.token,
      body: { context: { type: 'product', id: thing }, message: { clientId: `client-id-${made++}`, body } },
    })
  ).body
const rungIn = (id: string) => service.rung.filter(({ browser }) => browser === id)
const PATIENT = { timeout: 30_000, interval: 200 }

describe('a closed inbox', () => {
  it('rings for a message that stays unread, without its words', async () => {
    const { id } = await subscribed()
    const { chat } = await write('Is it food safe?')
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(1)
    const [{ note, topic, ttl }] = rungIn(id) as [any]
    expect(note).toEqual({
      title: 'Sam',
      body: 'New message · Walnut Bowl',
      tag: chat.id,
      url: `/inbox?site=${site.id}#chat=${chat.id}`,
      lang: 'en',
    })
    expect(JSON.stringify(note)).not.toContain('food safe')
    expect(topic).toMatch(/^[\w-]{1,32}$/)
    expect(Number(ttl)).toBeGreaterThan(0)
    expect(service.refused).toEqual([])
  })

  it('rings with the words where the person wants them, in their language', async () => {
    const { id } = await subscribed(seller.token, { words: true, locale: 'de' })
    const quiet = await subscribed(seller.token, { locale: 'de' })
    await write('Ist sie lebensmittelecht?')
    await expect.poll(() => rungIn(id).length + rungIn(quiet.id).length, PATIENT).toBe(2)
    expect(rungIn(id)[0]?.note.body).toBe('Ist sie lebensmittelecht?')
    expect(rungIn(quiet.id)[0]?.note.body).toBe('Neue Nachricht · Walnut Bowl')
  })

  it('rings neither for what is read in time, nor for one’s own words, nor twice', async () => {
    const { id } = await subscribed()
    const mine = await subscribed(shopper.token)
    const { chat, message } = await write('Never mind')
    await worker.call(`/v1/chats/${chat.id}/read`, { method: 'PUT', token: seller.token, body: { seq: message.seq } })
    // Another one, so that something shows when the bell has passed.
    await write('Another question', '311')
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(1)
    expect(rungIn(id)[0]?.note.tag).not.toBe(chat.id)
    await write('One more', '312')
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(2)
    expect(new Set(rungIn(id).map(({ note }) => note.tag)).size).toBe(2)
    expect(rungIn(mine.id)).toEqual([])
  })

  it('rings no more once its session is revoked', async () => {
    const { id } = await subscribed()
    const colleague = await site.person({ role: 'seller', name: 'Bob' })
    const theirs = await subscribed(colleague.token)
    await worker.call('/v1/sessions/current', { method: 'DELETE', token: seller.token })
    await write('Are you there?')
    await expect.poll(() => rungIn(theirs.id).length, PATIENT).toBe(1)
    expect(rungIn(id)).toEqual([])
    const { results } = await worker.env.DB.prepare('SELECT user FROM push_subscriptions WHERE site = ?')
      .bind(site.id)
      .all()
    expect(results).toEqual([{ user: colleague.id }])
  })

  it.each([
    ['the master switch', { enabled: false }],
    ['the event', { newMessage: { enabled: false } }],
  ])('rings for nothing with %s off', async (_, notifications) => {
    await open({ notifications })
    const { id } = await subscribed()
    await write('Hello?')
    const settled = () =>
      worker.env.DB.prepare(
        'SELECT count(*) n FROM push_subscriptions p JOIN clock k ON k.site = p.site WHERE p.site = ? AND p.rung_n = k.n',
      )
        .bind(site.id)
        .first('n')
    await expect.poll(settled, PATIENT).toBe(1)
    expect(rungIn(id)).toEqual([])
  })

  it('does not ring again for words that are taken back', async () => {
    const { id } = await subscribed()
    const { chat } = await write('My name is Sam')
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(1)
    // As an erasure does it: a change of the message, told to who is in the chat.
    await worker.env.DB.prepare(
      "UPDATE messages SET body = '', erased = 1, changed = (SELECT n + 1 FROM clock WHERE site = ?1) WHERE chat = ?2",
    )
      .bind(site.id, chat.id)
      .run()
    await write('Another question', '311')
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(2)
    expect(rungIn(id)[1]?.note.tag).not.toBe(chat.id)
  })

  it.each([404, 410, 403])('forgets a browser for which the service answers %i', async (status) => {
    const { id, endpoint } = await subscribed()
    const other = await subscribed()
    service.answerWith(id, status)
    await write('Hello?')
    await expect.poll(() => rungIn(other.id).length, PATIENT).toBe(1)
    const state = () => worker.call(`/v1/push?endpoint=${encodeURIComponent(endpoint)}`, { token: seller.token })
    await expect.poll(async () => (await state()).body.subscribed, PATIENT).toBe(false)
  })

  it('is rung again when the service was busy', async () => {
    const { id } = await subscribed()
    service.beBusy(1)
    await write('Hello?')
    await expect.poll(() => service.turnedAway, PATIENT).toBe(1)
    expect(rungIn(id)).toEqual([])
    await expect.poll(() => rungIn(id).length, PATIENT).toBe(1)
  })
})

describe('a subscription', () => {
  it('is told back, and ends when the person says so', async () => {
    const { endpoint } = await subscribed(seller.token, { words: true })
    const at = `/v1/push?endpoint=${encodeURIComponent(endpoint)}`
    expect((await worker.call(at, { token: seller.token })).body).toEqual({ key, subscribed: true, words: true })
    expect((await worker.call(at, { token: shopper.token })).body.subscribed).toBe(false)
    await worker.call(at, { method: 'DELETE', token: shopper.token })
    expect((await worker.call(at, { token: seller.token })).body.subscribed).toBe(true)
    expect((await worker.call(at, { method: 'DELETE', token: seller.token })).status).toBe(204)
    expect((await worker.call(at, { token: seller.token })).body.subscribed).toBe(false)
  })

  it('only leads to a push service, and only from our own page', async () => {
    const { endpoint, keys } = service.subscribe(key)
    for (const address of [
      'https://evil.example/push/1',
      'http://fcm.googleapis.com/fcm/send/1',
      'https://fcm.googleapis.com.evil.example/1',
      'https://evil.example/?fcm.googleapis.com',
    ])
      expect((await put(seller.token, { endpoint: address, keys })).status).toBe(422)
    expect((await put(seller.token, { endpoint, keys }, 'https://shop.example')).status).toBe(403)
    for (const wrong of [
      { ...keys, auth: 'AAAA' },
      { ...keys, p256dh: 'BB' },
    ])
      expect((await put(seller.token, { endpoint, keys: wrong })).status).toBe(422)
    for (const real of [
      'https://fcm.googleapis.com/fcm/send/a',
      'https://web.push.apple.com/a',
      'https://wns2-par02p.notify.windows.com/w/?token=a',
    ])
      expect((await put(seller.token, { endpoint: real, keys })).status).toBe(204)
  })
})
