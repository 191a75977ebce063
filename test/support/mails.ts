import { type FastWorker, startFastWorker } from './miniflare.ts'
import { type MailStandIn, type ReceivedMail, startMailProvider } from './resend.ts'
import { makeSite, type Person, type TestSite } from './site.ts'

/** A worker that sends by the stand-in. */
export interface MailWorker extends FastWorker {
  provider: MailStandIn
}

export async function startMailWorker(vars: Record<string, string> = {}): Promise<MailWorker> {
  const provider = await startMailProvider()
  const worker = await startFastWorker({ vars: { ...provider.vars, ...vars } })
  const stop = async () => {
    await worker.stop()
    await provider.stop()
  }
  return { ...worker, provider, stop }
}

let made = 0
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface Mailed extends Person {
  email: string
}
/** A shop with a seller and a customer who have addresses, and what a test does to time. */
export interface MailShop {
  site: TestSite
  seller: Mailed
  customer: Mailed
  person(
    options?: Parameters<TestSite['person']>[0] & { verified?: boolean; email?: string | null; locale?: string },
  ): Promise<Mailed>
  start(by: Person, thing?: string, body?: string): Promise<string>
  say(by: Person, chat: string, body?: string): Promise<number>
  read(by: Person, chat: string, seq: number): Promise<void>
  /** Every mail of this site. */
  rows(where?: string): Promise<any[]>
  run(sql: string, ...values: unknown[]): Promise<void>
  /** Everything of this site happened so many minutes earlier. */
  later(minutes: number): Promise<void>
  /** Has the mailer look at everything that waits, and waits until it has. */
  dispatch(): Promise<void>
  /** What an address has got. */
  got(person: { email: string }): ReceivedMail[]
}

/** No delay and a fast pace, unless said. */
export async function openMailShop(
  worker: MailWorker,
  notifications: object = {},
  settings: object = {},
): Promise<MailShop> {
  const { DB } = worker.env
  const stored = (more: object) => ({ notifications: { delaySec: 0, mailsPerSecond: 100, ...more }, ...settings })
  const site = await makeSite(DB, stored(notifications))
  const run = async (sql: string, ...values: unknown[]) => {
    await DB.prepare(sql)
      .bind(...values)
      .run()
  }
  const person: MailShop['person'] = async ({ verified = true, email, locale, ...options } = {}) => {
    const one = await site.person(options)
    const address = email === undefined ? `person-${made++}@mail.test` : email
    await run(
      'UPDATE users SET email = ?, email_verified = ?, locale = ? WHERE id = ?',
      address,
      verified ? 1 : 0,
      locale ?? null,
      one.id,
    )
    return { ...one, email: address ?? '' }
  }
  const rows = async (where = 'true') =>
    (await DB.prepare(`SELECT * FROM outbox WHERE site = ? AND ${where} ORDER BY created_at`).bind(site.id).all())
      .results as any[]
  const said = ({ status, body }: { status: number; body: any }) => {
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }
  return {
    site,
    seller: await person({ role: 'seller', name: 'Priya' }),
    customer: await person({ name: 'Sam' }),
    person,
    rows,
    run,
    async start(by, thing = `thing-${made++}`, body = 'Is it washable?') {
      const message = { clientId: `client-id-${made++}`, body }
      const about = { context: { type: 'product', id: thing }, ...(body === '' ? {} : { message }) }
      return said(await worker.call('/v1/chats', { token: by.token, body: about })).chat.id
    },
    async say(by, chat, body = 'And in blue?') {
      const message = { clientId: `client-id-${made++}`, body }
      return said(await worker.call(`/v1/chats/${chat}/messages`, { token: by.token, body: message })).message.seq
    },
    async read(by, chat, seq) {
      const { status } = await worker.call(`/v1/chats/${chat}/read`, { token: by.token, method: 'PUT', body: { seq } })
      if (status !== 204) throw new Error(`Not read: ${status}`)
    },
    async later(minutes) {
      const ms = minutes * 60_000
      await run(
        'UPDATE outbox SET created_at = created_at - ?1, due_at = due_at - ?1, expires_at = expires_at - ?1, taken_at = taken_at - ?1 WHERE site = ?2',
        ms,
        site.id,
      )
      await run('UPDATE messages SET at = at - ?1 WHERE chat IN (SELECT id FROM chats WHERE site = ?2)', ms, site.id)
    },
    async dispatch() {
      const isOver = async () => {
        const { results } = await DB.prepare(
          "SELECT 1 FROM outbox WHERE site = ? AND done_at IS NULL AND due_at <= CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        )
          .bind(site.id)
          .all()
        return results.length === 0
      }
      const look = async () => {
        await (worker.env as any).MAILER.getByName('mailer').wake('DB', 0)
        return isOver()
      }
      // The way to a worker that is busy for seconds may be closed under a question: the next one tells.
      const onlyClosed = (error: Error) => {
        if (error.message !== 'fetch failed') throw error
        return false
      }
      for (const end = Date.now() + 100_000; Date.now() < end; await pause(40)) {
        if (await look().catch(onlyClosed)) return
      }
      const waiting = await rows('done_at IS NULL')
      throw new Error(`${waiting.length} still wait: ${JSON.stringify(waiting.slice(0, 5))}`)
    },
    got: ({ email }) => worker.provider.to(email),
  }
}
