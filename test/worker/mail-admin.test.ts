import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertMail } from '../../worker/notifications/queue-store.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'

let worker: FastWorker
let site: TestSite
let admin: Person
beforeAll(async () => {
  worker = await startFastWorker({ vars: { DEV_MAILBOX: 'on', SHOPBELL_URL: 'http://localhost' } })
  site = await makeSite(worker.env.DB, { brand: { name: 'Wool & Co' }, notifications: { mailsPerSecond: 100 } })
  await worker.env.DB.prepare("INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, 'admin', 0)")
    .bind(site.id, 'https://shop.example')
    .run()
  admin = await site.person({ role: 'admin', name: 'Ada' })
  await worker.env.DB.prepare("UPDATE users SET email = 'ada@office.test' WHERE id = ?").bind(admin.id).run()
}, 280_000)
afterAll(() => worker.stop())

const post = (path: string, body: object, token = admin.token) =>
  worker.call(`/v1/notifications${path}`, { token, body })
const outbox = async (state = 'waiting') =>
  (await worker.call(`/v1/notifications/outbox?state=${state}`, { token: admin.token })).body
const wake = () => (worker.env as any).MAILER.getByName('mailer').wake('DB', 0)
async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 40))) {
    const value = await read()
    if (holds(value)) return value
  }
  throw new Error(`It stays ${JSON.stringify(await read())}`)
}
const devMails = async (): Promise<any[]> => (await worker.call('/dev/mail.json', { origin: null })).body.mails

describe('an admin', () => {
  it('sees a template as its reader will, before it is saved', async () => {
    const { status, body } = await post('/preview', {
      event: 'newMessage',
      subject: 'Hi from {{site_name}}',
      body: '**{{sender_name}}**: {{last_message}}',
    })
    expect(status).toBe(200)
    expect(body.subject).toBe('Hi from Wool & Co')
    expect(body.html).toContain('<strong>Sam Rivera</strong>: Hello, is the apron washable?')
    expect(body.text).toContain('Sam Rivera: Hello, is the apron washable?')
    const german = await post('/preview', { event: 'chatCreated', locale: 'de' })
    expect(german.body.subject).toBe('Sam Rivera hat bei Wool & Co einen Chat begonnen')
  })

  it('is told what is wrong with it, and where', async () => {
    expect(await post('/preview', { event: 'newMessage', body: 'Hello\n{{nme}}' })).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'body', message: 'There is no token {{nme}} (at line 2, character 1).' }] },
    })
    expect((await post('/preview', { event: 'other' })).status).toBe(422)
  })

  it('has a test sent to their own address, ten an hour', async () => {
    const draft = { event: 'newMessage', subject: 'A draft of {{site_name}}' }
    expect(await post('/test', draft)).toMatchObject({ status: 202, body: { to: 'ada@office.test' } })
    const [mail] = await until(devMails, (mails) => mails.some(({ kind }) => kind === 'test'))
    expect(mail).toMatchObject({ to: 'ada@office.test', subject: '[Test] A draft of Wool & Co' })
    for (let i = 0; i < 9; i++) expect((await post('/test', draft)).status).toBe(202)
    expect(await post('/test', draft)).toMatchObject({ status: 429, body: { code: 'mails_limited' } })
  })

  it('without an address is told so', async () => {
    const other = await site.person({ role: 'owner' })
    expect(await post('/test', { event: 'newMessage' }, other.token)).toMatchObject({ status: 422 })
  })

  it('sees what waits and what failed with its reason, and tries one or all again', async () => {
    const { DB } = worker.env
    const mail = (id: string) => ({
      id,
      site: site.id,
      kind: 'invitation' as const,
      recipient: id,
      email: 'priya@wool.test',
      locale: null,
      payload: { link: 'https://chat.example/x', seller_name: 'Wool' },
      rank: 0 as const,
      lifeMs: 600_000,
    })
    await DB.batch([
      insertMail(DB as never, mail('mail_waits')),
      insertMail(DB as never, mail('mail_dead_1')),
      insertMail(DB as never, mail('mail_dead_2')),
    ] as never)
    await DB.prepare("UPDATE outbox SET due_at = due_at + 9e9 WHERE id = 'mail_waits'").run()
    await DB.prepare(
      "UPDATE outbox SET state = 'dead', done_at = 1e12, reason = '422 validation_error', tries = 1 WHERE id LIKE 'mail_dead%'",
    ).run()
    const page = await outbox('dead')
    expect(page).toMatchObject({ delivery: 'dev_mailbox', counts: { dead: 2, waiting: 1 } })
    expect(page.mails[0]).toMatchObject({
      kind: 'invitation',
      state: 'dead',
      to: 'p…@wool.test',
      reason: '422 validation_error',
      tries: 1,
      dueAt: null,
    })
    expect((await outbox()).mails).toMatchObject([{ id: 'mail_waits', state: 'waiting' }])
    expect((await post('/outbox/retry', { ids: ['mail_dead_1', 'mail_of_nobody'] })).body).toEqual({ retried: 1 })
    await until(
      () => outbox('dead'),
      ({ counts }) => counts.dead === 1,
    )
    await until(devMails, (mails) => mails.some(({ id }) => id === 'mail_dead_1'))
    expect((await post('/outbox/retry', {})).body).toEqual({ retried: 1 })
    await until(devMails, (mails) => mails.some(({ id }) => id === 'mail_dead_2'))
    await DB.batch([insertMail(DB as never, { ...mail('mail_old_code'), kind: 'privacy' })] as never)
    await DB.prepare("UPDATE outbox SET state = 'dead', done_at = 1e12 WHERE id = 'mail_old_code'").run()
    expect((await post('/outbox/retry', {})).body).toEqual({ retried: 0 })
    expect((await outbox('sent')).mails.every(({ to }: any) => to === null)).toBe(true)
  })

  it('is one of this site, with a role that may', async () => {
    const analyst = await site.person({ role: 'analyst' })
    expect((await worker.call('/v1/notifications/outbox', { token: analyst.token })).status).toBe(200)
    expect((await post('/outbox/retry', {}, analyst.token)).status).toBe(403)
    expect((await post('/test', { event: 'newMessage' }, analyst.token)).status).toBe(403)
    const seller = await site.person({ role: 'seller' })
    expect((await worker.call('/v1/notifications/outbox', { token: seller.token })).status).toBe(403)
    const other = await makeSite(worker.env.DB)
    await worker.env.DB.prepare("INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, 'admin', 0)")
      .bind(other.id, 'https://shop.example')
      .run()
    const stranger = await other.person({ role: 'owner' })
    const { body } = await worker.call('/v1/notifications/outbox?state=sent', { token: stranger.token })
    expect(body).toMatchObject({ mails: [], counts: { sent: 0, dead: 0, waiting: 0, dropped: 0 } })
  })
})

describe('the dev mailbox', () => {
  it('shows a mail as HTML in a frame without scripts, as text, and its headers', async () => {
    const [mail] = await devMails()
    const page = await worker.call(`/dev/mail/${mail.id}`, { origin: null })
    expect(page.body).toContain(`src="/dev/mail/${mail.id}/html"`)
    const html = await worker.call(`/dev/mail/${mail.id}/html`, { origin: null })
    expect(html.headers.get('Content-Security-Policy')).toMatch(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    )
    expect((await worker.call(`/dev/mail/${mail.id}?as=text`, { origin: null })).body).toContain('<pre>')
    expect((await worker.call(`/dev/mail/${mail.id}?as=headers`, { origin: null })).body).toContain('Message-ID: &lt;')
    expect((await worker.call('/dev/mail/mail_of_nobody', { origin: null })).status).toBe(404)
  })

  it('is for this computer alone', async () => {
    const { port } = new URL(worker.url)
    const { status } = await worker.miniflare.dispatchFetch(`http://shopbell.you.workers.dev:${port}/dev/mail`)
    expect(status).toBe(404)
  })

  it('is not there where mails go out for real, or where nobody has switched it on; then nothing is lost', async () => {
    const real = await startFastWorker({
      vars: { DEV_MAILBOX: 'on', RESEND_API_KEY: 're_x', MAIL_FROM: 'a@b.example' },
    })
    expect((await real.call('/dev/mail', { origin: null })).status).toBe(404)
    await real.stop()
    const none = await startFastWorker()
    expect((await none.call('/dev/mail', { origin: null })).status).toBe(404)
    const { DB } = none.env
    const quiet = await makeSite(DB)
    const mail = {
      id: 'mail_kept',
      site: quiet.id,
      kind: 'code' as const,
      recipient: 'x',
      email: 'x@y.test',
      locale: null,
      payload: { code: '1' },
      rank: 0 as const,
      lifeMs: 600_000,
    }
    await DB.batch([insertMail(DB as never, mail)] as never)
    await (none.env as any).MAILER.getByName('mailer').wake('DB', 0)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await DB.prepare('SELECT state, tries FROM outbox').first()).toEqual({ state: 'queued', tries: 0 })
    await none.stop()
  })
})

it('a waiting list is read in the order in which it goes out', async () => {
  await wake()
  const { mails } = await outbox()
  expect(mails.map(({ dueAt }: any) => dueAt)).toEqual(
    mails.map(({ dueAt }: any) => dueAt).toSorted((a: number, b: number) => a - b),
  )
})
