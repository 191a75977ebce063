import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePng, storedKeys, upload } from '../support/files.ts'
import { openHooks, sample } from '../support/hooks.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { ageProof, auditOf, codeFor, openAsserted, openOwner } from '../support/staff.ts'
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
const texts = async (token: string, chat: string) => (await shop.messagesOf(token, chat)).map(({ body }) => body)
const desk = () =>
  shop.signIn('clerk', { role: 'seller', sellers: ['shop'], name: 'Clara Clerk', email: 'clara@secret.example' })
const byServer = (options: object = {}) => ({ origin: null, token: shop.server.secret, ...options })
const requests = async () => (await worker.call('/v1/privacy/requests', byServer())).body.requests
/** Before all other sites, of which one run of the cron takes a few. */
const due = () =>
  worker.env.DB.prepare(
    'INSERT INTO privacy_sweeps (site, next_at) VALUES (?1, -1) ON CONFLICT (site) DO UPDATE SET next_at = -1',
  ).bind(shop.id)
const cron = () => worker.server.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() })

interface Unzipped {
  names: string[]
  read(name: string): string
  bytes(name: string): Buffer | undefined
  headers: Headers
}
async function unzip(path: string, init: RequestInit): Promise<Unzipped> {
  const response = await fetch(worker.url + path, init)
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return unpack(new Uint8Array(await response.arrayBuffer()), response.headers)
}
function unpack(zip: Uint8Array, headers: Headers): Unzipped {
  const folder = mkdtempSync(join(tmpdir(), 'shopbell-export-'))
  try {
    const file = join(folder, 'export.zip')
    writeFileSync(file, zip)
    const python =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2]); print("\\n".join(z.namelist()))'
    const out = join(folder, 'out')
    const names = execFileSync('python3', ['-c', python, file, out], { encoding: 'utf8' }).trim().split('\n')
    const files = new Map(names.map((name) => [name, readFileSync(join(out, name))]))
    const bytes = (name: string) => files.get(name)
    return { names, bytes, read: (name) => bytes(name)?.toString() ?? '', headers }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
const exported = (query: string) =>
  unzip(`/v1/privacy/export?${query}`, { headers: { Authorization: `Bearer ${shop.server.secret}` } })

describe('an export', () => {
  it('has all that is theirs, and of others only what was said to them', async () => {
    const seller = await desk()
    const order = { id: '41', number: 'A-41', customer: { id: 'ada', name: 'Ada' }, placedAt: new Date().toISOString() }
    const items = [{ name: 'Bowl', quantity: 1, total: '42.00' }]
    await shop.put('/v1/orders', { orders: [{ ...order, total: '42.00', currency: 'EUR', items }] })
    const ada = await shop.signIn('ada', { name: 'Ada', email: 'ada@example.com', orders: ['41'] })
    const eve = await shop.signIn('eve', { name: 'Eve Other', email: 'eve@secret.example' })
    const chat = await ask(ada.token, 'p1', 'my question <script>alert(1)</script>')
    const photo = makePng(4, 4)
    const send = async (token: string, to: string, name: string) => {
      const { id } = (await upload(worker, token, photo, { name })).body.file
      const body = { ...message(''), attachments: [id] }
      expect((await worker.call(`/v1/chats/${to}/messages`, { token, body })).status).toBe(201)
      return id as string
    }
    await say(seller.token, chat, 'the answer')
    const id = await send(ada.token, chat, 'my photo & me.png')
    await send(seller.token, chat, 'of the desk.png')
    const others = await ask(eve.token, 'p1', 'a secret of somebody else')
    await send(eve.token, others, 'a secret.png')
    const context = { type: 'product', id: 'p2', claim: { title: 'Nothing said yet' } }
    await worker.call('/v1/chats', { token: ada.token, body: { context } })
    await worker.env.DB.prepare(
      `INSERT INTO outbox (id, site, kind, recipient, chat, email, state, rank, created_at, due_at, expires_at, done_at)
       VALUES ('mail_of_' || ?1, ?1, 'new_message', ?2, ?3, 'ada@example.com', 'sent', 1, 1, 1, 1, 1)`,
    )
      .bind(shop.id, ada.user.id, chat)
      .run()

    const zip = await exported(`user=${ada.user.id}`)
    const path = `files/${id}-my photo _ me.png`
    expect(zip.names).toEqual(['data.json', 'data.html', path])
    expect(zip.bytes(path)).toEqual(photo)
    expect(zip.headers.get('shopbell-parts')).toBe('1')
    const data = JSON.parse(zip.read('data.json'))
    expect(data.profile).toMatchObject([{ shopId: 'ada', name: 'Ada', email: 'ada@example.com' }])
    expect(data.chats).toHaveLength(3)
    expect(data.chats).toContainEqual(expect.objectContaining({ id: chat, thing: 'p1', side: 'customer' }))
    expect(data.orders).toMatchObject([{ number: 'A-41' }])
    expect(data.notifications).toContainEqual(expect.objectContaining({ kind: 'new_message', chat, state: 'sent' }))
    expect(data.files).toMatchObject([{ path, name: 'my photo & me.png', type: 'image/png', size: photo.length, chat }])
    const said = data.messages.filter((one: any) => one.chat === chat)
    expect(said.map(({ by, body, files }: any) => [by, body, files])).toEqual([
      ['me', 'my question <script>alert(1)</script>', undefined],
      [expect.stringMatching(/^Shop /), 'the answer', undefined],
      ['me', '', ['my photo & me.png']],
      [expect.stringMatching(/^Shop /), '', ['of the desk.png']],
    ])

    const html = zip.read('data.html')
    for (const shown of [
      'my question &lt;script&gt;',
      '📎 my photo &amp; me.png',
      '📎 of the desk.png',
      `href="files/${id}-my%20photo%20_%20me.png"`,
      '0.1 kB',
      'Nothing said yet',
      '<h2>Orders</h2>',
      'A-41',
      '<h2>Mails</h2>',
      'new_message',
    ])
      expect(html).toContain(shown)
    expect(html).not.toContain('<script')
    for (const text of [zip.read('data.json'), html])
      for (const secret of ['secret', 'Eve Other', 'Clara', seller.user.id]) expect(text).not.toContain(secret)
    expect(await requests()).toMatchObject([{ kind: 'export', state: 'done', source: 'server' }])
  })

  it('gives a seller what they wrote, and not what their customers did', async () => {
    const seller = await desk()
    const ada = await shop.signIn('ada', { name: 'Ada Private' })
    const chat = await ask(ada.token, 'p1', 'a private question')
    await say(seller.token, chat, 'my answer')
    const data = JSON.parse((await exported(`shopId=clerk`)).read('data.json'))
    expect(data.messages.map(({ by, body }: any) => [by, body])).toEqual([['me', 'my answer']])
    expect(JSON.stringify(data)).not.toContain('rivate')
  })

  it('is one person’s: an address that two share names nobody', async () => {
    for (const sub of ['one', 'two']) await shop.signIn(sub, { email: 'both@example.com' })
    const answer = await worker.call('/v1/privacy/export?email=both@example.com', byServer())
    expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'email' }] } })
    for (const query of ['user=usr_0123456789abcdef', 'shopId=nobody', 'email=nobody@example.com', 'shopId=one&part=2'])
      expect((await worker.call(`/v1/privacy/export?${query}`, byServer())).status).toBe(404)
  })

  it('comes in parts where there is very much, each with its own files and their bytes', async () => {
    const ada = await shop.signIn('many', { email: 'many@example.com' })
    const chat = await ask(ada.token, 'p1', 'the only words')
    const photo = makePng(5, 3)
    const { id } = (await upload(worker, ada.token, photo)).body.file
    await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body: { ...message(''), attachments: [id] } })
    await worker.env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 401)
       INSERT INTO attachments (id, site, user, chat, seq, position, key, name, kind, type, size, created_at, stored_at)
       SELECT 'file_' || i || '_of_' || a.id, site, user, chat, seq, i, key, i || '.png', kind, type, size, created_at, stored_at
       FROM n, attachments a WHERE a.id = ?`,
    )
      .bind(id)
      .run()
    const zips = [await exported('email=MANY@example.com&part=1'), await exported('email=many@example.com&part=2')]
    const read = zips.map((zip) => JSON.parse(zip.read('data.json')))
    const paths = zips.map(({ names }) => names.filter((name) => name.startsWith('files/')))
    expect(zips.map(({ headers }) => headers.get('shopbell-parts'))).toEqual(['2', '2'])
    expect(paths.map(({ length }) => length)).toEqual([400, 2])
    expect(new Set(paths.flat()).size).toBe(402)
    for (const [at, zip] of zips.entries()) {
      expect(read[at].files.map(({ path }: any) => path)).toEqual(paths[at])
      for (const path of paths[at] ?? []) expect(zip.bytes(path)).toEqual(photo)
      for (const path of paths[at] ?? []) expect(zip.read('data.html')).toContain(path)
    }
    expect(read.map(({ messages, profile }) => [messages.length, profile?.length])).toEqual([
      [2, 1],
      [0, undefined],
    ])
    expect(zips[1]?.read('data.html')).toContain('2 of 2')
    const answer = await worker.call('/v1/privacy/export?email=many@example.com&part=3', byServer())
    expect(answer.status).toBe(404)
  })

  it('of somebody who is erased while it is read tells nothing more of them', async () => {
    const ada = await shop.signIn('ada', { name: 'Ada Heron', email: 'ada@heron.example' })
    const chat = await ask(ada.token, 'p1', 'heron')
    const { id } = (await upload(worker, ada.token, makePng(4, 4), { name: 'heron.png' })).body.file
    await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body: { ...message(''), attachments: [id] } })
    // Far more than what the sockets in between hold: eight pages of 4 MB.
    await worker.env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
       INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
       SELECT ?1, i, ?2, 'customer', 'seeded-' || i, 'heron ' || hex(zeroblob(2000)), i, 1 FROM n`,
    )
      .bind(chat, ada.user.id)
      .run()
    const headers = { Authorization: `Bearer ${shop.server.secret}` }
    const response = await fetch(`${worker.url}/v1/privacy/export?user=${ada.user.id}`, { headers })
    const reader = response.body?.getReader()
    if (!reader) throw new Error('There is nothing to read')
    const chunks = [(await reader.read()).value ?? new Uint8Array()]
    const { body } = await worker.call('/v1/privacy/erase', byServer({ body: { shopId: 'ada', confirm: 'erase' } }))
    const erasure = `/v1/privacy/requests/${body.requests[0].id}`
    const state = async () => {
      await cron()
      return (await worker.call(erasure, byServer())).body.request.state
    }
    await expect.poll(state, PATIENT).toBe('done')
    for (let rest = await reader.read(); !rest.done; rest = await reader.read()) chunks.push(rest.value)

    // Whole pages were on their way already; all that is read later is what is left of the person.
    const zip = unpack(Buffer.concat(chunks), response.headers)
    const bodies: string[] = JSON.parse(zip.read('data.json')).messages.map((one: any) => one.body)
    const first = bodies.indexOf(PLACEHOLDER)
    expect(bodies).toHaveLength(8000)
    expect(first % 1000).toBe(0)
    expect(new Set(bodies.slice(first))).toEqual(new Set([PLACEHOLDER]))
    expect(zip.read('data.html')).toContain(PLACEHOLDER)
    expect(zip.read('data.html').toLowerCase()).not.toContain('heron')
    expect(zip.names).toEqual(['data.json', 'data.html'])
    expect(JSON.parse(zip.read('data.json')).files).toEqual([])
  })

  it('of somebody who is erased at the same moment has placeholders, or nobody', async () => {
    const ada = await shop.signIn('both')
    await ask(ada.token, 'p1', 'soon gone')
    const [zip] = await Promise.allSettled([
      exported('shopId=both'),
      worker.call('/v1/privacy/erase', byServer({ body: { shopId: 'both', confirm: 'erase' } })),
    ])
    if (zip.status === 'fulfilled') expect(JSON.parse(zip.value.read('data.json')).messages).toHaveLength(1)
    else expect(String(zip.reason)).toContain('404')
    await expect
      .poll(async () => (await requests()).find(({ kind }: any) => kind === 'erase').state, PATIENT)
      .toBe('done')
  })
})

describe('what is kept of a person', () => {
  it('is found by address, id and name, and counted', async () => {
    const ada = await shop.signIn('ada', { name: 'Ada Lovelace', email: 'Ada@example.com' })
    await ask(ada.token, 'p1', 'one')
    const find = async (q: string) =>
      (await worker.call(`/v1/privacy/people?q=${encodeURIComponent(q)}`, byServer())).body.people
    for (const q of ['ada@EXAMPLE.com', 'ada', ada.user.id, 'ada love'])
      expect(await find(q)).toMatchObject([{ id: ada.user.id }])
    for (const q of ['lovelace', '%', 'example.com']) expect(await find(q)).toEqual([])
    const { body } = await worker.call(`/v1/privacy/people/${ada.user.id}`, byServer())
    expect(body).toMatchObject({
      person: { shopId: 'ada', held: false },
      holds: { chats: 1, messages: 1, sessions: 1 },
    })
    const elsewhere = await openShop(worker)
    const theirs = { origin: null, token: elsewhere.server.secret }
    expect((await worker.call(`/v1/privacy/people/${ada.user.id}`, theirs)).status).toBe(404)
    expect((await worker.call('/v1/privacy/people?q=ada', theirs)).body.people).toEqual([])
  })
})

describe('Shopify', () => {
  const law = async (topic: string, change: object = {}) => {
    const hooks = await openHooks(worker, shop, 'shopify')
    const file = `shopify-${topic.replace('/', '-')}.json`
    await hooks.deliver(topic, { ...(await sample(file)), ...change })
  }

  it('has a customer erased, with the guests of the same address, and nobody who only shares it', async () => {
    const seller = await desk()
    const john = await shop.signIn('191167', { name: 'John Canary', email: 'john@example.com' })
    const wife = await shop.signIn('191168', { name: 'Joan', email: 'john@example.com' })
    const guest = await shop.guest({ name: 'John', email: 'John@example.com' })
    const chats = [
      await ask(john.token, 'p1', 'of john'),
      await ask(wife.token, 'p1', 'of joan'),
      await ask(guest.token, 'p1', 'of a guest'),
    ]
    await law('customers/redact')
    await expect.poll(async () => (await requests()).map(({ state }: any) => state), PATIENT).toEqual(['done', 'done'])
    const after = await Promise.all(chats.map((chat) => texts(seller.token, chat)))
    expect(after).toEqual([[PLACEHOLDER], ['of joan'], [PLACEHOLDER]])
    expect((await shop.rows('hook_events')).every(({ done_at, payload }) => done_at && payload === '')).toBe(true)
  })

  it('has a copy asked for, which waits for the shop’s people', async () => {
    await shop.signIn('191167', { name: 'John' })
    await law('customers/data_request')
    const [request] = await requests()
    expect(request).toMatchObject({ kind: 'export', source: 'shopify', state: 'waiting', name: 'John' })
    const decide = { method: 'PUT', body: { decision: 'carry_out' } }
    const { body } = await worker.call(`/v1/privacy/requests/${request.id}`, byServer(decide))
    expect(body.request.state).toBe('done')
  })

  it('has everybody erased when the shop is gone', async () => {
    const seller = await desk()
    for (const sub of ['a', 'b']) await ask((await shop.signIn(sub, { name: `Canary ${sub}` })).token, 'p1', 'a canary')
    await law('shop/redact')
    for (let minute = 0; minute < 5; minute++) await cron()
    expect((await requests()).map(({ state }: any) => state)).not.toContain('running')
    expect((await worker.call('/v1/me', { token: seller.token })).status).toBe(401)
    expect(JSON.stringify([await shop.rows('users'), await shop.rows('chats')])).not.toContain('anary')
  })

  it('has also those erased who have asked for it and wait, when the shop is gone', async () => {
    const ada = await shop.signIn('waits', { name: 'Wanda Canary', email: 'wanda@canary.example' })
    const asked = await worker.call('/v1/me/data/erase', { token: ada.token, body: { confirm: 'erase' } })
    expect(asked.body.requests).toMatchObject([{ state: 'waiting' }])
    await law('shop/redact')
    for (let minute = 0; minute < 5; minute++) await cron()
    expect(new Set((await requests()).map(({ state }: any) => state))).toEqual(new Set(['done']))
    expect(JSON.stringify([await shop.rows('users'), await shop.rows('privacy_requests')])).not.toContain('anary')
  })

  it('asks for nobody we know, and nothing happens', async () => {
    await law('customers/redact')
    expect(await requests()).toEqual([])
  })

  it('waits for somebody to decide where the eraser is off', async () => {
    await shop.settle({ privacy: { eraser: false } })
    await shop.signIn('191167')
    await law('customers/redact')
    await cron()
    expect(await requests()).toMatchObject([{ kind: 'erase', state: 'waiting' }])
    const [{ id }] = await requests()
    await worker.call(`/v1/privacy/requests/${id}`, byServer({ method: 'PUT', body: { decision: 'dismiss' } }))
    expect(await requests()).toMatchObject([{ state: 'dismissed' }])
  })
})

describe('WordPress', () => {
  const email = 'ada@example.com'
  const export_ = async () => (await worker.call(`/v1/privacy/wordpress/export?email=${email}&page=1`, byServer())).body
  const erase = async () => (await worker.call('/v1/privacy/wordpress/erase', byServer({ body: { email } }))).body
  const written = async () => {
    const ada = await shop.signIn('ada', { name: 'Ada', email })
    return ask(ada.token, 'p1', 'mine')
  }

  it('gets a person’s chats, and nothing of them where the exporter is off', async () => {
    const chat = await written()
    const { token } = await shop.signIn('ada')
    const { id } = (await upload(worker, token, makePng(4, 4), { name: 'bowl.png' })).body.file
    await worker.call(`/v1/chats/${chat}/messages`, { token, body: { ...message(''), attachments: [id] } })
    const { data } = await export_()
    expect(JSON.stringify(data)).toContain('mine')
    expect(data.at(-1).data).toContainEqual({ name: 'Files', value: 'bowl.png' })
    await shop.settle({ privacy: { exporter: false } })
    expect(await export_()).toEqual({ data: [], done: true })
    // Off, nobody gets a copy by themselves; whoever runs the site can hand one out.
    expect((await worker.call('/v1/me/data', { token })).body.export).toBe(false)
    expect((await worker.call('/v1/me/data/export', { token, body: {} })).body.code).toBe('privacy_off')
    expect((await exported(`email=${email}`)).read('data.json')).toContain('mine')
  })

  it('has a person erased, and is told that they are kept where the eraser is off', async () => {
    const seller = await desk()
    const chat = await written()
    await shop.settle({ privacy: { eraser: false } })
    expect(await erase()).toMatchObject({ items_removed: false, items_retained: true, done: true })
    expect(await texts(seller.token, chat)).toEqual(['mine'])
    await shop.settle({ privacy: { eraser: true } })
    await expect.poll(async () => (await erase()).done, PATIENT).toBe(true)
    expect(await texts(seller.token, chat)).toEqual([PLACEHOLDER])
  })
})

describe('a shopper', () => {
  const own = (token: string) => worker.call('/v1/me/data', { token })
  const erase = (token: string, more: object = {}) =>
    worker.call('/v1/me/data/erase', { token, body: { confirm: 'erase', ...more } })
  const mailed = async (email: string) => {
    const row = await worker.env.DB.prepare(
      "SELECT payload FROM outbox WHERE site = ? AND kind = 'privacy' AND email = ? ORDER BY created_at DESC",
    )
      .bind(shop.id, email)
      .first<{ payload: string }>()
    return row && JSON.parse(row.payload).code
  }

  it('gets a copy and asks to be erased; somebody of the shop decides', async () => {
    const ada = await shop.signIn('ada', { name: 'Ada', email: 'ada@example.com' })
    const seller = await desk()
    const chat = await ask(ada.token, 'p1', 'mine')
    expect((await own(ada.token)).body).toEqual({
      export: true,
      erase: 'ask',
      erasesFiles: true,
      proof: null,
      requests: [],
    })
    const headers = {
      Authorization: `Bearer ${ada.token}`,
      Origin: 'https://shop.example',
      'Content-Type': 'application/json',
    }
    const zip = await unzip('/v1/me/data/export', { method: 'POST', headers, body: '{}' })
    // A page of the shop may read it.
    expect(zip.headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(zip.headers.get('access-control-expose-headers')).toContain('Shopbell-Parts')
    expect(JSON.parse(zip.read('data.json')).messages).toMatchObject([{ by: 'me', body: 'mine' }])
    expect((await erase(ada.token)).body.requests).toMatchObject([{ state: 'waiting', source: 'shopper' }])
    expect(await texts(seller.token, chat)).toEqual(['mine'])
    const [{ id }] = await requests()
    await worker.call(`/v1/privacy/requests/${id}`, byServer({ method: 'PUT', body: { decision: 'carry_out' } }))
    await expect.poll(() => texts(seller.token, chat), PATIENT).toEqual([PLACEHOLDER])
  })

  it('is erased at once where the shop has it so', async () => {
    await shop.settle({ privacy: { ownRequests: 'automatic' } })
    const ada = await shop.signIn('ada')
    expect((await own(ada.token)).body.erase).toBe('at_once')
    expect((await erase(ada.token)).status).toBe(202)
    await expect.poll(async () => (await worker.call('/v1/me', { token: ada.token })).status, PATIENT).toBe(401)
  })

  it('who is a guest proves the address by a code that was mailed to it', async () => {
    const guest = await shop.guest({ name: 'G', email: 'guest@example.com' })
    expect((await own(guest.token)).body.proof).toBe('g…@example.com')
    expect((await erase(guest.token)).body.code).toBe('code_invalid')
    expect((await worker.call('/v1/me/data/code', { method: 'POST', token: guest.token })).status).toBe(204)
    const code = await mailed('guest@example.com')
    expect(code).toMatch(/^\d{6}$/)
    const wrong = code === '000000' ? '000001' : '000000'
    const other = await shop.guest({ name: 'O', email: 'other@example.com' })
    expect((await erase(other.token, { code })).body.code).toBe('code_invalid')
    expect((await erase(guest.token, { code: wrong })).body.code).toBe('code_invalid')
    expect((await erase(guest.token, { code })).status).toBe(202)
    for (let i = 0; i < 5; i++) await erase(guest.token, { code: wrong })
    expect((await erase(guest.token, { code })).body.code).toBe('code_invalid')
  })

  it('has no token left of the guest whom they once were: neither a copy nor an erasure of the account', async () => {
    await shop.settle({ privacy: { ownRequests: 'automatic' } })
    const guest = await shop.guest()
    const ada = await shop.signIn('ada', { name: 'Ada', email: 'ada@example.com' }, { guestToken: guest.refreshToken })
    for (const path of ['/v1/me/data', '/v1/me/data/code', '/v1/me/data/export', '/v1/me/data/erase']) {
      const body = path.endsWith('erase') ? { confirm: 'erase' } : {}
      const options = path === '/v1/me/data' ? {} : path.endsWith('code') ? { method: 'POST' } : { body }
      const { status, body: answer } = await worker.call(path, { token: guest.token, ...options })
      expect([path, status, answer.code]).toEqual([path, 401, 'session_ended'])
    }
    expect(await requests()).toEqual([])
    expect((await own(ada.token)).status).toBe(200)
  })

  it('who has signed out asks for nothing more', async () => {
    const ada = await shop.signIn('ada')
    expect((await worker.call('/v1/sessions/current', { method: 'DELETE', token: ada.token })).status).toBe(204)
    expect((await own(ada.token)).body.code).toBe('session_ended')
    expect((await erase(ada.token)).body.code).toBe('session_ended')
  })

  it('is mailed five codes a day at most, and told the same', async () => {
    const guest = await shop.guest({ name: 'F', email: 'flood@example.com' })
    for (let i = 0; i < 8; i++)
      expect((await worker.call('/v1/me/data/code', { method: 'POST', token: guest.token })).status).toBe(204)
    expect((await shop.rows('outbox')).filter(({ kind }) => kind === 'privacy')).toHaveLength(5)
  })

  it('is offered nothing where the shop answers by itself', async () => {
    await shop.settle({ privacy: { ownRequests: 'off' } })
    const ada = await shop.signIn('ada')
    expect((await own(ada.token)).body).toMatchObject({ export: false, erase: 'no' })
    expect((await erase(ada.token)).body.code).toBe('privacy_off')
    expect((await worker.call('/v1/me/data/export', { token: ada.token, body: {} })).body.code).toBe('privacy_off')
  })
})

describe('whoever runs the site', () => {
  const put = (body: object) => ({ method: 'PUT', body })

  /** What needs a proof, with what the log calls it. */
  async function deeds() {
    const [ada, eve] = [
      await shop.signIn('ada', { name: 'Ada Private', email: 'ada@private.example' }),
      await shop.signIn('eve', { name: 'Eve' }),
    ]
    await worker.call('/v1/me/data/erase', { token: eve.token, body: { confirm: 'erase' } })
    const [{ id }] = await requests()
    const hold = `/v1/privacy/people/${ada.user.id}/hold`
    return [
      { action: 'person.exported', path: `/v1/privacy/export?user=${ada.user.id}`, options: {}, of: ada },
      { action: 'person.held', path: hold, options: put({ held: true, reason: 'A private matter' }), of: ada },
      { action: 'person.released', path: hold, options: put({ held: false }), of: ada },
      { action: 'erase.dismissed', path: `/v1/privacy/requests/${id}`, options: put({ decision: 'dismiss' }), of: eve },
      {
        action: 'person.erased',
        path: '/v1/privacy/erase',
        options: { body: { user: ada.user.id, confirm: 'erase' } },
        of: ada,
      },
    ]
  }
  const logged = async () =>
    (await auditOf(worker, shop.id)).filter(
      ({ action }) => /^(person|erase)\./.test(action) && action !== 'person.joined',
    )

  it('shows that it is still they before they hand out, hold, decide or erase, and each deed is in the log', async () => {
    const owner = await openOwner(worker, shop)
    const all = await deeds()
    await ageProof(worker, owner)
    for (const { action, path, options } of all)
      expect((await owner.call(path, options)).body.code, action).toBe('step_up_required')
    expect(await logged()).toEqual([])
    expect((await requests()).map(({ state }: any) => state)).toEqual(['waiting'])

    const { body } = await owner.call('/v1/admin/step-up/code', { method: 'POST' })
    const code = await codeFor(worker, owner.email)
    await owner.call('/v1/admin/step-up', { body: { challenge: body.challenge, code } })
    for (const { action, path, options } of all)
      expect((await owner.call(path, options)).status, action).toBeLessThan(300)
    const deed = { actor: owner.id, role: 'owner', field: null, from_value: null, to_value: null }
    const log = await logged()
    expect(log).toEqual(all.map(({ action, of }) => ({ ...deed, action, subject: of.user.id })))
    expect(JSON.stringify(log)).not.toContain('rivate')
  })

  it('is an owner or an admin: an analyst sees nothing of it', async () => {
    const all = await deeds()
    const analyst = await openAsserted(worker, shop, 'analyst')
    const admin = await openAsserted(worker, shop, 'admin')
    const reads = ['/v1/privacy/people?q=ada', '/v1/privacy/requests'].map((path) => ({ path, options: {} }))
    for (const { path, options } of [...all, ...reads]) {
      expect((await analyst.call(path, options)).body.code).toBe('forbidden')
      expect((await admin.call(path, options)).status).toBeLessThan(300)
    }
    expect(new Set((await logged()).map(({ actor }) => actor))).toEqual(new Set([admin.id]))
  })
})

describe('what is kept for a time only', () => {
  const DAY = 86_400_000
  const age = (chat: string, ms: number) =>
    worker.env.DB.batch([
      worker.env.DB.prepare('UPDATE chats SET last_at = last_at - ?2, started_at = started_at - ?2 WHERE id = ?1').bind(
        chat,
        ms,
      ),
      worker.env.DB.prepare('UPDATE messages SET at = at - ?2 WHERE chat = ?1').bind(chat, ms),
      due(),
    ])

  it('stays for ever at first', async () => {
    const seller = await desk()
    const chat = await ask((await shop.signIn('a')).token, 'p1', 'old')
    await age(chat, 5000 * DAY)
    await cron()
    expect(await texts(seller.token, chat)).toEqual(['old'])
  })

  it('is redacted after its days, and those who look see it', async () => {
    await shop.settle({ privacy: { keepChatsDays: 30 } })
    const seller = await desk()
    const [old, young] = [
      await ask((await shop.signIn('a')).token, 'p1', 'old'),
      await ask((await shop.signIn('b')).token, 'p1', 'young'),
    ]
    const { cursor } = (await worker.call('/v1/sync', { token: seller.token })).body
    await age(old, 31 * DAY)
    await age(young, 29 * DAY)
    await cron()
    expect(await texts(seller.token, old)).toEqual([PLACEHOLDER])
    expect(await texts(seller.token, young)).toEqual(['young'])
    const { body } = await worker.call(`/v1/sync?since=${encodeURIComponent(cursor)}`, { token: seller.token })
    expect(body.chats).toMatchObject([{ id: old, reset: true }])
  })

  it('keeps what an erasure made vanish as it is', async () => {
    await shop.settle({ privacy: { keepChatsDays: 30, redactMessages: false } })
    const seller = await desk()
    const chat = await ask((await shop.signIn('a')).token, 'p1', 'to be forgotten')
    await say(seller.token, chat, 'an answer')
    await worker.call('/v1/privacy/erase', byServer({ body: { shopId: 'a', confirm: 'erase' } }))
    await expect.poll(() => texts(seller.token, chat), PATIENT).toEqual(['an answer'])
    await age(chat, 31 * DAY)
    await cron()
    expect(await texts(seller.token, chat)).toEqual([PLACEHOLDER])
  })

  it('is deleted after its days where the shop wants that, and a new chat may take its place', async () => {
    await shop.settle({ privacy: { keepChatsDays: 1, oldChats: 'delete' } })
    const seller = await desk()
    const ada = await shop.signIn('a')
    const chat = await ask(ada.token, 'p1', 'old')
    const { cursor } = (await worker.call('/v1/sync', { token: seller.token })).body
    await age(chat, 2 * DAY)
    await cron()
    const { body } = await worker.call(`/v1/sync?since=${encodeURIComponent(cursor)}`, { token: seller.token })
    expect(body.left).toEqual([chat])
    expect(await shop.chatsOf(ada.token)).toEqual([])
    expect(await ask(ada.token, 'p1', 'new')).not.toBe(chat)
    await worker.env.DB.batch([
      worker.env.DB.prepare('UPDATE chats SET gone_at = gone_at - ?2 WHERE id = ?1').bind(chat, 2 * DAY),
      due(),
    ])
    await cron()
    expect((await shop.rows('chats')).map(({ id }) => id)).not.toContain(chat)
  })

  it('goes at every other site when one fails', async () => {
    const shops = [shop, await openShop(worker), await openShop(worker)].sort((a, b) => (a.id < b.id ? -1 : 1))
    const chats: string[] = []
    for (shop of shops) {
      await shop.settle({ privacy: { keepChatsDays: 30 } })
      chats.push(await ask((await shop.signIn('a')).token, 'p1', 'old'))
      await age(chats.at(-1)!, 31 * DAY)
    }
    await worker.env.DB.prepare(
      `CREATE TRIGGER refuse BEFORE UPDATE ON messages WHEN OLD.chat = '${chats[1]}' BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    ).run()
    await cron()
    await worker.env.DB.prepare('DROP TRIGGER refuse').run()
    const body = (chat: string) =>
      worker.env.DB.prepare('SELECT body FROM messages WHERE chat = ?').bind(chat).first<string>('body')
    expect(await Promise.all(chats.map(body))).toEqual([PLACEHOLDER, 'old', PLACEHOLDER])
  })

  it('may be files alone: their messages stay', async () => {
    await shop.settle({ privacy: { keepFilesDays: 30 } })
    const seller = await desk()
    const ada = await shop.signIn('a')
    const chat = await ask(ada.token, 'p1', 'words')
    const sent: string[] = []
    for (const days of [31, 29]) {
      const { id } = (await upload(worker, ada.token, makePng(4, 4))).body.file
      const body = { ...message(`with a file of ${days} days`), attachments: [id] }
      expect((await worker.call(`/v1/chats/${chat}/messages`, { token: ada.token, body })).status).toBe(201)
      await worker.env.DB.prepare('UPDATE attachments SET created_at = created_at - ? WHERE id = ?')
        .bind(days * DAY, id)
        .run()
      sent.push(id)
    }
    await age(chat, 0)
    await cron()
    const { links } = (await worker.call('/v1/files/links', { token: seller.token, body: { files: sent } })).body
    expect(links.map(({ file }: { file: string }) => file)).toEqual([sent[1]])
    expect(await texts(seller.token, chat)).toEqual(['words', 'with a file of 31 days', 'with a file of 29 days'])
  })

  it('takes the rows of its files along when a chat is deleted', async () => {
    await shop.settle({ privacy: { keepChatsDays: 1, oldChats: 'delete' } })
    const chat = await ask((await shop.signIn('a')).token, 'p1', 'old')
    await worker.env.DB.batch([
      worker.env.DB.prepare(
        `INSERT INTO attachments (id, site, user, chat, seq, position, name, kind, type, size, created_at, removed_at)
         SELECT 'file_of_' || id, site, customer, id, 1, 0, '', 'image', 'image/png', 1, 0, 1 FROM chats WHERE id = ?`,
      ).bind(chat),
      worker.env.DB.prepare('UPDATE chats SET last_at = 0, gone_at = 1, thing = id WHERE id = ?').bind(chat),
      due(),
    ])
    expect(await shop.rows('attachments')).toHaveLength(1)
    await cron()
    expect(await shop.rows('attachments')).toEqual([])
  })

  it('goes by itself: sessions, links and codes that are over', async () => {
    const run = (sql: string, ...values: unknown[]) =>
      worker.env.DB.prepare(sql)
        .bind(...values)
        .run()
    const [over, fresh] = [await shop.guest({ name: 'O', email: 'over@example.com' }), await shop.guest()]
    await run('UPDATE sessions SET ends_at = ends_at - ? WHERE user = ?', 211 * DAY, over.user.id)
    await run('UPDATE sessions SET ends_at = ends_at - ? WHERE user = ?', 209 * DAY, fresh.user.id)
    for (const [use, days] of [
      ['guest', -1],
      ['order', -1],
      ['invite', 1],
    ])
      await run(
        'INSERT INTO links (hash, site, use, user, ends_at, email) VALUES (?1 || ?2, ?2, ?1, ?3, ?4, ?5)',
        use,
        shop.id,
        over.user.id,
        Date.now() + Number(days) * DAY,
        `${use}@example.com`,
      )
    await worker.call('/v1/me/data/code', { method: 'POST', token: over.token })
    await run('UPDATE privacy_codes SET ends_at = 1 WHERE user = ?', over.user.id)
    await cron()
    expect((await shop.rows('sessions')).map(({ user }) => user)).toEqual([fresh.user.id])
    const links = (await shop.rows('links')).filter(({ user }) => user === over.user.id)
    expect(links.map(({ use, email }) => [use, email]).sort()).toEqual([
      ['invite', 'invite@example.com'],
      ['order', null],
    ])
    expect(await shop.rows('privacy_codes')).toEqual([])
  })

  it('keeps that an invited seller was here', async () => {
    const sam = await shop.signIn('sam', { role: 'seller', sellers: ['shop'] })
    await worker.env.DB.prepare('UPDATE sessions SET key = NULL, ends_at = 1 WHERE user = ?').bind(sam.user.id).run()
    await cron()
    expect(await shop.rows('sessions')).toHaveLength(1)
  })

  it('never goes within the window of a limit, nor of somebody who is held', async () => {
    await shop.settle({ privacy: { keepChatsDays: 1, oldChats: 'delete' }, limits: { messageWindowSec: 86_400 } })
    const seller = await desk()
    const [ada, held] = [await shop.signIn('a'), await shop.signIn('held')]
    const [chat, evidence] = [await ask(ada.token, 'p1', 'within'), await ask(held.token, 'p1', 'evidence')]
    await worker.call(`/v1/privacy/people/${held.user.id}/hold`, byServer({ method: 'PUT', body: { held: true } }))
    await age(chat, DAY - 60_000)
    await age(evidence, 9 * DAY)
    await cron()
    expect(await texts(seller.token, chat)).toEqual(['within'])
    expect(await texts(seller.token, evidence)).toEqual(['evidence'])
  })

  it('are no files of a chat in which somebody is held, whoever has sent them', async () => {
    await shop.settle({ privacy: { keepFilesDays: 30 } })
    const seller = await desk()
    const guest = await shop.guest()
    const free = await ask((await shop.signIn('free')).token, 'p1', 'nobody is held here')
    const evidence = await ask(guest.token, 'p1', 'evidence')
    await worker.call(`/v1/privacy/people/${guest.user.id}/hold`, byServer({ method: 'PUT', body: { held: true } }))
    await shop.signIn('held', {}, { guestToken: guest.refreshToken })
    const sent: string[] = []
    for (const chat of [free, evidence]) {
      const { id } = (await upload(worker, seller.token, makePng(4, 4))).body.file
      const body = { ...message('from the desk'), attachments: [id] }
      expect((await worker.call(`/v1/chats/${chat}/messages`, { token: seller.token, body })).status).toBe(201)
      await worker.env.DB.prepare('UPDATE attachments SET created_at = 1 WHERE id = ?').bind(id).run()
      sent.push(id)
    }
    await due().run()
    await cron()
    const { links } = (await worker.call('/v1/files/links', { token: seller.token, body: { files: sent } })).body
    expect(links.map(({ file }: { file: string }) => file)).toEqual([sent[1]])
  })

  it('are files, which go after their days while the words stay', async () => {
    await shop.settle({ privacy: { keepFilesDays: 30 } })
    const [ada, held] = [await shop.signIn('a'), await shop.signIn('held')]
    const send = async (token: string, name: string, days: number) => {
      const thumbnail = makePng(2, 2)
      const { id } = (await upload(worker, token, makePng(4, 4), { name, thumbnail })).body.file
      const chat = await ask(token, 'p1', 'see here')
      await worker.call(`/v1/chats/${chat}/messages`, { token, body: { ...message(name), attachments: [id] } })
      const age = 'UPDATE attachments SET created_at = created_at - ?2 WHERE id = ?1'
      await worker.env.DB.prepare(age)
        .bind(id, days * DAY)
        .run()
      const keys = 'SELECT key, thumb_key FROM attachments WHERE id = ?1'
      const row = await worker.env.DB.prepare(keys).bind(id).first<Record<string, string>>()
      return { id, chat, keys: Object.values(row ?? {}) }
    }
    const stored = async ({ keys }: { keys: string[] }) => {
      const all = await storedKeys(worker.env)
      return keys.filter((key) => all.includes(key)).length
    }
    const [old, young] = [await send(ada.token, 'old.png', 31), await send(ada.token, 'young.png', 29)]
    const evidence = await send(held.token, 'evidence.png', 99)
    await worker.call(`/v1/privacy/people/${held.user.id}/hold`, byServer({ method: 'PUT', body: { held: true } }))
    expect(await Promise.all([old, young, evidence].map(stored))).toEqual([2, 2, 2])
    await due().run()
    await cron()

    const said = await shop.messagesOf(ada.token, old.chat)
    const [oldOne, youngOne] = ['old.png', 'young.png'].map((text) => said.find(({ body }) => body === text))
    expect(oldOne).toMatchObject({ body: 'old.png', attachments: [{ id: old.id, removed: true, name: '' }] })
    expect(youngOne.attachments).toMatchObject([{ id: young.id, name: 'young.png' }])
    const links = async (token: string, files: string[]) =>
      (await worker.call('/v1/files/links', { token, body: { files } })).body.links.map(({ file }: any) => file)
    expect(await links(ada.token, [old.id, young.id])).toEqual([young.id])
    expect(await links(held.token, [evidence.id])).toEqual([evidence.id])
    // The next minute takes the objects.
    await cron()
    expect(await Promise.all([old, young, evidence].map(stored))).toEqual([0, 2, 2])
  })
})
