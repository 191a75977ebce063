import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Child, freePort } from './child.ts'
import { startFastWorker } from './miniflare.ts'
import { type Faults, startMailProvider } from './resend.ts'
import { makeSite, type Person, type TestSite } from './site.ts'
import { call } from './worker.ts'

export interface MailCrashPlan {
  mails: number
  /** One after each share of the mails, so that each falls among mails on their way, however fast the machine is. */
  kills: number
  faults: Faults
}
export interface MailCrashReport {
  kills: number
  wanted: number
  /** Mails that the provider has. */
  accepted: number
  missing: number
  twice: number
  violations: string[]
  calls: number
  /** Mails that the provider was handed again after it had them. */
  repeated: number
  tooMany: number
  broken: number
  dropped: number
  seconds: number
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const PACE = 100
const LONGEST_LIFE_MS = 60_000
/** One chat each: that many people have that many messages waiting. */
const CHATS_A_SELLER = 10

/**
 * So many messages to sellers with addresses, sent as customers send them, while the worker is killed with SIGKILL and the
 * provider refuses, breaks and drops lines; then every mail must be at the provider exactly once.
 */
export async function crashMails(
  plan: MailCrashPlan,
  log: (line: string) => void = () => undefined,
): Promise<MailCrashReport> {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-mails-'))
  const provider = await startMailProvider(plan.faults)
  const { chats } = await prepare(plan.mails, state, provider.vars)
  const child = new Child(state, await freePort(), provider.vars)
  const started = performance.now()
  let kills = 0
  try {
    await child.start()
    const sending = { done: false }
    const sent = sendAll(child.url, chats).finally(() => {
      sending.done = true
    })
    const isOver = () => sending.done && provider.accepted.length >= plan.mails
    while (kills < plan.kills && !isOver()) {
      const share = (plan.mails * (kills + 1)) / (plan.kills + 1)
      for (const end = Date.now() + LONGEST_LIFE_MS; Date.now() < end && provider.accepted.length < share; )
        await pause(10)
      await pause(Math.random() * 300)
      await child.kill()
      provider.callerDied()
      await child.start()
      kills++
      // The safety net, which a killed alarm falls into.
      await runCron(child.url)
      if (kills % 10 === 0) log(`${kills} kills, ${provider.accepted.length} of ${plan.mails} mails`)
    }
    await sent
    for (const end = Date.now() + 120_000 + 100 * plan.mails; Date.now() < end && !isOver(); await pause(200)) {
      if (Math.random() < 0.05) log(`${provider.accepted.length} of ${plan.mails} mails`)
    }
    // Whatever would come twice comes now.
    await pause(2_000)
  } finally {
    await child.kill()
    await provider.stop()
    rmSync(state, { recursive: true, force: true })
  }
  const keys = new Map<string, number>()
  for (const { to, text } of provider.accepted) keys.set(`${to} ${text}`, (keys.get(`${to} ${text}`) ?? 0) + 1)
  const status = (holds: (status: number) => boolean) => provider.calls.filter((one) => holds(one.status)).length
  return {
    kills,
    wanted: plan.mails,
    accepted: provider.accepted.length,
    missing: plan.mails - keys.size,
    twice: [...keys.values()].filter((n) => n > 1).length,
    violations: provider.violations,
    calls: provider.calls.length,
    repeated: status((one) => one === 200) + status((one) => one === 0) - provider.accepted.length,
    tooMany: status((one) => one === 429),
    broken: status((one) => one >= 500),
    dropped: status((one) => one === 0),
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
}

interface Chat {
  id: string
  customer: Person
}

/** So many chats, each with a seller of ten who has an address; made by SQL, since only the mails are the matter. */
async function prepare(mails: number, state: string, vars: Record<string, string>): Promise<{ chats: Chat[] }> {
  const worker = await startFastWorker({ persistTo: state, vars })
  const { DB } = worker.env
  const notifications = { delaySec: 0, mailsPerSecond: PACE, perHour: 1000, perDay: 1000 }
  const site = await makeSite(DB, { notifications, limits: { enabled: false } })
  const customer = await site.person({ name: 'Sam' })
  const people = Array.from({ length: Math.ceil(mails / CHATS_A_SELLER) }, (_, i) => i)
  const run = (sql: string, value: unknown) => DB.prepare(sql).bind(site.id, JSON.stringify(value)).run()
  await run(
    `INSERT INTO users (id, site, guest, name, email, email_verified, created_at)
     SELECT 'usr_seller_' || value || '_of_mails', ?1, 0, 'Seller', 'seller-' || value || '@mail.test', 1, 0 FROM json_each(?2)`,
    people,
  )
  const chats = Array.from({ length: mails }, (_, i) => ({
    id: `chat_number_${String(i).padStart(6, '0')}`,
    seller: i % people.length,
  }))
  for (let from = 0; from < chats.length; from += 500) await fill(DB, site, customer, chats.slice(from, from + 500))
  await worker.stop()
  return { chats: chats.map(({ id }) => ({ id, customer })) }
}

async function fill(DB: TestSite['db'], site: TestSite, customer: Person, chats: { id: string; seller: number }[]) {
  const rows = JSON.stringify(chats)
  await DB.batch([
    DB.prepare(
      `INSERT INTO chats (id, site, customer, seller, context, thing, state, last_seq, last_at, started_by, started_at)
       SELECT value ->> 'id', ?1, ?2, 'shop', 'product', value ->> 'id', 'open', 0, 0, ?2, 0 FROM json_each(?3)`,
    ).bind(site.id, customer.id, rows),
    DB.prepare(
      `INSERT INTO participants (user, chat, side, joined_n, read_seq, unread, changed)
       SELECT ?1, value ->> 'id', 'customer', 0, 0, 0, 0 FROM json_each(?2)
       UNION ALL SELECT 'usr_seller_' || (value ->> 'seller') || '_of_mails', value ->> 'id', 'seller', 0, 0, 0, 0 FROM json_each(?2)`,
    ).bind(customer.id, rows),
  ])
}

/** Twelve at a time, each repeated with its `clientId` until it is acknowledged. */
async function sendAll(base: string, chats: readonly Chat[]): Promise<void> {
  const waiting = [...chats.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, { id, customer }] = next
      for (let acked = false; !acked; ) {
        const body = { clientId: `client-of-mail-${i}`, body: `This is message number ${i}.` }
        const answer = await call(base, `/v1/chats/${id}/messages`, { token: customer.token, body }).catch(() => null)
        acked = answer?.status === 201 || answer?.status === 200
        if (!acked) await pause(100 + Math.random() * 200)
      }
    }
  }
  await Promise.all(Array.from({ length: 12 }, work))
}

/** The cron as Miniflare lets a test run it. */
const runCron = (base: string) => call(base, '/cdn-cgi/handler/scheduled', { origin: null }).catch(() => null)
