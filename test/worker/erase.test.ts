import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePng, storedKeys, upload } from '../support/files.ts'
import { operate, seconds } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { openSocket } from '../support/socket.ts'
import { openAsserted, openInvited, openOwner } from '../support/staff.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const PATIENT = { timeout: 20_000 }
const PLACEHOLDER = 'Message removed by privacy request'

let worker: TestWorker
let shop: TestShop
let counter = 0

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())
beforeEach(async () => {
  shop = await openShop(worker)
})

const message = (body: string) => ({ clientId: `client-${String(++counter).padStart(6, '0')}`, body })
async function ask(token: string, thing: string, text: string) {
  const { status, body } = await worker.call('/v1/chats', {
    token,
    body: { context: { type: 'product', id: thing }, message: message(text) },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body.chat.id as string
}
const say = (token: string, chat: string, text: string) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: message(text) })
const log = async (token: string, chat: string) => await shop.messagesOf(token, chat)
const sync = async (token: string, since?: string) =>
  (await worker.call(`/v1/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`, { token })).body
const desk = () => shop.signIn('clerk', { role: 'seller', sellers: ['shop'], name: 'Clara Clerk' })
const byServer = {
  origin: null,
  get token() {
    return shop.server.secret
  },
}
const erase = (whom: object) => worker.call('/v1/privacy/erase', { ...byServer, body: { confirm: 'erase', ...whom } })
const request = async (id: string) => (await worker.call(`/v1/privacy/requests/${id}`, byServer)).body.request
async function erased(whom: object) {
  const { status, body } = await erase(whom)
  if (status !== 202) throw new Error(JSON.stringify(body))
  for (const { id } of body.requests)
    await expect.poll(() => request(id).then(({ state }) => state), PATIENT).toBe('done')
  return Promise.all(body.requests.map(({ id }: { id: string }) => request(id)))
}

/** Every row of every table, as one text: what is not in it is nowhere. */
async function everything() {
  const { results: tables } = await worker.env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>()
  const rows = await Promise.all(tables.map(({ name }) => worker.env.DB.prepare(`SELECT * FROM "${name}"`).all()))
  return JSON.stringify(rows.map(({ results }) => results))
}

describe('a person who is erased', () => {
  it('leaves a placeholder for each word, and nothing of who they were', async () => {
    const seller = await desk()
    const ada = await shop.signIn('ada-77', { name: 'Ada Canary', email: 'Ada.Canary@example.com' })
    const chat = await ask(ada.token, 'p1', 'canary one')
    await say(seller.token, chat, 'hello there')
    await say(ada.token, chat, 'canary two')
    const before = await log(seller.token, chat)

    const [receipt] = await erased({ user: ada.user.id })
    const after = await log(seller.token, chat)
    expect(after.map(({ seq, body, erased, at }) => ({ seq, body, erased, at }))).toEqual(
      before.map(({ seq, body, at, side }) =>
        side === 'customer' ? { seq, at, body: PLACEHOLDER, erased: true } : { seq, at, body, erased: undefined },
      ),
    )
    expect(after.map(({ name }) => name)).toEqual([null, 'Clara Clerk', null])
    const left = await everything()
    for (const word of ['canary', 'Canary', 'ada-77']) expect(left).not.toContain(word)
    expect(receipt).toMatchObject({ kind: 'erase', source: 'server', state: 'done', name: null, email: null })
    expect(receipt.counts).toMatchObject({ messages: 2 })
    expect(receipt.counts.records).toBeGreaterThan(1)
  })

  it('is out at once: token, refresh, socket and writing', async () => {
    const ada = await shop.signIn('out')
    const chat = await ask(ada.token, 'p1', 'one')
    const socket = await openSocket(worker.url, ada.token)
    await erased({ shopId: 'out' })
    expect((await socket.closed).code).toBe(4401)
    expect((await say(ada.token, chat, 'still here')).status).toBeGreaterThanOrEqual(400)
    expect((await worker.call('/v1/sessions/refresh', { body: { refreshToken: ada.refreshToken } })).status).toBe(401)
    expect((await worker.call('/v1/me', { token: ada.token })).body.code).toBe('session_ended')
    const again = await shop.signIn('out')
    expect(again.user.id).not.toBe(ada.user.id)
    expect(await shop.chatsOf(again.token)).toEqual([])
  })

  it('who was a guest stays empty: the token that is still good writes nothing about them', async () => {
    const guest = await shop.guest()
    await ask(guest.token, 'p1', 'one')
    await erased({ user: guest.user.id })
    const body = { email: 'again-canary@example.com' }
    expect((await worker.call('/v1/me/link', { token: guest.token, body })).body.code).toBe('session_ended')
    const endpoint = 'https://fcm.googleapis.com/fcm/send/canary'
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) }
    const push = { method: 'PUT', origin: worker.url, token: guest.token, body: { endpoint, keys } }
    expect((await worker.call('/v1/push', push)).body.code).toBe('session_ended')
    expect(await everything()).not.toContain('canary')
  })

  it('is seen to go by the other side: a sync tells them to load the chat anew', async () => {
    const seller = await desk()
    const ada = await shop.signIn('seen', { name: 'Ada' })
    const chat = await ask(ada.token, 'p1', 'my old words')
    const other = await ask((await shop.signIn('other')).token, 'p1', 'hi')
    const { cursor } = await sync(seller.token)
    const socket = await openSocket(worker.url, seller.token)
    await erased({ user: ada.user.id })
    await socket.next(({ type }) => type === 'sync')
    const { chats, reset } = await sync(seller.token, cursor)
    expect(reset).toBe(false)
    expect(chats.map(({ id, reset: mine }: any) => [id, mine])).toEqual([[chat, true]])
    expect(chats[0]).toMatchObject({ state: 'read_only', customer: { name: null }, last: { body: PLACEHOLDER } })
    const later = await sync(seller.token, (await sync(seller.token, cursor)).cursor)
    expect(later.chats).toEqual([])
    expect((await log(seller.token, other)).map(({ body }) => body)).toEqual(['hi'])
    expect((await worker.call('/v1/chats?q=old+words', { token: seller.token })).body.chats).toEqual([])
    socket.close()
  })

  it('leaves empty rows where the shop wants no placeholders, and the numbers stay', async () => {
    await shop.settle({ privacy: { redactMessages: false } })
    const seller = await desk()
    const ada = await shop.signIn('gone')
    const chat = await ask(ada.token, 'p1', 'one')
    await say(seller.token, chat, 'two')
    await say(ada.token, chat, 'three')
    expect((await shop.chatsOf(seller.token))[0]).toMatchObject({ unread: 2 })
    await erased({ user: ada.user.id })
    expect((await log(seller.token, chat)).map(({ seq, body }) => [seq, body])).toEqual([[2, 'two']])
    expect((await shop.chatsOf(seller.token))[0]).toMatchObject({ last: null, lastSeq: 3, unread: 0 })
    const { results } = await worker.env.DB.prepare('SELECT seq, body FROM messages WHERE chat = ? ORDER BY seq')
      .bind(chat)
      .all()
    expect(results).toEqual([
      { seq: 1, body: '' },
      { seq: 2, body: 'two' },
      { seq: 3, body: '' },
    ])
  })

  it('leaves the placeholder of the shop’s own words', async () => {
    await shop.settle({ privacy: { placeholder: 'Gone, as asked for' } })
    const seller = await desk()
    const ada = await shop.signIn('own-words')
    const chat = await ask(ada.token, 'p1', 'one')
    await erased({ user: ada.user.id })
    expect((await log(seller.token, chat)).map(({ body }) => body)).toEqual(['Gone, as asked for'])
  })

  it.each([true, false])('takes their files along where the shop wants that (%s)', async (deleteAttachments) => {
    await shop.settle({ privacy: { deleteAttachments } })
    const seller = await desk()
    const ada = await shop.signIn('files')
    const chat = await ask(ada.token, 'p1', 'one')
    const { body } = await upload(worker, ada.token, makePng(4, 4))
    const sent = { ...message(''), attachments: [body.file.id] }
    expect((await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body: sent })).status).toBe(201)
    await erased({ user: ada.user.id })
    const [link] = (await worker.call('/v1/files/links', { token: seller.token, body: { files: [body.file.id] } })).body
      .links
    expect(link === undefined).toBe(deleteAttachments)
    if (link) expect((await fetch(worker.url + link.url)).status).toBe(200)
  })

  it('leaves no browser to ring, no picture, no mail, no hook that waits, and no link that was made before', async () => {
    const seller = await desk()
    const ada = await shop.signIn('heron-7', { name: 'Ada Heron', email: 'ada@heron.example' })
    const chat = await ask(ada.token, 'p1', 'a heron')
    const file = { name: 'heron.png', thumbnail: makePng(2, 2) }
    const { id } = (await upload(worker, ada.token, makePng(4, 4), file)).body.file
    const body = { ...message(''), attachments: [id] }
    expect((await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body })).status).toBe(201)
    const { links } = (await worker.call('/v1/files/links', { token: seller.token, body: { files: [id] } })).body
    const opened = () =>
      Promise.all([links[0].url, links[0].thumbnail].map(async (url) => (await fetch(worker.url + url)).status))

    const endpoint = 'https://fcm.googleapis.com/fcm/send/heron'
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) }
    const push = { method: 'PUT', origin: worker.url, token: ada.token, body: { endpoint, keys } }
    expect((await worker.call('/v1/push', push)).status).toBe(204)
    const [row] = (await shop.rows('attachments')).map(({ key, thumb_key }) => [key, thumb_key])
    const db = worker.env.DB
    const mail = db.prepare(
      `INSERT INTO outbox (id, site, kind, recipient, chat, email, payload, state, rank, created_at, due_at, expires_at)
       VALUES (?1 || ?2, ?2, 'order_link', ?3, NULL, ?4, '{"who":"heron"}', 'dead', 1, 1, 1, 1)`,
    )
    const hook = db.prepare(
      `INSERT INTO hook_events (site, source, key, payload, received_at, due_at, tries)
       VALUES (?1, 'woocommerce', ?2, ?3, 1, 99999999999999, 1)`,
    )
    const order = (customer: string | null, email: string) => ({ kind: 'order', order: { customer, email } })
    const others = JSON.stringify(order('8', 'someone@else.example'))
    await db.batch([
      mail.bind('mail_1_', shop.id, ada.user.id, 'ada@heron.example'),
      mail.bind('mail_2_', shop.id, 'Ada@Heron.example', 'Ada@Heron.example'),
      ...['mail_1_', 'mail_2_'].map((one) =>
        db.prepare(`INSERT INTO outbox_requests (mail, request) VALUES (?, 'Dear heron')`).bind(one + shop.id),
      ),
      hook.bind(shop.id, 'order', JSON.stringify(order('heron-7', 'x@example.com'))),
      hook.bind(shop.id, 'guest order', JSON.stringify(order(null, 'ADA@heron.example'))),
      hook.bind(shop.id, 'customer', JSON.stringify({ kind: 'customer', customer: { id: 'heron-7' } })),
      hook.bind(shop.id, 'other', others),
    ])
    expect(await opened()).toEqual([200, 200])
    expect(await storedKeys(worker.env)).toEqual(expect.arrayContaining(row as string[]))

    await erased({ user: ada.user.id })
    expect((await everything()).toLowerCase()).not.toContain('heron')
    expect(await opened()).toEqual([404, 404])
    for (const key of row ?? []) expect(await storedKeys(worker.env)).not.toContain(key)
    const hooks = (await shop.rows('hook_events')).filter(({ done_at }) => done_at === null)
    expect(hooks.map(({ payload }) => payload)).toEqual([others])
    expect(await shop.rows('push_subscriptions')).toEqual([])
    expect((await shop.rows('outbox')).filter(({ id }) => /^mail_[12]_/.test(id))).toEqual([])
  })

  it('is still counted: the report says what it said before', async () => {
    const analyst = await openAsserted(worker, shop, 'analyst')
    const seller = await desk()
    const ada = await shop.signIn('counted', { name: 'Ada' })
    const chat = await ask(ada.token, 'p1', 'a question')
    await say(seller.token, chat, 'an answer')
    for (const text of ['see here', 'and here']) {
      const { id } = (await upload(worker, ada.token, makePng(4, 4))).body.file
      const sent = { ...message(text), attachments: [id] }
      expect((await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body: sent })).status).toBe(201)
    }
    await ask(ada.token, 'p2', 'that nobody has answered')
    const report = async () => (await analyst.call('/v1/analytics')).body
    const before = await report()
    expect(before.totals).toMatchObject({ chats: 2, messages: 5, active: 2, attachments: 2, unanswered: 1 })
    await erased({ user: ada.user.id })
    expect(await report()).toEqual(before)
  })

  it('was a guest once: what they wrote then goes too', async () => {
    const seller = await desk()
    const guest = await shop.guest({ name: 'Canary Guest', email: 'guest-canary@example.com' })
    const chat = await ask(guest.token, 'p9', 'canary as a guest')
    const ada = await shop.signIn('merged', {}, { guestToken: guest.refreshToken })
    await say(ada.token, chat, 'canary as myself')
    await erased({ user: guest.user.id })
    expect((await log(seller.token, chat)).map(({ body }) => body)).toEqual([PLACEHOLDER, PLACEHOLDER])
    const left = await everything()
    expect(left).not.toContain('canary')
    expect(left).not.toContain('Canary Guest')
  })

  it('leaves no words in a mail that was rendered while they went, and could not be sent', async () => {
    const { token } = await shop.signIn('9', { name: 'Ada' })
    const chat = await ask(token, 'late', 'canary words')
    const late = `late_${shop.id.slice(5)}`.replaceAll('-', '_')
    await worker.env.DB.prepare(
      `CREATE TRIGGER ${late} AFTER UPDATE OF erased ON messages WHEN NEW.chat = '${chat}' BEGIN
        INSERT OR IGNORE INTO outbox (id, site, kind, recipient, chat, email, state, rank, created_at, due_at, expires_at, done_at)
        VALUES ('mail_${late}', '${shop.id}', 'new_message', 'usr_seller', '${chat}', NULL, 'dead', 1, 1, 1, 1, 1);
        INSERT OR IGNORE INTO outbox_requests (mail, request) VALUES ('mail_${late}', '{"text":"canary words"}');
      END`,
    ).run()
    try {
      await erased({ shopId: '9' })
    } finally {
      await worker.env.DB.prepare(`DROP TRIGGER ${late}`).run()
    }
    const { results } = await worker.env.DB.prepare('SELECT id FROM outbox WHERE site = ?').bind(shop.id).all()
    expect(results).toContainEqual({ id: `mail_${late}` })
    expect(await everything()).not.toContain('canary words')
  })

  it('is also told of nothing more, whatever save is taken back', async () => {
    const tell = (admins: string) =>
      shop.settle({ notifications: { newMessage: { admins }, chatCreated: { admins: 'ada.wool@example.com' } } })
    await tell('first@example.com, Ada.Wool@example.com, not-ada.wool@example.com')
    await tell('ada.wool@example.com')
    await tell('ada.wool@example.com, last@example.com')
    const ada = await shop.signIn('ada', { email: 'ada.wool@example.com' })
    await erased({ user: ada.user.id })
    expect((await everything()).replaceAll('not-ada.wool', '')).not.toContain('ada.wool')
    const read = async () => (await worker.call('/v1/settings', byServer)).body
    const { version, settings } = await read()
    expect(settings.notifications.newMessage.admins).toBe('last@example.com')
    expect(settings.notifications.chatCreated.admins).toBe('')
    const { results } = await worker.env.DB.prepare(
      `SELECT before ->> '$.notifications.newMessage.admins' told FROM settings_saves WHERE site = ? AND told IS NOT NULL ORDER BY version`,
    )
      .bind(shop.id)
      .all()
    expect([version > 0, results]).toEqual([
      true,
      [{ told: 'first@example.com, not-ada.wool@example.com' }, { told: '' }],
    ])
  })

  it('is not named in the log by a desk that had their name', async () => {
    const owner = await openOwner(worker, shop)
    expect((await owner.call('/v1/admin/sellers', { body: { id: 'wool', name: 'Sue Canary' } })).status).toBe(201)
    const rename = { method: 'PUT', body: { name: 'Wool' } }
    expect((await owner.call('/v1/admin/sellers/wool', rename)).status).toBe(200)
    await shop.signIn('sue', { name: 'Sue Canary' })
    await erased({ shopId: 'sue' })
    expect(await everything()).not.toContain('Canary')
  })

  it('leaves nothing of what their browser said of the thing', async () => {
    const ada = await shop.signIn('claims')
    const claim = { title: 'Gift for Canary', url: 'https://shop.example/p/canary' }
    const context = { type: 'product', id: 'p77', claim }
    expect(
      (await worker.call('/v1/chats', { token: ada.token, body: { context, message: message('hi') } })).status,
    ).toBe(201)
    await erased({ user: ada.user.id })
    expect((await everything()).toLowerCase()).not.toContain('canary')
  })

  it('was a seller too: their answers go, the desk and the words of its customers stay', async () => {
    const sue = await shop.signIn('sue', { role: 'seller', sellers: ['19'], name: 'Sue Canary' })
    await shop.put('/v1/catalog/products', { products: [{ id: 'p19', title: 'Bowl', seller: '19' }] })
    const customer = await shop.signIn('customer', { name: 'Carl' })
    const chat = await ask(customer.token, 'p19', 'a question')
    await say(sue.token, chat, 'a canary answer')
    await erased({ user: sue.user.id })
    const after = await log(customer.token, chat)
    expect(after.map(({ body, name }) => [body, name])).toEqual([
      ['a question', 'Carl'],
      [PLACEHOLDER, null],
    ])
    const [mine] = await shop.chatsOf(customer.token)
    expect(mine).toMatchObject({ state: 'open', seller: { id: '19', name: 'Oak Works' } })
    expect((await say(customer.token, chat, 'anybody else?')).status).toBe(201)
    expect(await everything()).not.toContain('anary')
  })

  it('bought something: the starter is written anew without the name, and no late hook brings it back', async () => {
    const order = {
      id: '9001',
      number: 'A-9001',
      customer: { id: 'buyer', name: 'Bea Canary', email: 'bea@canary.example' },
      placedAt: new Date().toISOString(),
      total: '42.00',
      currency: 'EUR',
      url: 'https://shop.example/orders/canary',
      items: [{ name: 'Walnut canary bowl', quantity: 1, total: '42.00' }],
    }
    expect((await shop.put('/v1/orders', { orders: [order] })).status).toBe(200)
    const bea = await shop.signIn('buyer', { name: 'Bea Canary', orders: ['9001'] })
    const [chat] = await shop.chatsOf(bea.token)
    const seller = await desk()
    await erased({ shopId: 'buyer' })
    const [starter] = await log(seller.token, chat.id)
    expect(starter).toMatchObject({ side: 'system', seq: 1 })
    expect(starter.body).toBe('Hello, thank you for your order A-9001.\n\nIf anything is unclear, just write here.')
    await shop.put('/v1/orders', { orders: [{ ...order, status: 'completed' }] })
    expect((await everything()).toLowerCase()).not.toContain('canary')
    expect(await shop.rows('chats')).toHaveLength(1)
  })
})

describe('asking for an erasure', () => {
  it('twice is asking once', async () => {
    const ada = await shop.signIn('twice')
    const [one, two] = await Promise.all([erase({ user: ada.user.id }), erase({ user: ada.user.id })])
    expect([one.status, two.status].filter((status) => status === 202).length).toBeGreaterThan(0)
    await expect.poll(async () => (await erase({ user: ada.user.id })).status, PATIENT).toBe(404)
    expect(await shop.rows('privacy_requests')).toHaveLength(1)
  })

  it('of nobody is answered alike: unknown, another shop’s, erased already', async () => {
    const elsewhere = await openShop(worker)
    const theirs = await elsewhere.signIn('theirs', { email: 'theirs@example.com' })
    const gone = await shop.signIn('gone', { email: 'gone@example.com' })
    await erased({ user: gone.user.id })
    const answers = await Promise.all(
      [
        { user: 'usr_0123456789abcdef' },
        { user: theirs.user.id },
        { user: gone.user.id },
        { shopId: 'theirs' },
        { shopId: 'gone' },
        { email: 'theirs@example.com' },
        { email: 'gone@example.com' },
      ].map(erase),
    )
    for (const { status, body } of answers) expect([status, body]).toEqual([answers[0]?.status, answers[0]?.body])
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await worker.call('/v1/me', { token: theirs.token })).status).toBe(200)
  })

  it('needs the word, typed, and one person', async () => {
    const ada = await shop.signIn('word')
    for (const wrong of [
      { user: ada.user.id, confirm: 'yes' },
      { confirm: 'erase' },
      { user: ada.user.id, shopId: 'word', confirm: 'erase' },
    ])
      expect((await worker.call('/v1/privacy/erase', { ...byServer, body: wrong })).status).toBe(422)
    expect(
      (await worker.call('/v1/privacy/erase', { token: ada.token, body: { user: ada.user.id, confirm: 'erase' } }))
        .status,
    ).toBe(403)
  })

  it('of one who shares an address leaves the other alone', async () => {
    const seller = await desk()
    const [one, two] = [
      await shop.signIn('one', { name: 'One', email: 'both@example.com' }),
      await shop.signIn('two', { name: 'Two', email: 'both@example.com' }),
    ]
    const [a, b] = [await ask(one.token, 'p1', 'of one'), await ask(two.token, 'p1', 'of two')]
    await erased({ user: one.user.id })
    expect((await log(seller.token, a)).map(({ body }) => body)).toEqual([PLACEHOLDER])
    expect((await log(seller.token, b)).map(({ body, name }) => [body, name])).toEqual([['of two', 'Two']])
    expect((await worker.call('/v1/me', { token: two.token })).body.email).toBe('both@example.com')
  })

  it('of somebody who ran the site once is carried out', async () => {
    const owner = await openOwner(worker, shop)
    const admin = await openInvited(worker, shop, owner, 'admin', 'ada.canary@office.example')
    expect((await erase({ user: admin.id })).body.code).toBe('person_is_staff')
    expect((await owner.call(`/v1/admin/people/${admin.id}`, { method: 'DELETE' })).status).toBe(204)
    await erased({ user: admin.id })
    expect(await everything()).not.toContain('canary')
    const boss = await openAsserted(worker, shop, 'admin', 'boss')
    expect((await boss.call('/v1/sessions/current', { method: 'DELETE' })).status).toBe(204)
    await erased({ shopId: 'boss' })
  })

  it('of somebody who runs the site is refused', async () => {
    const origin = 'https://office.shop.example'
    await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin, use: 'admin' } })
    const assertion = shop.assertion({ sub: 'boss', role: 'admin', exp: seconds() + 60 }, shop.admin)
    expect((await shop.open({ assertion }, { origin })).status).toBe(201)
    expect((await erase({ shopId: 'boss' })).body.code).toBe('person_is_staff')
  })
})

describe('a legal hold', () => {
  it('keeps everything until it is lifted, and then the erasure goes on by itself', async () => {
    const ada = await shop.signIn('held', { name: 'Held Canary' })
    const seller = await desk()
    const chat = await ask(ada.token, 'p1', 'evidence')
    const hold = (held: boolean) =>
      worker.call(`/v1/privacy/people/${ada.user.id}/hold`, {
        ...byServer,
        method: 'PUT',
        body: { held, reason: 'Case 12' },
      })
    expect((await hold(true)).body).toMatchObject({ person: { held: true }, hold: { reason: 'Case 12' } })
    const { body } = await erase({ user: ada.user.id })
    const { id } = body.requests[0]
    expect((await request(id)).state).toBe('held')
    expect((await log(seller.token, chat)).map(({ body: text }) => text)).toEqual(['evidence'])
    await hold(false)
    const { server } = worker
    await server.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    expect((await request(id)).state).toBe('done')
    expect((await log(seller.token, chat)).map(({ body: text }) => text)).toEqual([PLACEHOLDER])
  })

  it('that comes in the midst of an erasure stops it at the next step', async () => {
    const ada = await shop.signIn('late-hold', { name: 'Ada' })
    const chat = await ask(ada.token, 'p1', 'evidence')
    const { id: file } = (await upload(worker, ada.token, makePng(4, 4))).body.file
    const db = worker.env.DB
    await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body: { ...message(''), attachments: [file] } })
    await db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
         INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
         SELECT ?1, i, ?2, 'customer', 'seeded-' || i, 'evidence ' || i, i, 1 FROM n`,
      )
      .bind(chat, ada.user.id)
      .run()
    const left = async () => {
      const counts = `SELECT (SELECT count(*) FROM messages WHERE chat = ?1 AND erased IS NULL) messages,
        (SELECT count(*) FROM attachments WHERE chat = ?1 AND removed_at IS NULL) files`
      return db.prepare(counts).bind(chat).first<{ messages: number; files: number }>()
    }
    expect(await left()).toEqual({ messages: 1500, files: 1 })
    // The step after the first thousand fails, so that there is time to hold the person.
    const fault = `fault_${shop.id.slice(5)}`.replaceAll('-', '_')
    const cron = () => worker.server.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    const due = (id: string) => db.prepare('UPDATE privacy_requests SET due_at = 1 WHERE id = ?').bind(id).run()
    const hold = (held: boolean) =>
      worker.call(`/v1/privacy/people/${ada.user.id}/hold`, { ...byServer, method: 'PUT', body: { held } })
    await db
      .prepare(
        `CREATE TRIGGER ${fault} BEFORE UPDATE OF erased ON messages WHEN NEW.chat = '${chat}' AND
          (SELECT counts ->> '$.messages' FROM privacy_requests WHERE user = '${ada.user.id}') >= 1000
         BEGIN SELECT raise(ABORT, 'a fault of the test'); END`,
      )
      .run()
    const { id } = (await erase({ user: ada.user.id })).body.requests[0]
    try {
      await expect.poll(left, PATIENT).toEqual({ messages: 500, files: 1 })
      expect((await hold(true)).body).toMatchObject({ person: { name: null, held: true }, holds: { messages: 500 } })
    } finally {
      await db.prepare(`DROP TRIGGER ${fault}`).run()
    }
    await due(id)
    await cron()
    expect(await request(id)).toMatchObject({ state: 'held', counts: { messages: 1000, files: 0 } })
    expect(await left()).toEqual({ messages: 500, files: 1 })
    expect((await hold(false)).status).toBe(200)
    await due(id)
    await cron()
    await expect.poll(() => request(id).then(({ state }) => state), PATIENT).toBe('done')
    expect(await left()).toEqual({ messages: 0, files: 0 })
    expect((await hold(true)).status).toBe(404)
  })

  it('that comes between two steps stops the run that is under way', async () => {
    const ada = await shop.signIn('held-between', { name: 'Ada' })
    const chat = await ask(ada.token, 'p1', 'evidence')
    const hold = `hold_${shop.id.slice(5)}`.replaceAll('-', '_')
    const run = (sql: string) => worker.env.DB.prepare(sql).run()
    await run(
      `CREATE TRIGGER ${hold} AFTER UPDATE OF erased_at ON users WHEN NEW.id = '${ada.user.id}' BEGIN
        INSERT INTO privacy_holds (site, user, created_at) VALUES ('${shop.id}', '${ada.user.id}', 1);
      END`,
    )
    try {
      const { id } = (await erase({ user: ada.user.id })).body.requests[0]
      await expect.poll(() => request(id).then(({ state }) => state), PATIENT).toBe('held')
      // What the run would have done next takes a moment; nothing of it may come.
      await new Promise((resolve) => setTimeout(resolve, 500))
      const row = await worker.env.DB.prepare('SELECT body, erased FROM messages WHERE chat = ?').bind(chat).first()
      expect(row).toEqual({ body: 'evidence', erased: null })
    } finally {
      await run(`DROP TRIGGER ${hold}`)
    }
  })
})
