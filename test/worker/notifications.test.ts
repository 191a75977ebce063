import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reviveMails } from '../../worker/notifications/look-after-store.ts'
import { prepareMail } from '../../worker/notifications/prepare.ts'
import { queueMail } from '../../worker/notifications/queue-mail.ts'
import { type MailShop, type MailWorker, openMailShop, startMailWorker } from '../support/mails.ts'
import { openShop } from '../support/shop.ts'
import { openSocket } from '../support/socket.ts'

// What workerd has, and Node from 25 on.
Object.assign(Uint8Array.prototype, {
  toHex(this: Uint8Array) {
    return Buffer.from(this).toString('hex')
  },
  toBase64(this: Uint8Array, { alphabet = 'base64' }: { alphabet?: 'base64' | 'base64url' } = {}) {
    return Buffer.from(this).toString(alphabet)
  },
})

let worker: MailWorker
beforeAll(async () => {
  worker = await startMailWorker()
}, 280_000)
afterAll(() => worker.stop())

const reasons = async (shop: MailShop) => (await shop.rows()).map(({ state, reason }) => [state, reason])
const notifications = (more: object) => ({ notifications: { delaySec: 0, mailsPerSecond: 100, ...more } })

/** Prepares the shop's first mail as the mailer does; `meanwhile` happens once what is to be told has been read. */
async function prepareFirst(shop: MailShop, meanwhile: () => Promise<void>) {
  const { DB } = worker.env
  let isFirst = true
  const db = {
    prepare: (sql: string) => DB.prepare(sql),
    async batch(statements: never[]) {
      const results = await DB.batch(statements)
      if (isFirst) await meanwhile()
      isFirst = false
      return results
    },
  }
  const mail = await DB.prepare(
    'SELECT o.*, r.request, ?2 now FROM outbox o LEFT JOIN outbox_requests r ON r.mail = o.id WHERE site = ?1',
  )
    .bind(shop.site.id, Date.now())
    .first()
  return prepareMail(worker.env as never, db as never, mail as never)
}

/** Has the provider break at each of so many mails. */
async function tryInVain(shop: MailShop, mails: number) {
  worker.provider.faults.broken = 1
  const look = async () => {
    await (worker.env as any).MAILER.getByName('mailer').wake('DB', 0)
    return (await shop.rows("state = 'sending' AND tries > 0")).length
  }
  await expect.poll(look).toBe(mails)
  worker.provider.faults.broken = 0
}

describe('a new message', () => {
  it('is told to everybody on the other side, and never to who wrote it or their colleagues', async () => {
    const shop = await openMailShop(worker)
    const colleague = await shop.person({ role: 'seller', name: 'Ann' })
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
    expect(shop.got(colleague)).toHaveLength(1)
    expect(shop.got(shop.customer)).toEqual([])
    await shop.say(shop.seller, chat, 'Yes, at 40 degrees.')
    await shop.dispatch()
    expect(shop.got(shop.customer)).toHaveLength(1)
    expect(shop.got(colleague)).toHaveLength(1)
    const [mail] = shop.got(shop.customer)
    expect(mail?.subject).toBe('New message from The shop at Test shop')
    expect(mail?.text).toContain('> Yes, at 40 degrees.')
    expect(mail?.text).toContain(`https://shop.example/#shopbell-chat=${chat}`)
    expect(shop.got(shop.seller)[0]?.text).toContain(`https://chat.example/inbox?site=${shop.site.id}#chat=${chat}`)
  })

  it('is not told to somebody who reads it within the delay', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['queued', null]])
    await shop.read(shop.seller, chat, 1)
    await shop.later(11)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['dropped', 'read']])
    expect(shop.got(shop.seller)).toEqual([])
  })

  it('is not told to somebody who looks at its chat, in whatever tab, until they turn away from it unread', async () => {
    const shop = await openMailShop(worker)
    const chat = await shop.start(shop.customer, 'apron', 'the first')
    await shop.dispatch()
    const [tab, other] = [
      await openSocket(worker.url, shop.seller.token),
      await openSocket(worker.url, shop.seller.token),
    ]
    const again = async () => {
      await shop.run("UPDATE outbox SET due_at = 0 WHERE site = ? AND state = 'queued'", shop.site.id)
      await shop.dispatch()
      return shop.got(shop.seller).length
    }
    const inbox = (worker.env as any).INBOX.getByName(`${shop.site.id}/${shop.seller.id}`)
    const looks = (is: boolean) => expect.poll(() => inbox.isLookingAt(chat)).toBe(is)
    const look = (at?: string) => tab.send(JSON.stringify({ type: 'looking', chat: at }))
    look(chat)
    await looks(true)
    await shop.later(16)
    await shop.say(shop.customer, chat, 'the second')
    await shop.dispatch()
    expect(await shop.rows("state = 'queued'")).toMatchObject([{ reason: 'looking' }])
    expect(await again()).toBe(1)
    look(await shop.start(shop.customer))
    await looks(false)
    expect(await again()).toBe(3)
    look(chat)
    await looks(true)
    await shop.later(16)
    await shop.say(shop.customer, chat, 'the third')
    expect(await again()).toBe(3)
    tab.close()
    await looks(false)
    expect(await again()).toBe(4)
    other.close()
  })

  it('lies for a minute where the site has set nothing', async () => {
    const shop = await openMailShop(worker, { delaySec: undefined })
    await shop.start(shop.customer)
    await shop.later(0.8)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['queued', null]])
    await shop.later(0.3)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
  })

  it('goes out by the cron where the call to the mailer was lost', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    await shop.start(shop.customer)
    await shop.later(11)
    const cron = (await worker.miniflare.getWorker()).scheduled
    await cron({ cron: '* * * * *', scheduledTime: new Date() })
    await worker.provider.until(() => shop.got(shop.seller).length === 1)
  })

  it('that comes while its mail is being dropped, since all before was read, still gets one', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer)
    await shop.later(11)
    await shop.read(shop.seller, chat, 1)
    await prepareFirst(shop, async () => {
      await shop.say(shop.customer, chat, 'the second')
    })
    await shop.later(11)
    await shop.dispatch()
    expect(shop.got(shop.seller).map(({ text }) => text.includes('> the second'))).toEqual([true])
  })

  it('waits out its own delay where an older one was read', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer)
    await shop.later(9)
    await shop.say(shop.customer, chat)
    await shop.read(shop.seller, chat, 1)
    await shop.later(2)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['queued', null]])
    await shop.later(9)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
  })

  it('is gathered with others of its chat into one mail that tells only what is unread', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer, 'apron', 'the first')
    await shop.read(shop.seller, chat, 1)
    for (const body of ['the second', 'the third', 'the fourth']) await shop.say(shop.customer, chat, body)
    expect(await shop.rows()).toHaveLength(1)
    await shop.later(11)
    await shop.dispatch()
    const [mail, ...more] = shop.got(shop.seller)
    expect(more).toEqual([])
    expect(mail?.text).toContain('> the second\n>\n> the third\n>\n> the fourth')
    expect(mail?.text).not.toContain('the first')
  })

  it('that many more went before names the newest and counts the rest', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer)
    for (let i = 2; i <= 8; i++) await shop.say(shop.customer, chat, `number ${i}`)
    await shop.later(11)
    await shop.dispatch()
    const [mail] = shop.got(shop.seller)
    expect(mail?.text).toContain('> … and 3 earlier ones in the chat')
    expect(mail?.text).toContain('> number 8')
    expect(mail?.text).not.toContain('> number 3')
  })

  it('is told once: the next mail of the chat holds only what came since, under the same subject and in the same thread', async () => {
    const shop = await openMailShop(worker)
    const chat = await shop.start(shop.customer, 'apron', 'told already')
    await shop.dispatch()
    await shop.run("UPDATE users SET name = 'Samantha' WHERE id = ?", shop.customer.id)
    await shop.say(shop.customer, chat, 'news')
    await shop.later(16)
    await shop.dispatch()
    const [first, second] = shop.got(shop.seller)
    expect(second?.text).toContain('> news')
    expect(second?.text).not.toContain('told already')
    expect(second?.subject).toBe(first?.subject)
    expect(second?.headers.References).toBe(first?.headers.References)
    expect(second?.headers['Message-ID']).not.toBe(first?.headers['Message-ID'])
    expect(second?.key).not.toBe(first?.key)
  })

  it('that a colleague has answered needs nobody else', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const colleague = await shop.person({ role: 'seller' })
    const chat = await shop.start(shop.customer)
    await shop.say(colleague, chat, 'I have it.')
    await shop.later(11)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toEqual([])
    expect(shop.got(colleague)).toEqual([])
    expect(shop.got(shop.customer)).toHaveLength(1)
  })

  it('comes too late after 23 hours, whatever has held it up', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    await shop.start(shop.customer)
    await shop.later(23 * 60)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['dropped', 'expired']])
  })
})

describe('whom it concerns is asked anew when a mail goes out', () => {
  const drop = async (name: string, change: (shop: MailShop, chat: string) => Promise<unknown>) => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chat = await shop.start(shop.customer)
    expect(await shop.rows(), name).toHaveLength(1)
    await change(shop, chat)
    await shop.later(11)
    await shop.dispatch()
    expect(shop.got(shop.seller), name).toEqual([])
    return reasons(shop)
  }

  it.concurrent.each([
    ['the master switch', { enabled: false }],
    ['the event', { newMessage: { enabled: false } }],
    ['its e-mail channel', { newMessage: { email: false } }],
  ])('%s may be off by then', async (name, off) => {
    expect(await drop(name, ({ site }) => site.settings(notifications(off)).then(pass))).toEqual([
      ['dropped', 'switched_off'],
    ])
  })

  it('they may have left', async () => {
    const leave = ({ run, seller }: MailShop) => run('UPDATE participants SET left_n = 1 WHERE user = ?', seller.id)
    expect(await drop('left', leave)).toEqual([['dropped', 'left']])
  })

  it('the customer may be blocked', async () => {
    const block = ({ run, site, seller, customer }: MailShop) =>
      run(
        'INSERT INTO blocks (site, seller, user, by, created_at) VALUES (?, ?, ?, ?, 0)',
        site.id,
        'shop',
        customer.id,
        seller.id,
      )
    expect(await drop('blocked', block)).toEqual([['dropped', 'blocked']])
  })

  it('they may have stopped mails of the chat, or all', async () => {
    for (const what of ['chat', '*']) {
      const stop = ({ run, site, seller }: MailShop, chat: string) =>
        run(
          'INSERT INTO mail_stops (site, user, chat, created_at) VALUES (?, ?, ?, 0)',
          site.id,
          seller.id,
          what === '*' ? '*' : chat,
        )
      expect(await drop(what, stop)).toEqual([['dropped', 'unwanted']])
    }
  })

  it('the address may have bounced', async () => {
    const bounce = async ({ run, seller }: MailShop) =>
      run(
        "INSERT INTO suppressed_addresses (address, reason, created_at) VALUES (?, 'bounce', 0)",
        createHash('sha256').update(`address ${seller.email}`).digest('hex'),
      )
    expect(await drop('bounced', bounce)).toEqual([['dropped', 'unwanted']])
  })

  it('the message may be erased', async () => {
    const erase = ({ run }: MailShop, chat: string) => run('UPDATE messages SET erased = 1 WHERE chat = ?', chat)
    expect(await drop('erased', erase)).toEqual([['dropped', 'read']])
  })

  it.each([1, 2])(
    'and again before each try: a mail that was rendered may have been read or erased (%i) since',
    async (how) => {
      const shop = await openMailShop(worker)
      worker.provider.faults.broken = 1
      const [read, erased] = [await shop.start(shop.customer), await shop.start(shop.customer)]
      await tryInVain(shop, 2)
      await shop.read(shop.seller, read, 1)
      await shop.run('UPDATE messages SET erased = ? WHERE chat = ?', how, erased)
      await shop.run('UPDATE outbox SET due_at = 0 WHERE site = ?', shop.site.id)
      await shop.dispatch()
      expect((await reasons(shop)).toSorted()).toEqual([
        ['dropped', 'erased'],
        ['dropped', 'read'],
      ])
      expect(shop.got(shop.seller)).toEqual([])
    },
  )

  it('and what was erased before it was rendered is no matter, the oldest words in it are', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 })
    const chats = [await shop.start(shop.customer), await shop.start(shop.customer)]
    for (const chat of chats) {
      for (let seq = 2; seq <= 7; seq++) await shop.say(shop.customer, chat, `number ${seq}`)
      await shop.run('UPDATE messages SET erased = 1 WHERE chat = ? AND seq IN (4, 5)', chat)
    }
    await shop.later(11)
    await tryInVain(shop, 2)
    await shop.run('UPDATE messages SET erased = 2 WHERE chat = ? AND seq = 1', chats[1])
    await shop.run('UPDATE outbox SET due_at = 0 WHERE site = ?', shop.site.id)
    await shop.dispatch()
    const ends = (await shop.rows()).map(({ chat, state }) => [chats.indexOf(chat), state])
    expect(ends.toSorted()).toEqual([
      [0, 'sent'],
      [1, 'dropped'],
    ])
  })

  it.each([
    ['the master switch', { enabled: false }],
    ['the event', { newMessage: { enabled: false } }],
    ['its e-mail channel', { newMessage: { email: false } }],
  ])('and with %s off nothing is written at all', async (_, off) => {
    const shop = await openMailShop(worker, off)
    await shop.start(shop.customer)
    expect(await shop.rows()).toEqual([])
  })
})

/** The worker's own copy of the settings is five seconds old at most. */
const pass = () => new Promise((resolve) => setTimeout(resolve, 5_100))

describe('the caps', () => {
  it('let one mail of a chat through in 15 minutes, and gather what comes meanwhile', async () => {
    const shop = await openMailShop(worker)
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    await shop.say(shop.customer, chat, 'one')
    await shop.dispatch()
    await shop.say(shop.customer, chat, 'two')
    await shop.later(14)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
    expect(await shop.rows("state = 'queued'")).toMatchObject([{ reason: 'capped' }])
    await shop.later(2)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(2)
    expect(shop.got(shop.seller)[1]?.text).toContain('> one\n>\n> two')
  })

  it('let ten mails an hour and thirty a day reach an address, whatever happens', async () => {
    const shop = await openMailShop(worker, {}, { limits: { enabled: false } })
    for (let i = 0; i < 14; i++) await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(10)
    await shop.later(61)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(14)
    for (let hour = 0; hour < 3; hour++) {
      for (let i = 0; i < 8; i++) await shop.start(shop.customer)
      await shop.dispatch()
      await shop.later(61)
      await shop.dispatch()
    }
    expect(shop.got(shop.seller)).toHaveLength(30)
  })

  it('keep one reader of 10,000 messages over 50 chats within them', async () => {
    const shop = await openMailShop(worker, { delaySec: 600 }, { limits: { enabled: false } })
    for (let i = 0; i < 50; i++) await shop.start(shop.customer)
    await shop.run(
      `INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
       WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
       SELECT c.id, n.i, ?2, 'customer', 'client-of-bulk-' || n.i, 'number ' || n.i, ?3, 1000 FROM chats c, n WHERE c.site = ?1 ORDER BY 1, 2`,
      shop.site.id,
      shop.customer.id,
      Date.now(),
    )
    await shop.later(11)
    const hours: number[] = []
    for (let hour = 0; hour < 6; hour++) {
      const before = shop.got(shop.seller).length
      await shop.dispatch()
      hours.push(shop.got(shop.seller).length - before)
      await shop.later(61)
    }
    expect(hours).toEqual([10, 10, 10, 0, 0, 0])
    expect(shop.got(shop.seller)[29]?.text).toContain('… and 195 earlier ones in the chat')
    expect(new Set(shop.got(shop.seller).map(({ headers }) => headers.References)).size).toBe(30)
  })

  it('of a day are the site’s to set too', async () => {
    const shop = await openMailShop(worker, { perDay: 3 }, { limits: { enabled: false } })
    for (let i = 0; i < 5; i++) await shop.start(shop.customer)
    await shop.dispatch()
    await shop.later(22 * 60)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(3)
    for (let i = 0; i < 2; i++) await shop.start(shop.customer)
    await shop.later(121)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(5)
  })

  it('hold back no code that somebody waits for, and do not count it', async () => {
    const shop = await openMailShop(worker, { perHour: 1, perDay: 1 })
    const code = (n: number) => ({
      id: `mail_code_${n}_${shop.site.id}`,
      site: shop.site.id,
      to: { email: shop.seller.email },
      kind: 'code',
      payload: { code: `12345${n}` },
    })
    const ask = (n: number) => worker.env.DB.batch([queueMail(worker.env.DB as never, code(n) as never)] as never)
    await ask(1)
    await shop.dispatch()
    await shop.start(shop.customer)
    await shop.start(shop.customer)
    await shop.dispatch()
    await ask(2)
    await shop.dispatch()
    expect(shop.got(shop.seller).map(({ subject }) => subject)).toEqual([
      '123451 is your code for Test shop',
      'New message from Sam at Test shop',
      '123452 is your code for Test shop',
    ])
  })

  it('hold for what could not be sent and is tried again, all of it at once', async () => {
    const shop = await openMailShop(worker, { perHour: 2 })
    const refuse = () => ({ status: 422, body: { statusCode: 422, name: 'validation_error', message: 'refused' } })
    for (let hour = 0; hour < 2; hour++) {
      worker.provider.next.push(refuse, refuse)
      for (let i = 0; i < 2; i++) await shop.start(shop.customer)
      await shop.dispatch()
      await shop.later(61)
    }
    expect(await shop.rows("state = 'dead'")).toHaveLength(4)
    const { DB } = worker.env
    expect(await reviveMails(DB as never, shop.site.id, null, DB.prepare('SELECT 1') as never)).toBe(4)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(2)
    expect((await shop.rows('done_at IS NULL')).map(({ reason }) => reason)).toEqual(['capped', 'capped'])
    await shop.later(61)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(4)
  })

  it('are the site’s to set, and hold for an address over all who have it', async () => {
    const shop = await openMailShop(worker, { perHour: 2, perChatMinutes: 1 })
    const twin = await shop.person({ role: 'seller', email: shop.seller.email })
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    await shop.later(2)
    await shop.say(shop.customer, chat)
    await shop.dispatch()
    await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(twin)).toHaveLength(2)
  })

  it('of a chat are the site’s to set too', async () => {
    const shop = await openMailShop(worker, { perChatMinutes: 60 })
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    await shop.say(shop.customer, chat)
    await shop.later(50)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
    await shop.later(11)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(2)
  })
})

describe('a new chat', () => {
  it('is told to nobody at first', async () => {
    const shop = await openMailShop(worker)
    await shop.start(shop.customer, 'quiet', '')
    expect(await shop.rows()).toEqual([])
  })

  it('is told to its sellers where the site wants it, once with its first message', async () => {
    const shop = await openMailShop(worker, { chatCreated: { enabled: true } })
    await shop.site.product('310', { title: 'Linen apron' })
    await shop.start(shop.customer, '310', '')
    await shop.dispatch()
    expect(shop.got(shop.customer)).toEqual([])
    const [mail] = shop.got(shop.seller)
    expect(mail?.subject).toBe('Sam started a chat at Test shop')
    expect(mail?.text).toContain('Linen apron')
    await shop.start(shop.customer, '311', 'Hello')
    await shop.dispatch()
    expect(shop.got(shop.seller).map(({ subject }) => subject)).toEqual([
      'Sam started a chat at Test shop',
      'New message from Sam at Test shop',
    ])
  })

  it('is told as the site’s templates say, and to the admins that the site names', async () => {
    const admins = 'admin@new-chats.test'
    const own = { subject: 'New at {{site_name}}', body: '{{sender_name}} is here about a {{context_type}}' }
    const shop = await openMailShop(worker, { chatCreated: { enabled: true, admins, ...own } })
    await shop.start(shop.customer, '310', '')
    await shop.dispatch()
    for (const reader of [shop.seller, { email: admins }]) {
      const [mail] = shop.got(reader)
      expect(mail?.subject).toBe('New at Test shop')
      expect(mail?.text).toContain('Sam is here about a product')
    }
  })

  it('is mailed to nobody where its e-mail channel is off', async () => {
    const shop = await openMailShop(worker, { chatCreated: { enabled: true, email: false } })
    await shop.start(shop.customer, '310', '')
    expect(await shop.rows()).toEqual([])
  })
})

describe('a new chat that is told', () => {
  it.concurrent.each([
    ['the master switch', { enabled: false, chatCreated: { enabled: true } }],
    ['the event', {}],
    ['its e-mail channel', { chatCreated: { enabled: true, email: false } }],
  ])('is no longer with %s off by then, and not even written with it off from the start', async (_, off) => {
    const shop = await openMailShop(worker, { delaySec: 600, chatCreated: { enabled: true } })
    await shop.start(shop.customer, 'apron', '')
    await shop.site.settings(notifications(off))
    await pass()
    await shop.later(11)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['dropped', 'switched_off']])
    await shop.start(shop.customer, 'stool', '')
    expect(await shop.rows()).toHaveLength(1)
  })

  it('needs no mail to a seller who has looked at it or does so now', async () => {
    const shop = await openMailShop(worker, { delaySec: 600, chatCreated: { enabled: true } })
    const chat = await shop.start(shop.customer, 'apron', '')
    const tab = await openSocket(worker.url, shop.seller.token)
    tab.send(JSON.stringify({ type: 'looking', chat }))
    const inbox = (worker.env as any).INBOX.getByName(`${shop.site.id}/${shop.seller.id}`)
    await expect.poll(() => inbox.isLookingAt(chat)).toBe(true)
    await shop.later(11)
    await shop.dispatch()
    expect(await reasons(shop)).toEqual([['dropped', 'read']])
    tab.close()
  })
})

describe('admins', () => {
  const admin = { email: 'admin@office.test' }

  it.concurrent('get nothing unless the settings name them, then each event that does', async () => {
    const shop = await openMailShop(worker, { newMessage: { admins: admin.email }, chatCreated: { enabled: true } })
    const chat = await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(admin)).toHaveLength(1)
    expect(shop.got(admin)[0]?.text).toContain('the settings of Test shop name this address')
    await shop.later(16)
    await shop.say(shop.seller, chat, 'Yes')
    await shop.dispatch()
    expect(shop.got(admin)[1]?.text).toContain('> Yes')
    await shop.site.settings(notifications({ newMessage: { admins: '' }, chatCreated: { enabled: true } }))
    await pass()
    await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(admin)).toHaveLength(2)
  })

  it.concurrent('who are at the desk themselves get one mail, not two', async () => {
    const shop = await openMailShop(worker)
    await shop.site.settings(notifications({ newMessage: { admins: shop.seller.email } }))
    await pass()
    await shop.start(shop.customer)
    await shop.dispatch()
    await shop.later(16)
    await shop.dispatch()
    expect(shop.got(shop.seller)).toHaveLength(1)
  })
})

describe('a guest', () => {
  it('whose address nobody has confirmed gets one neutral question a day, whoever names it', async () => {
    const shop = await openMailShop(worker)
    const email = 'victim@mail.test'
    for (let i = 0; i < 3; i++) {
      const guest = await shop.person({ role: 'guest', name: 'Buy at https://evil.test now', verified: false, email })
      const chat = await shop.start(guest, 'apron', 'evil words')
      await shop.say(shop.seller, chat, 'An answer')
    }
    await shop.dispatch()
    const mails = shop.got({ email })
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe('Is this your address?')
    expect(mails[0]?.text).toMatch(/https:\/\/chat\.example\/mail\/\S+/)
    expect(JSON.stringify(mails)).not.toMatch(/evil|An answer/)
    await shop.later(24 * 60 + 1)
    const guest = await shop.person({ role: 'guest', verified: false, email })
    await shop.say(shop.seller, await shop.start(guest))
    await shop.dispatch()
    expect(shop.got({ email })).toHaveLength(2)
  })

  it('whose address is confirmed hears of answers', async () => {
    const shop = await openMailShop(worker)
    const guest = await shop.person({ role: 'guest' })
    await shop.say(shop.seller, await shop.start(guest), 'Yes')
    await shop.dispatch()
    expect(shop.got(guest)[0]?.text).toContain('> Yes')
  })

  it('who names a stranger’s address in a thousand chats has nobody told', async () => {
    const shop = await openMailShop(worker)
    const email = 'stranger@mail.test'
    const guest = await shop.person({ role: 'guest', verified: false, email })
    await shop.say(shop.seller, await shop.start(guest), 'Yes')
    await shop.run(
      `INSERT INTO users (id, site, guest, email, created_at)
       SELECT 'usr_flood_' || value || ?1, ?1, 1, ?2, 0 FROM generate_series(1, 1000)`.replace(
        'generate_series(1, 1000)',
        '(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 1000) SELECT value FROM n)',
      ),
      shop.site.id,
      email,
    )
    await shop.run(
      `INSERT INTO chats (id, site, customer, seller, context, thing, state, last_seq, last_at, started_by, started_at)
       SELECT 'chat_' || id, site, id, 'shop', 'product', 'apron', 'open', 0, 0, id, 0 FROM users WHERE site = ? AND id LIKE 'usr_flood_%'`,
      shop.site.id,
    )
    await shop.run(
      `INSERT INTO participants (user, chat, side, joined_n, read_seq, unread, changed)
       SELECT customer, id, 'customer', 0, 0, 0, 0 FROM chats WHERE site = ?1 AND id LIKE 'chat_usr_flood_%'
       UNION ALL SELECT ?2, id, 'seller', 0, 0, 0, 0 FROM chats WHERE site = ?1 AND id LIKE 'chat_usr_flood_%'`,
      shop.site.id,
      shop.seller.id,
    )
    // Each chat's answer as its own batch would write it.
    await shop.run(
      `INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
       SELECT id, 1, ?2, 'seller', 'client-of-flood', 'Yes', ?3, 0 FROM chats WHERE site = ?1 AND id LIKE 'chat_usr_flood_%'`,
      shop.site.id,
      shop.seller.id,
      Date.now(),
    )
    await shop.run("UPDATE chats SET last_seq = 1 WHERE site = ? AND id LIKE 'chat_usr_flood_%'", shop.site.id)
    await shop.run(
      `INSERT INTO outbox (id, site, kind, recipient, chat, state, rank, created_at, due_at, expires_at)
       SELECT 'mail_' || id, site, 'new_message', customer, id, 'queued', 1, ?2, 0, ?2 + 9e9 FROM chats WHERE site = ?1 AND id LIKE 'chat_usr_flood_%'`,
      shop.site.id,
      Date.now(),
    )
    expect(await shop.rows("kind = 'new_message'")).toHaveLength(1002)
    await shop.dispatch()
    const mails = shop.got({ email })
    expect(mails.map(({ subject }) => subject)).toEqual(['Is this your address?'])
  }, 120_000)
})

describe('a mail', () => {
  it('is in the language of its reader, and as the site’s templates say', async () => {
    const shop = await openMailShop(worker)
    const german = await shop.person({ role: 'seller', name: 'Jörg', locale: 'de-AT' })
    const arab = await shop.person({ role: 'seller', name: 'ليلى', locale: 'ar' })
    await shop.start(shop.customer)
    await shop.dispatch()
    expect(shop.got(german)[0]).toMatchObject({ subject: 'Neue Nachricht von Sam bei Test shop' })
    expect(shop.got(german)[0]?.text).toContain('Hallo Jörg,')
    expect(shop.got(arab)[0]?.html).toContain('<html lang="ar" dir="rtl">')
    const own = {
      subject: '{{site_name}}: {{sender_name}}',
      body: '# Hi {{recipient_name}}\n\n{{last_message}} ({{context_type}})',
    }
    const other = await openMailShop(worker, { newMessage: own }, { brand: { name: 'Wool & Co' } })
    await other.start(other.customer)
    await other.dispatch()
    expect(other.got(other.seller)[0]).toMatchObject({
      subject: 'Wool & Co: Sam',
      from: '"Wool & Co" <chat@mail.example>',
    })
    expect(other.got(other.seller)[0]?.text).toContain('Hi Priya\n\nIs it washable? (product)')
  })

  it('of either event fills every token in, in its subject and in its body', async () => {
    const all = '{{site_name}}/{{sender_name}}/{{recipient_name}}/{{context_type}}/{{last_message}}'
    const own = { enabled: true, subject: `${all}/{{chat_url}}`, body: `${all}\n\n{{chat_url}}` }
    const shop = await openMailShop(worker, { newMessage: own, chatCreated: own })
    const told = await shop.start(shop.customer, 'apron', '')
    await shop.dispatch()
    const said = await shop.start(shop.customer, 'stool', 'Hello')
    await shop.dispatch()
    const [created, message] = shop.got(shop.seller)
    const link = (chat: string) => `https://chat.example/inbox?site=${shop.site.id}#chat=${chat}`
    expect(created?.subject).toContain('Test shop/Sam/Priya/product/')
    expect(message?.subject).toContain('Test shop/Sam/Priya/product/Hello')
    expect(created?.text).toContain(link(told))
    expect(message?.text).toContain(`Test shop/Sam/Priya/product/Hello`)
    expect(message?.text).toContain(link(said))
    for (const mail of [created, message]) expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toContain('{{')
  })

  it('can be stopped by its headers, as RFC 8058 wants it, and says where to answer', async () => {
    const shop = await openMailShop(worker)
    await shop.start(shop.customer)
    await shop.dispatch()
    const [mail] = shop.got(shop.seller)
    expect(mail?.headers['List-Unsubscribe']).toMatch(/^<https:\/\/chat\.example\/mail\/[\w.-]+>$/)
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    // No Email Routing here: an answer would reach nobody.
    expect(mail?.reply_to).toBeUndefined()
    expect(mail?.text).toContain('Answer in the chat: nobody reads replies to this mail.')
    const path = new URL(mail?.headers['List-Unsubscribe']?.slice(1, -1) ?? '').pathname
    await fetch(worker.url + path, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    const rows = await worker.env.DB.prepare('SELECT user FROM mail_stops WHERE site = ?').bind(shop.site.id).all()
    expect(rows.results).toEqual([{ user: shop.seller.id }])
  })

  it('shows the thing as the shop knows it, and of a page’s claim only words', async () => {
    const shop = await openMailShop(worker)
    await shop.run(
      "INSERT INTO products (site, id, title, picture, price, saved_at) VALUES (?, '7', 'Oak stool', 'https://shop.example/stool.jpg', '89 €', 0)",
      shop.site.id,
    )
    await shop.start(shop.customer, '7')
    const claim = { title: 'A claim', picture: 'https://evil.test/pixel.png', url: 'https://evil.test/', price: '1 €' }
    const message = { clientId: 'client-id-claim', body: 'hi' }
    await worker.call('/v1/chats', {
      token: shop.customer.token,
      body: { context: { type: 'product', id: '8', claim }, message },
    })
    await shop.dispatch()
    const [known, claimed] = shop.got(shop.seller)
    expect(known?.html).toContain('src="https://shop.example/stool.jpg"')
    expect(known?.html).toContain('89 €')
    expect(claimed?.html).toContain('A claim')
    expect(claimed?.html).not.toContain('evil.test')
  })
})

describe('an order', () => {
  const order = (more: object = {}) => ({
    id: '1500',
    number: '1001',
    status: 'processing',
    customer: { name: 'Gil Guest', email: 'gil@mail.test' },
    currency: 'USD',
    total: '50.00',
    placedAt: '2026-11-20T10:00:00Z',
    modifiedAt: '2026-11-20T10:00:00Z',
    items: [{ name: 'Walnut Bowl', seller: '19', quantity: 1, total: '50.00' }],
    ...more,
  })

  it('of a guest has its buyer mailed one link to its chat, which signs in once', async () => {
    const shop = await openShop(worker, { notifications: { mailsPerSecond: 100 } })
    const email = 'gil@mail.test'
    await shop.put('/v1/orders', { orders: [order()] })
    await worker.provider.until(() => worker.provider.to(email).length > 0)
    await shop.put('/v1/orders', { orders: [order({ status: 'completed', modifiedAt: '2026-11-21T10:00:00Z' })] })
    expect((await shop.rows('outbox')).map(({ kind }) => kind)).toEqual(['order_link'])
    const [mail] = worker.provider.to(email)
    expect(mail?.subject).toMatch(/^Questions about your order 1001 at Shop /)
    const [, token] = mail?.text.match(/#(?:invite|shopbell-link)=([\w-]{43})/) ?? []
    const { body } = await shop.open({ link: token })
    expect(await shop.chatsOf(body.token)).toHaveLength(1)
    expect((await shop.open({ link: token })).status).toBe(401)
  })

  it('for which the shop mails a link itself, of an account, or where links are off, has nobody mailed', async () => {
    const shop = await openShop(worker, { notifications: { guestOrders: false } })
    await shop.put('/v1/orders', { orders: [order()] })
    await shop.settle({ notifications: { guestOrders: true } })
    const made = await worker.call('/v1/orders/1500/link', {
      method: 'POST',
      origin: null,
      token: shop.server.secret,
      body: {},
    })
    expect(made.status).toBeLessThan(300)
    await shop.put('/v1/orders', { orders: [order({ status: 'completed', modifiedAt: '2026-11-21T10:00:00Z' })] })
    await shop.put('/v1/orders', { orders: [order({ id: '1501', customer: { id: '42', email: 'ada@mail.test' } })] })
    expect(await shop.rows('outbox')).toEqual([])
  })

  it('tells its seller of the chat that it makes, where the site wants it', async () => {
    const shop = await openShop(worker, {
      notifications: { delaySec: 0, mailsPerSecond: 100, chatCreated: { enabled: true } },
    })
    await shop.signIn('19', { role: 'seller', email: 'oak@mail.test', email_verified: true })
    await shop.put('/v1/orders', { orders: [order({ customer: { id: '42', name: 'Ada Sample' } })] })
    await worker.provider.until(() => worker.provider.to('oak@mail.test').length > 0)
    expect(worker.provider.to('oak@mail.test')[0]?.text).toContain('Order 1001')
    await shop.put('/v1/orders', {
      orders: [order({ customer: { id: '42' }, status: 'completed', modifiedAt: '2026-11-21T10:00:00Z' })],
    })
    expect(await shop.rows('outbox')).toHaveLength(1)
  })
})

it('somebody’s mails are in the language that their browser asked for when they signed in', async () => {
  const shop = await openShop(worker)
  const { body } = await shop.open(
    { assertion: shop.assertion({ sub: 'jo' }) },
    { headers: { 'Accept-Language': 'nl, fr-CH;q=0.9, en;q=0.8' } },
  )
  const locale = () => worker.env.DB.prepare('SELECT locale FROM users WHERE id = ?').bind(body.user.id).first('locale')
  expect(await locale()).toBe('fr-CH')
  await shop.open({ assertion: shop.assertion({ sub: 'jo' }) }, { headers: { 'Accept-Language': 'xx' } })
  expect(await locale()).toBe('fr-CH')
})
