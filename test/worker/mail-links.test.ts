import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSite } from '../support/identity.ts'
import { addressKeyOf, mailPath } from '../support/signed.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { startOwnWorker, type TestWorker } from '../support/worker.ts'

const SECRET = randomBytes(24)
let worker: TestWorker
let site: TestSite
let shopper: Person
let chat: string

beforeAll(async () => {
  worker = await startOwnWorker({
    RESEND_WEBHOOK_SECRET: `whsec_${SECRET.toString('base64')}`,
    SHOPBELL_URL: 'https://chat.example',
  })
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await makeSite(worker.env.DB)
  shopper = await site.person({ role: 'guest' })
  chat = `chat_${randomBytes(16).toString('base64url')}`
})

const run = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .run()
const rows = async (sql: string, ...values: unknown[]) =>
  (
    await worker.env.DB.prepare(sql)
      .bind(...values)
      .all<any>()
  ).results

const get = (path: string, headers: Record<string, string> = {}) => fetch(worker.url + path, { headers })
const press = (path: string, choice?: string) =>
  fetch(worker.url + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(choice ? { choice } : {}) })
const stops = async () =>
  (await rows('SELECT chat FROM mail_stops WHERE site = ? ORDER BY chat', site.id)).map((row) => row.chat)

describe('the link in a mail’s foot', () => {
  const ofChat = () => mailPath({ to: 'preferences', site: site.id, user: shopper.id, chat })
  const ofAll = () => mailPath({ to: 'preferences', site: site.id, user: shopper.id })

  it('changes nothing when it is followed, as scanners do', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(worker.url + ofChat(), { method })
      expect(response.status).toBe(200)
    }
    expect(await stops()).toEqual([])
  })

  it('shows a page without scripts that nobody can frame, cache or be told about', async () => {
    const response = await get(ofChat())
    const html = await response.text()
    expect(html).toContain('Stop mail about this chat')
    expect(html).not.toContain('<script')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('speaks the reader’s language, from right to left where that is so', async () => {
    expect(await (await get(ofChat(), { 'Accept-Language': 'de-AT,en;q=0.5' })).text()).toContain(
      'Keine Mails zu diesem Chat',
    )
    expect(await (await get(ofChat(), { 'Accept-Language': 'ar' })).text()).toContain('dir="rtl"')
    expect(await (await get(ofChat(), { 'Accept-Language': 'tlh' })).text()).toContain('Stop mail')
  })

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('unsubscribes in one click (RFC 8058), as %s', async (type, body) => {
    for (const [path, stopped] of [
      [ofChat(), [chat]],
      [ofAll(), ['*', chat]],
    ] as const) {
      const response = await fetch(worker.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': type },
        body,
      })
      expect(response.status).toBe(200)
      expect(await stops()).toEqual(stopped)
    }
  })

  it('stops and resumes a chat’s mails and all, as its buttons say', async () => {
    const page = await (await press(ofChat(), 'stop_chat')).text()
    expect(page).toContain('You get no mail about this chat.')
    expect(page).toContain('resume_chat')
    await press(ofChat(), 'stop_all')
    expect(await stops()).toEqual(['*', chat])
    await press(ofChat(), 'resume_all')
    await press(ofChat(), 'resume_chat')
    expect(await stops()).toEqual([])
  })

  it('still holds once a guest has signed in', async () => {
    const made = await createSite(worker)
    const guest = await made.guest()
    await press(mailPath({ to: 'preferences', site: made.id, user: guest.user.id }), 'stop_all')
    const { user } = await made.signIn('u9', {}, { guestToken: guest.refreshToken })
    expect(await rows('SELECT chat FROM mail_stops WHERE user = ?', user.id)).toEqual([{ chat: '*' }])
  })

  it('opens nothing when a letter of it is changed', async () => {
    const path = ofAll()
    const other = await site.person({})
    const [claims = '', mac] = path.slice('/mail/'.length).split('.')
    const theirs = mailPath({ to: 'preferences', site: site.id, user: other.id }).slice('/mail/'.length).split('.')[0]
    for (const wrong of [
      `${theirs}.${mac}`,
      `${claims}.${'A'.repeat(43)}`,
      claims,
      `${path.slice(6)}.x`,
      'x.y',
      '%00.%00',
    ])
      expect((await press(`/mail/${wrong}`)).status).toBe(404)
    expect(await stops()).toEqual([])
  })
})

describe('the link that confirms an address', () => {
  const link = (more: object = {}) =>
    mailPath({
      to: 'verify',
      site: site.id,
      user: shopper.id,
      email: 'Kim@mail.example',
      until: Date.now() + 60_000,
      ...more,
    })
  const verified = async () => (await rows('SELECT email_verified v FROM users WHERE id = ?', shopper.id))[0].v

  beforeEach(() => run('UPDATE users SET email = ? WHERE id = ?', 'kim@mail.example', shopper.id))

  it('does so by a press, not by being followed', async () => {
    const html = await (await get(link())).text()
    expect(html).toContain('Kim@mail.example')
    expect(await verified()).toBe(0)
    expect((await press(link(), 'verify')).status).toBe(200)
    expect(await verified()).toBe(1)
  })

  it('does not once it is too old, or the person has another address', async () => {
    expect((await press(link({ until: Date.now() - 1 }), 'verify')).status).toBe(410)
    expect((await press(link({ email: 'other@mail.example' }), 'verify')).status).toBe(410)
    expect(await verified()).toBe(0)
  })
})

describe('what Resend tells', () => {
  const sign = (id: string, at: number | string, body: string, key = SECRET) =>
    `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
  const now = () => Math.floor(Date.now() / 1000)
  const event = (type: string, data: object = {}) =>
    JSON.stringify({
      type,
      created_at: new Date().toISOString(),
      data: { email_id: 'x', to: ['Kim <kim@mail.example>'], ...data },
    })
  const tell = (body: string, headers: Record<string, string> = {}, at: number | string = now()) =>
    fetch(`${worker.url}/v1/hooks/resend`, {
      method: 'POST',
      body,
      headers: { 'svix-id': 'msg_1', 'svix-timestamp': `${at}`, 'svix-signature': sign('msg_1', at, body), ...headers },
    })
  const suppressed = async () => rows('SELECT address, reason FROM suppressed_addresses')
  beforeEach(() => run('DELETE FROM suppressed_addresses'))

  it.each([
    ['email.bounced', { bounce: { type: 'Permanent' } }, 'bounce'],
    ['email.bounced', {}, 'bounce'],
    ['email.complained', {}, 'complaint'],
    ['email.suppressed', {}, 'suppressed'],
  ])('stops an address: %s', async (type, data, reason) => {
    expect((await tell(event(type, data))).status).toBe(200)
    expect((await tell(event(type, data))).status).toBe(200)
    expect(await suppressed()).toEqual([{ address: addressKeyOf('kim@mail.example'), reason }])
  })

  it('keeps no address in words', async () => {
    await tell(event('email.bounced'))
    expect(JSON.stringify(await suppressed())).not.toContain('kim')
  })

  it.each([
    event('email.delivered'),
    event('email.bounced', { bounce: { type: 'Transient' } }),
    event('email.bounced', { to: 7 }),
    '{}',
    'no JSON',
  ])('changes nothing otherwise: %s', async (body) => {
    expect((await tell(body)).status).toBe(200)
    expect(await suppressed()).toEqual([])
  })

  it('is only believed when it is signed, and within five minutes', async () => {
    const body = event('email.bounced')
    const right = sign('msg_1', now(), body)
    const answers = [
      await tell(body, { 'svix-signature': '' }),
      await tell(body, { 'svix-signature': sign('msg_1', now(), body, randomBytes(24)) }),
      await tell(body, { 'svix-id': 'msg_2' }),
      await tell(`${body} `, { 'svix-signature': right }),
      await tell(body, {}, now() - 301),
      await tell(body, {}, now() + 301),
      await tell(body, {}, 'soon'),
      await tell(body, { 'svix-signature': right.replace('v1,', 'v2,') }),
      await tell(body, { Origin: 'https://shop.example' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 403])
    expect(await suppressed()).toEqual([])
    // The control, and a secret that is being replaced: one signature of several is enough.
    expect((await tell(body, {}, now() - 290)).status).toBe(200)
    const both = `${sign('msg_1', now(), body, randomBytes(24))} ${sign('msg_1', now(), body)}`
    expect((await tell(body, { 'svix-signature': both })).status).toBe(200)
    expect(await suppressed()).toHaveLength(1)
  })
})

describe('a guest’s link to go on elsewhere', () => {
  let count = 0
  let email: string
  beforeEach(() => {
    email = `kim-${++count}@mail.example`
  })
  const ask = (body: object = {}, token = shopper.token) => worker.call('/v1/me/link', { token, body })
  const mails = () => rows(`SELECT email, payload, kind FROM outbox WHERE site = ? ORDER BY created_at`, site.id)
  const linkOf = async (): Promise<string> => JSON.parse((await mails()).at(-1).payload).link
  const tokenOf = (url: string) => /#shopbell-link=([\w-]{43})/.exec(url)?.[1] ?? ''
  const open = (link: string, more: object = {}) =>
    worker.call('/v1/sessions', { body: { site: site.id, link, ...more } })

  it('is mailed in the fragment, opens the guest’s own session once and confirms the address', async () => {
    expect((await ask({ email, chat })).status).toBe(204)
    expect(await mails()).toMatchObject([{ email, kind: 'guest_link' }])
    const url = await linkOf()
    expect(url).toBe(`https://chat.example/inbox?site=${site.id}#shopbell-link=${tokenOf(url)}.${chat}`)
    const opened = await open(tokenOf(url))
    expect(opened.status).toBe(201)
    expect(opened.body.user).toMatchObject({ id: shopper.id, role: 'guest', email })
    expect((await rows('SELECT email_verified v FROM users WHERE id = ?', shopper.id))[0].v).toBe(1)
    expect((await open(tokenOf(url))).body.code).toBe('link_invalid')
  })

  it('opens one session under twenty tries at once, and none after half an hour', async () => {
    await ask({ email })
    const token = tokenOf(await linkOf())
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(token)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    await run('DELETE FROM asked_mails')
    await ask()
    const late = tokenOf(await linkOf())
    await run('UPDATE links SET ends_at = ends_at - 1800001 WHERE user = ?', shopper.id)
    expect((await open(late)).body.code).toBe('link_invalid')
  })

  it('brings along what the other browser’s guest has written', async () => {
    await ask({ email })
    const other = (await worker.call('/v1/sessions', { body: { site: site.id } })).body
    const body = { context: { type: 'product', id: '7' }, message: { clientId: 'client-id-1', body: 'From my phone' } }
    await worker.call('/v1/chats', { token: other.token, body })
    const { token } = (await open(tokenOf(await linkOf()), { guestToken: other.refreshToken })).body
    expect((await worker.call('/v1/chats', { token })).body.chats).toHaveLength(1)
  })

  it('opens nothing once the guest has become somebody with an account', async () => {
    await ask({ email })
    const account = await site.person({ shopId: 'u1' })
    await run('UPDATE users SET merged_into = ? WHERE id = ?', account.id, shopper.id)
    expect((await open(tokenOf(await linkOf()))).body.code).toBe('link_invalid')
  })

  it('leads to the shop’s chats page where it has one', async () => {
    await site.settings({ general: { chatsPageUrl: 'https://shop.example/chats' } })
    const fresh = await makeSite(worker.env.DB, { general: { chatsPageUrl: 'https://shop.example/chats#x' } })
    const guest = await fresh.person({ role: 'guest' })
    await worker.call('/v1/me/link', { token: guest.token, body: { email: 'kim2@mail.example' } })
    const [mail] = await rows('SELECT payload FROM outbox WHERE site = ?', fresh.id)
    expect(JSON.parse(mail.payload).link).toMatch(/^https:\/\/shop\.example\/chats#shopbell-link=[\w-]{43}$/)
  })

  it('floods nobody: an unconfirmed address gets one a day, whoever asks', async () => {
    const victim = 'victim@mail.example'
    expect((await ask({ email: victim })).status).toBe(204)
    const strangers = await Promise.all(Array.from({ length: 10 }, () => site.person({ role: 'guest' })))
    const answers = await Promise.all(strangers.map(({ token }) => ask({ email: 'VICTIM@mail.example' }, token)))
    expect(answers.map(({ body }) => body.code)).toEqual(Array(10).fill('mails_limited'))
    expect(await mails()).toHaveLength(1)
  })

  it('gives a confirmed address five a day', async () => {
    await run('UPDATE users SET email = ?, email_verified = 1 WHERE id = ?', email, shopper.id)
    const codes: number[] = []
    for (let i = 0; i < 6; i++) codes.push((await ask()).status)
    expect(codes).toEqual([204, 204, 204, 204, 204, 429])
  })

  it('is not made, and opens nothing, once the guest is erased or signed out', async () => {
    await ask({ email })
    const before = tokenOf(await linkOf())
    const out = await site.person({ role: 'guest' })
    await worker.call('/v1/sessions/current', { method: 'DELETE', token: out.token })
    expect((await ask({ email: 'out@mail.example' }, out.token)).body.code).toBe('session_ended')
    await run('UPDATE users SET email = NULL, erased_at = 1 WHERE id = ?', shopper.id)
    await run('DELETE FROM asked_mails')
    expect((await ask({ email })).body.code).toBe('session_ended')
    expect((await open(before)).body.code).toBe('link_invalid')
    expect(await rows('SELECT email FROM users WHERE id IN (?, ?)', shopper.id, out.id)).toEqual([
      { email: null },
      { email: null },
    ])
  })

  it('is for guests with an address that takes mail', async () => {
    const account = await site.person({ shopId: 'u2' })
    expect((await ask({ email: 'a@mail.example' }, account.token)).status).toBe(403)
    expect((await ask()).body).toMatchObject({ code: 'invalid', issues: [{ path: 'email' }] })
    await run(
      `INSERT INTO suppressed_addresses (address, reason, created_at) VALUES (?, 'bounce', 0)`,
      addressKeyOf('gone@mail.example'),
    )
    expect((await ask({ email: 'gone@mail.example' })).status).toBe(422)
    expect(await mails()).toEqual([])
    // Who called other mails spam still gets what they ask for.
    await run(
      `INSERT INTO suppressed_addresses (address, reason, created_at) VALUES (?, 'complaint', 0)`,
      addressKeyOf('cross@mail.example'),
    )
    expect((await ask({ email: 'cross@mail.example' })).status).toBeLessThan(300)
    expect(await mails()).toHaveLength(1)
  })
})
