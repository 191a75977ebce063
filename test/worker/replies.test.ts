import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliver, type SentMail } from '../support/mail.ts'
import { replyToken } from '../support/signed.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { openSocket } from '../support/socket.ts'
import { startOwnWorker, type TestWorker } from '../support/worker.ts'

const DOMAIN = 'reply.shop.example'
const ANN = 'ann@oak.example'

let worker: TestWorker
let site: TestSite
let shopper: Person
let seller: Person
let chat: string
let address: string

beforeAll(async () => {
  worker = await startOwnWorker({ MAIL_REPLY_DOMAIN: DOMAIN, SHOPBELL_URL: 'https://chat.example' })
})
afterAll(() => worker.stop())

const run = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .run()

async function setUp(settings: object = {}) {
  site = await makeSite(worker.env.DB, settings)
  shopper = await site.person({ name: 'Sam' })
  seller = await site.person({ role: 'seller', name: 'Ann' })
  await run('UPDATE users SET email = ? WHERE id = ?', 'Ann@Oak.example', seller.id)
  const started = await worker.call('/v1/chats', {
    token: shopper.token,
    body: { context: { type: 'product', id: '310' }, message: { clientId: 'client-id-0', body: 'Is it food safe?' } },
  })
  chat = started.body.chat.id
  address = `${replyToken({ site: site.id, chat, user: seller.id })}@${DOMAIN}`
}
beforeEach(() => setUp())
beforeEach(() => run('DELETE FROM asked_mails'))

const answer = (mail: Partial<SentMail> = {}) =>
  deliver(worker, { from: `Ann Oak <${ANN}>`, to: address, text: 'Yes, it is.', ...mail })

const log = async () => (await worker.call(`/v1/chats/${chat}/messages`, { token: shopper.token })).body.messages
const said = async () => (await log()).slice(1).map(({ body }: { body: string }) => body)

describe('an answer by mail', () => {
  it('is the owner’s message in the chat, live for the other side', async () => {
    const socket = await openSocket(worker.url, shopper.token)
    expect(await answer()).toBeUndefined()
    const frame = await socket.next(({ type }) => type === 'message')
    expect(frame.message).toMatchObject({ body: 'Yes, it is.', side: 'seller', author: seller.id, name: 'Ann', seq: 2 })
    socket.close()
  })

  it('reaches the chat whatever the mail server did to the letters of its address', async () => {
    await answer({ to: address.toUpperCase() })
    expect(await said()).toEqual(['Yes, it is.'])
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
  })

  it('is one message however often it is delivered', async () => {
    const mail = { messageId: '<once@oak.example>' }
    await Promise.all([answer(mail), answer(mail), answer(mail)])
    await answer(mail)
    expect(await said()).toEqual(['Yes, it is.'])
  })

  it('is cut to what was written, in plain text and in HTML alone', async () => {
    await answer({ text: 'Yes.\r\n\r\nOn 27/11/2026 10:05, Shop wrote:\r\n> Is it food safe?' })
    await answer({ html: '<p>Soon.</p><div class="gmail_quote">On Friday, Shop wrote:</div>' })
    expect(await said()).toEqual(['Yes.', 'Soon.'])
  })

  it('is read from a mail of several parts, letters of any kind included', async () => {
    const content = [
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('نعم، آمن للطعام 🥣\n\u202e\u0007').toString('base64'),
      '--b',
      'Content-Type: text/html',
      '',
      '<p>other words</p>',
      '--b--',
    ].join('\r\n')
    await answer({ body: { type: 'multipart/alternative; boundary=b', content } })
    expect(await said()).toEqual(['نعم، آمن للطعام 🥣'])
  })

  it('leaves no session behind', async () => {
    await answer()
    const { n } = (await worker.env.DB.prepare('SELECT count(*) n FROM sessions WHERE user = ?')
      .bind(seller.id)
      .first<{ n: number }>())!
    expect(n).toBe(1)
  })

  it('still is the guest’s who has signed in since', async () => {
    const guest = await site.person({ role: 'guest' })
    await run('UPDATE users SET email = ?, merged_into = ? WHERE id = ?', 'sam@mail.example', shopper.id, guest.id)
    await run(
      `INSERT INTO participants (user, chat, side, joined_n, left_n, read_seq, unread, changed) VALUES (?, ?, 'customer', 1, 2, 0, 0, 1)`,
      guest.id,
      chat,
    )
    const to = `${replyToken({ site: site.id, chat, user: guest.id })}@${DOMAIN}`
    await deliver(worker, { to, from: 'sam@mail.example', text: 'By mail.' })
    expect((await log()).at(-1)).toMatchObject({ body: 'By mail.', author: shopper.id, side: 'customer' })
  })

  it('keeps to the limits, like anything else that is sent', async () => {
    await setUp({ limits: { enabled: true, burstPerChat: 3 } })
    for (let i = 0; i < 6; i++) await answer({ text: `answer ${i}` })
    expect(await said()).toEqual(['answer 0', 'answer 1', 'answer 2'])
  })
})

/** The smallest PNG there is. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const withFile = (text: string, type = 'image/png', data = PNG, disposition = 'attachment'): Partial<SentMail> => ({
  body: {
    type: 'multipart/mixed; boundary=b',
    content: [
      '--b',
      'Content-Type: text/plain',
      '',
      text,
      '--b',
      `Content-Type: ${type}; name="bowl.png"`,
      `Content-Disposition: ${disposition}; filename="bowl.png"`,
      'Content-Transfer-Encoding: base64',
      '',
      data,
      '--b--',
    ].join('\r\n'),
  },
})

describe('a file in an answer', () => {
  it('comes along, with words or without, and once', async () => {
    const mail = { ...withFile('Here it is.'), messageId: '<file@oak.example>' }
    await answer(mail)
    await answer(mail)
    await answer(withFile(''))
    const [, first, second, third] = await log()
    expect(first).toMatchObject({ body: 'Here it is.', attachments: [{ name: 'bowl.png', type: 'image/png' }] })
    expect(second).toMatchObject({ body: '', attachments: [{ name: 'bowl.png' }] })
    expect(third).toBeUndefined()
  })

  it('comes along from mail programs that show a photo among the words', async () => {
    await answer(withFile('Look:', 'image/png', PNG, 'inline'))
    const [, said] = await log()
    expect(said).toMatchObject({ body: 'Look:', attachments: [{ name: 'bowl.png', type: 'image/png' }] })
  })

  it('that the shop does not take refuses the answer, and says so once', async () => {
    await answer(withFile('Run this.', 'application/x-msdownload', Buffer.from('MZ\0\0').toString('base64')))
    expect(await said()).toEqual([])
    const { results } = await worker.env.DB.prepare(
      "SELECT kind, email FROM outbox WHERE site = ? AND kind <> 'new_message'",
    )
      .bind(site.id)
      .all()
    expect(results).toEqual([{ kind: 'reply_refused', email: ANN }])
  })
})

describe('a refused answer', () => {
  const told = async () =>
    (
      await worker.env.DB.prepare("SELECT email, payload FROM outbox WHERE site = ? AND kind <> 'new_message'")
        .bind(site.id)
        .all<any>()
    ).results

  it('is told to the owner of the address, once a day, and never to who sent it', async () => {
    const email = `owner-${Date.now()}@oak.example`
    await run('UPDATE users SET email = ? WHERE id = ?', email, seller.id)
    await answer({ from: 'mallory@evil.example' })
    await answer({ from: email, dmarc: 'fail' })
    await answer({ from: email, text: '' })
    const mails = await told()
    expect(mails.map((mail) => mail.email)).toEqual([email])
    expect(JSON.parse(mails[0].payload).reason).toContain('another address')
  })

  it('of a guest who owes the shop a name is told, with the chat where they can say it, and not tried again', async () => {
    await setUp({ guests: { mode: 'name' } })
    const email = `guest-${Date.now()}@mail.example`
    const guest = await site.person({ role: 'guest' })
    await run('UPDATE users SET email = ? WHERE id = ?', email, guest.id)
    await run(
      `INSERT INTO participants (user, chat, side, joined_n, read_seq, unread, changed) VALUES (?, ?, 'customer', 1, 0, 0, 1)`,
      guest.id,
      chat,
    )
    const to = `${replyToken({ site: site.id, chat, user: guest.id })}@${DOMAIN}`
    expect(await deliver(worker, { to, from: email, text: 'By mail.' })).toBeUndefined()
    const [mail] = await told()
    const { reason, chat_url } = JSON.parse(mail.payload)
    expect([mail.email, reason]).toEqual([email, expect.stringContaining('your name')])
    expect(chat_url).toContain('https://')
  })

  it('is not told to machines', async () => {
    const email = `away-${Date.now()}@oak.example`
    await run('UPDATE users SET email = ? WHERE id = ?', email, seller.id)
    await answer({ from: email, dmarc: 'fail', headers: { 'Auto-Submitted': 'auto-replied' } })
    await answer({ envelope: '<>', from: 'mailer-daemon@oak.example' })
    expect(await told()).toEqual([])
  })
})

describe('nothing is taken', () => {
  const cases: Record<string, Partial<SentMail>> = {
    'without a verdict on who sent it': { dmarc: null },
    'when DMARC failed': { dmarc: 'fail' },
    'when the domain has no DMARC': { dmarc: 'none' },
    'when DMARC passed for another domain': { dmarc: 'pass header.from=evil.example; x=y' },
    'with a verdict of the sender’s own making': {
      dmarc: null,
      headers: { 'Authentication-Results': 'mx.cloudflare.net; dmarc=pass header.from=oak.example' },
    },
    'with a verdict of the sender’s own making below a bad one': {
      dmarc: 'fail',
      headers: { 'Authentication-Results': 'mx.cloudflare.net; dmarc=pass header.from=oak.example' },
    },
    'from somebody else, proven though': { from: 'Ann Oak <ann@evil.example>' },
    'from an address that only begins alike': { from: `${ANN}.evil.example` },
    'from two people': { from: `${ANN}, x@oak.example` },
    'from somebody else with the owner in Cc, Sender and Reply-To': {
      from: 'mallory@mail.example',
      headers: { Cc: ANN, Sender: ANN, 'Reply-To': ANN },
    },
    'from a vacation responder': { headers: { 'Auto-Submitted': 'auto-replied' } },
    'from a mailing list': { headers: { Precedence: 'bulk' } },
    'from Exchange by itself': { headers: { 'X-Auto-Response-Suppress': 'All' } },
    'that is a bounce': { envelope: '<>', from: 'Mail Delivery <mailer-daemon@oak.example>' },
    'with no words in it': { text: '\r\n> Is it food safe?\r\n-- \r\nAnn' },
    'longer than a message may be': { text: 'so long '.repeat(600) },
  }
  it.each(Object.entries(cases))('%s', async (_, mail) => {
    expect(await answer(mail)).toBeUndefined()
    expect(await said()).toEqual([])
  })

  it('from somebody whom the mail’s Cc names: it adds nobody to the chat', async () => {
    await answer({ headers: { Cc: 'friend@mail.example' } })
    const { results } = await worker.env.DB.prepare('SELECT user FROM participants WHERE chat = ?').bind(chat).all()
    expect(results).toHaveLength(2)
  })

  it('once the person has left, is blocked, or the chat is closed', async () => {
    const to = `${replyToken({ site: site.id, chat, user: shopper.id })}@${DOMAIN}`
    await run('UPDATE users SET email = ? WHERE id = ?', 'sam@mail.example', shopper.id)
    await run(`INSERT INTO blocks (site, seller, user, by, created_at) VALUES (?, '*', ?, '', 0)`, site.id, shopper.id)
    await deliver(worker, { to, from: 'sam@mail.example', text: 'x' })
    await run('UPDATE participants SET left_n = 1 WHERE user = ?', seller.id)
    await answer()
    await run('UPDATE participants SET left_n = NULL WHERE user = ?', seller.id)
    await run(`UPDATE chats SET state = 'closed' WHERE id = ?`, chat)
    await answer()
    expect(await said()).toEqual([])
  })

  it('through an address of another person, chat or site', async () => {
    const elsewhere = await makeSite(worker.env.DB)
    for (const place of [
      { site: site.id, chat, user: shopper.id },
      { site: elsewhere.id, chat, user: seller.id },
    ])
      await deliver(worker, { to: `${replyToken(place)}@${DOMAIN}`, from: ANN, text: 'x' })
    const right = replyToken({ site: site.id, chat, user: seller.id })
    for (const to of [`${right}@evil.example`, `x+${right}@${DOMAIN}`, `${right}a@${DOMAIN}`, `a${right}@${DOMAIN}`])
      expect(await deliver(worker, { to, from: ANN, text: 'x' })).toBe('There is no such address.')
    expect(await said()).toEqual([])
  })

  it('through an address that is nearly right', async () => {
    const place = { site: site.id, chat, user: seller.id }
    const right = replyToken(place)
    const guesses = Array.from({ length: 120 }, (_, i) => {
      if (i % 4 === 0) return replyToken(place, randomBytes(16))
      if (i % 4 === 1) return replyToken({ ...place, chat: `chat_${randomBytes(16).toString('base64url')}` })
      // One letter off.
      const at = i % right.length
      return right.slice(0, at) + (right[at] === 'a' ? 'b' : 'a') + right.slice(at + 1)
    }).filter((guess) => guess !== right)
    let taken = 0
    for (let i = 0; i < guesses.length; i += 20) {
      const done = await Promise.all(
        guesses.slice(i, i + 20).map((guess) => deliver(worker, { to: `${guess}@${DOMAIN}`, from: ANN, text: 'x' })),
      )
      taken += done.filter((rejected) => rejected !== 'There is no such address.').length
    }
    expect(taken).toBe(0)
    expect(await said()).toEqual([])
    // The control: the one that is right.
    expect(await answer()).toBeUndefined()
    expect(await said()).toEqual(['Yes, it is.'])
  })
})

it('may be rubbish and ends nothing', async () => {
  const head = `From: ${ANN}\r\nMessage-ID: <x@y>\r\n`
  const multipart = `${head}Content-Type: multipart/mixed; boundary=`
  for (const raw of [
    `${head}\r\n`,
    `${head}Content-Type: text/html\r\n\r\n${'<div'.repeat(20_000)}`,
    `${multipart}b\r\n\r\n--b\r\n--b\r\n--b--`,
    Array.from(
      { length: 60 },
      (_, i) => `${i ? 'Content-Type: multipart/mixed; boundary=' : multipart}b${i}\r\n\r\n--b${i}\r\n`,
    ).join(''),
    `${head}Content-Transfer-Encoding: base64\r\n\r\n${'%'.repeat(10_000)}`,
  ])
    await deliver(worker, { to: address, from: ANN, raw })
  expect(await said()).toEqual([])
})
