import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueMail, wakeMailer } from '../../worker/notifications/queue-mail.ts'
import { insertMail } from '../../worker/notifications/queue-store.ts'
import { operate } from '../support/identity.ts'
import { type MailWorker, startMailWorker } from '../support/mails.ts'
import type { MailStandIn } from '../support/resend.ts'
import { makeSite, type TestSite } from '../support/site.ts'

let provider: MailStandIn
let worker: MailWorker
let site: TestSite
beforeAll(async () => {
  worker = await startMailWorker()
  provider = worker.provider
  site = await makeSite(worker.env.DB, { notifications: { mailsPerSecond: 100 } })
}, 280_000)
afterAll(() => worker.stop())

let made = 0
async function want(kind: string, email: string, payload: Record<string, string>, more: object = {}) {
  const id = `mail_test_${made++}`
  const mail = { id, site: site.id, to: { email }, kind, payload, ...more }
  await worker.env.DB.batch([queueMail(worker.env.DB as never, mail as never)] as never)
  await wakeMailer(worker.env as never, 'DB')
  return id
}
const row = (id: string) => worker.env.DB.prepare('SELECT * FROM outbox WHERE id = ?').bind(id).first<any>()
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function rowWhere(id: string, holds: (row: any) => boolean) {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(25)) {
    const now = await row(id)
    if (holds(now)) return now
  }
  throw new Error(`It stays ${JSON.stringify(await row(id))}`)
}

describe('a mail that somebody waits for', () => {
  it('goes out at once, and leaves neither address nor words behind', async () => {
    const id = await want('code', 'ann@example.com', { code: '482913' })
    await provider.until(() => provider.to('ann@example.com').length === 1)
    const [mail] = provider.to('ann@example.com')
    expect(mail).toMatchObject({
      key: id,
      from: '"Test shop" <chat@mail.example>',
      subject: '482913 is your code for Test shop',
      headers: { 'Message-ID': `<${id}@mail.example>`, 'Auto-Submitted': 'auto-generated' },
    })
    expect(mail?.text).toContain('482913')
    expect(mail?.html).toContain('482913')
    const done = await rowWhere(id, ({ state }) => state === 'sent')
    expect(done).toMatchObject({ email: null, payload: null, provider_id: mail?.id, tries: 1 })
    expect(await worker.env.DB.prepare('SELECT count(*) n FROM outbox_requests').first('n')).toBe(0)
  })

  it('is in the language of its reader', async () => {
    await want('code', 'bert@example.com', { code: '111222' }, { locale: 'de-AT' })
    await want('code', 'fatima@example.com', { code: '333444' }, { locale: 'ar' })
    await provider.until((all) => all.length >= 3)
    expect(provider.to('bert@example.com')[0]?.subject).toBe('111222 ist Ihr Code für Test shop')
    expect(provider.to('fatima@example.com')[0]?.html).toContain('dir="rtl"')
  })

  it('is one mail, however often it is wanted under one id', async () => {
    const twice = {
      id: 'mail_the_same',
      site: site.id,
      to: { email: 'carl@example.com' },
      kind: 'code',
      payload: { code: '1' },
    }
    const statement = () => queueMail(worker.env.DB as never, twice as never)
    await worker.env.DB.batch([statement(), statement()] as never)
    await wakeMailer(worker.env as never, 'DB')
    await provider.until(() => provider.to('carl@example.com').length > 0)
    await worker.env.DB.batch([statement()] as never)
    await want('code', 'dora@example.com', { code: '2' })
    await provider.until(() => provider.to('dora@example.com').length > 0)
    expect(provider.to('carl@example.com')).toHaveLength(1)
  })
})

it('goes on behind a mail that cannot be made, which is tried again and ends', async () => {
  const { DB } = worker.env
  const id = 'mail_broken'
  const mail = { id, site: site.id, to: { email: 'mona@example.com' }, kind: 'code', payload: { code: '12' } }
  await DB.batch([queueMail(DB as never, mail as never)] as never)
  await DB.prepare("UPDATE outbox SET payload = 'not JSON', due_at = 0 WHERE id = ?").bind(id).run()
  await want('code', 'nora@example.com', { code: '13' })
  await provider.until(() => provider.to('nora@example.com').length === 1)
  expect(await rowWhere(id, ({ tries, reason }) => tries === 1 && reason !== null)).toMatchObject({
    reason: 'not_made: SyntaxError',
  })
  await DB.prepare('UPDATE outbox SET tries = 11, due_at = 0 WHERE id = ?').bind(id).run()
  await wakeMailer(worker.env as never, 'DB')
  expect(await rowWhere(id, ({ state }) => state === 'dead')).toMatchObject({
    tries: 12,
    reason: 'not_made: SyntaxError',
  })
})

it('hands over no mail that was erased while it waited for its turn', async () => {
  const { DB } = worker.env
  const slow = await makeSite(DB, { notifications: { mailsPerSecond: 1 } })
  const ids = [0, 1, 2, 3, 4].map((i) => `mail_rendered_${i}`)
  for (const [i, id] of ids.entries()) {
    const to = { email: `${id}@mail.test` }
    const mail = { id, site: slow.id, to, kind: 'verify_address', payload: {} }
    const request = { from: 'a@mail.example', to: to.email, subject: id, html: id, text: id, headers: {}, tags: [] }
    await DB.batch([
      queueMail(DB as never, mail as never) as never,
      DB.prepare("UPDATE outbox SET state = 'sending', taken_at = created_at, due_at = ?2 WHERE id = ?1").bind(id, i),
      DB.prepare('INSERT INTO outbox_requests (mail, request) VALUES (?, ?)').bind(id, JSON.stringify(request)),
    ])
  }
  await wakeMailer(worker.env as never, 'DB')
  await provider.until(() => provider.to('mail_rendered_0@mail.test').length === 1)
  await DB.batch(
    ['DELETE FROM outbox_requests WHERE mail = ?', 'DELETE FROM outbox WHERE id = ?'].map((sql) =>
      DB.prepare(sql).bind('mail_rendered_3'),
    ),
  )
  await provider.until(() => provider.to('mail_rendered_4@mail.test').length === 1)
  expect(provider.calls.filter(({ key }) => key.startsWith('mail_rendered')).map(({ key }) => key)).toEqual(
    ids.filter((id) => id !== 'mail_rendered_3'),
  )
})

describe('an address that takes no mail', () => {
  const hold = (email: string, reason: string) =>
    worker.env.DB.prepare('INSERT INTO suppressed_addresses (address, reason, created_at) VALUES (?, ?, 0)')
      .bind(createHash('sha256').update(`address ${email}`).digest('hex'), reason)
      .run()

  it('still gets a code where it has only complained, and nothing that nobody asked for', async () => {
    await hold('olga@example.com', 'complaint')
    const link = await want('order_link', 'olga@example.com', { link: 'https://chat.example/o', order_number: '7' })
    expect(await rowWhere(link, ({ done_at }) => done_at !== null)).toMatchObject({ reason: 'unwanted' })
    await want('code', 'olga@example.com', { code: '14' })
    await provider.until(() => provider.to('olga@example.com').length === 1)
    expect(provider.to('olga@example.com')[0]?.subject).toContain('14 is your code')
  })

  it('because it bounced gets none until the operator lifts that', async () => {
    await hold('pia@example.com', 'bounce')
    const code = await want('code', 'pia@example.com', { code: '15' })
    expect(await rowWhere(code, ({ done_at }) => done_at !== null)).toMatchObject({ reason: 'unwanted' })
    const allow = () => operate(worker, '/mail/allow', { body: { email: 'Pia@example.com' } })
    expect(await allow()).toMatchObject({ status: 200, body: { lifted: true } })
    expect(await allow()).toMatchObject({ status: 200, body: { lifted: false } })
    await want('code', 'pia@example.com', { code: '16' })
    await provider.until(() => provider.to('pia@example.com').length === 1)
  })
})

it('hands 30 mails over at the account’s pace of two a second, a code before all that wait', async () => {
  const { DB } = worker.env
  const site = await makeSite(DB)
  const mine = () => provider.accepted.filter(({ key }) => key.startsWith('paced'))
  const mail = (id: string, kind: 'privacy' | 'code', rank: 0 | 1) => ({
    id,
    site: site.id,
    kind,
    recipient: `${id}@mail.test`,
    email: `${id}@mail.test`,
    locale: null,
    payload: { link: 'https://chat.example/x', code: '123456' },
    rank,
    lifeMs: 600_000,
  })
  const wake = () => (worker.env as any).MAILER.getByName('mailer').wake('DB', 0)
  await DB.batch(
    Array.from({ length: 30 }, (_, i) => insertMail(DB as never, mail(`paced_${i}`, 'privacy', 1))) as never,
  )
  await wake()
  await provider.until(() => mine().length >= 4)
  await DB.batch([insertMail(DB as never, mail('paced_code', 'code', 0))] as never)
  await wake()
  await provider.until(() => mine().length === 31, 90)
  const keys = mine().map(({ key }) => key)
  // What was on its way already, and no more.
  expect(keys.indexOf('paced_code')).toBeLessThan(8)
  const [first, last] = [mine()[0]!.at, mine().at(-1)!.at]
  // The floor of 30 gaps of half a second; what is slow only makes it longer.
  expect(last - first).toBeGreaterThan(14_500)
}, 120_000)

it('keeps to the pace that the site has set', async () => {
  const { DB } = worker.env
  const slow = await makeSite(DB, { notifications: { mailsPerSecond: 1 } })
  for (let i = 0; i < 4; i++) await want('code', `slow-${i}@example.com`, { code: '123456' }, { site: slow.id })
  const mine = () => provider.accepted.filter(({ to }) => String(to).startsWith('slow-'))
  await provider.until(() => mine().length === 4)
  // The floor of three gaps of a second; at the pace that a site has at first it would be half of that.
  expect(mine().at(-1)!.at - mine()[0]!.at).toBeGreaterThan(2_300)
})

describe('a provider in trouble', () => {
  const fault = (status: number, name: string, headers?: Record<string, string>) => ({
    status,
    body: { statusCode: status, name, message: `says ${name}` },
    ...(headers ? { headers } : {}),
  })
  const tryAgain = (id: string) =>
    worker.env.DB.prepare('UPDATE outbox SET due_at = 0 WHERE id = ?')
      .bind(id)
      .run()
      .then(() => wakeMailer(worker.env as never, 'DB'))

  it('has the very same mail again later, by doubling waits', async () => {
    provider.next.push(() => fault(500, 'internal_server_error'))
    const id = await want('code', 'erin@example.com', { code: '7' })
    const waiting = await rowWhere(id, ({ tries }) => tries === 1)
    expect(waiting).toMatchObject({ state: 'sending', reason: '500 internal_server_error: says internal_server_error' })
    expect(waiting.due_at - waiting.created_at).toBeGreaterThan(2_000)
    await tryAgain(id)
    await rowWhere(id, ({ state }) => state === 'sent')
    expect(provider.to('erin@example.com')).toHaveLength(1)
    expect(provider.calls.filter(({ key }) => key === id)).toHaveLength(2)
  })

  it('is left alone for as long as it says, by every mail, and none is blamed for it', async () => {
    provider.next.push(() => {
      const until = Date.now() + 1_500
      provider.next.unshift(
        ...Array.from({ length: 2 }, () => () => {
          if (Date.now() < until) provider.violations.push('came too early')
          return { status: 200, body: { id: crypto.randomUUID() } }
        }),
      )
      return fault(429, 'rate_limit_exceeded', { 'Retry-After': '2' })
    })
    const first = await want('code', 'fred@example.com', { code: '8' })
    await rowWhere(first, ({ reason }) => reason !== null)
    const second = await want('code', 'gina@example.com', { code: '9' })
    for (const id of [first, second])
      expect(await rowWhere(id, ({ state }) => state === 'sent')).toMatchObject({ tries: 1 })
    expect(provider.violations).toEqual([])
  })

  it('that takes a mail and loses the line has it once', async () => {
    provider.faults.acceptThenDrop = 1
    const id = await want('code', 'hugo@example.com', { code: '10' })
    await rowWhere(id, ({ tries }) => tries === 1)
    provider.faults.acceptThenDrop = 0
    await tryAgain(id)
    await rowWhere(id, ({ state }) => state === 'sent')
    expect(provider.to('hugo@example.com')).toHaveLength(1)
  })

  it('that refuses a mail for good ends it at once, with its words', async () => {
    provider.next.push(() => fault(422, 'validation_error'))
    const id = await want('invitation', 'ida@example.com', { link: 'https://chat.example/x', seller_name: 'Shop' })
    expect(await rowWhere(id, ({ state }) => state === 'dead')).toMatchObject({
      reason: '422 validation_error: says validation_error',
      email: 'ida@example.com',
    })
  })

  it('ends a mail after twelve tries, or 23 hours after the first', async () => {
    const ids = []
    for (const change of ['tries = 11', 'taken_at = taken_at - 82800000']) {
      provider.next.push(() => fault(503, 'application_error'))
      const id = await want('privacy', 'jane@example.com', { link: 'https://chat.example/y' })
      await rowWhere(id, ({ tries }) => tries === 1)
      await worker.env.DB.prepare(`UPDATE outbox SET ${change}, expires_at = expires_at + 9e9 WHERE id = ?`)
        .bind(id)
        .run()
      if (change.startsWith('tries')) provider.next.push(() => fault(503, 'application_error'))
      await tryAgain(id)
      ids.push(id)
    }
    expect(await rowWhere(ids[0]!, ({ state }) => state === 'dead')).toMatchObject({ tries: 12 })
    expect(await rowWhere(ids[1]!, ({ state }) => state === 'dead')).toMatchObject({ reason: 'expired' })
  })

  it('never gets a code that has come too late', async () => {
    const id = 'mail_late_code'
    const mail = { id, site: site.id, to: { email: 'kurt@example.com' }, kind: 'code', payload: { code: '11' } }
    await worker.env.DB.batch([queueMail(worker.env.DB as never, mail as never)] as never)
    await worker.env.DB.prepare('UPDATE outbox SET expires_at = 1 WHERE id = ?').bind(id).run()
    await wakeMailer(worker.env as never, 'DB')
    expect(await rowWhere(id, ({ state }) => state === 'dropped')).toMatchObject({ reason: 'expired', payload: null })
    expect(provider.to('kurt@example.com')).toEqual([])
  })

  it('that does not take the key yet loses nothing', async () => {
    provider.next.push(() => fault(401, 'invalid_api_key'))
    const id = await want('privacy', 'lena@example.com', { link: 'https://chat.example/z' })
    const row = await rowWhere(id, ({ reason }) => reason !== null)
    expect(row).toMatchObject({ state: 'sending', tries: 0, reason: '401 invalid_api_key: says invalid_api_key' })
    expect(row.due_at - row.created_at).toBeGreaterThan(25_000)
  })
})
