import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChatStore } from '../../widgets/client/store.ts'
import { Child, freePort } from './child.ts'
import { createSite, type MadeSite } from './identity.ts'
import { startFastWorker } from './miniflare.ts'
import { openPage, shown } from './page.ts'
import { call } from './worker.ts'

export interface CrashPlan {
  /** A sender's pause after each message, at most; spreads the sends over the kills. */
  thinkMs: number
  sends: number
  kills: number
  senders: number
  chats: number
  observers: number
}
interface Sender {
  name: string
  token: string
  chats: string[]
  /** Signs them in anew: a run on a slow machine outlives a session's token. */
  renew(base: string): Promise<void>
}
interface Ack {
  chat: string
  clientId: string
  seq: number
}
export interface CrashReport {
  kills: number
  acked: number
  attempts: number
  lost: number
  twice: number
  holes: number
  moved: number
  outOfOrder: number
  observersDiffer: number
  seconds: number
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Senders that retry until acknowledged, observers that are the widgets' own stores, and a worker that is killed
 * with SIGKILL every 150 to 700 ms; then everything is compared with the table.
 */
export async function crash(plan: CrashPlan, log: (line: string) => void = () => undefined): Promise<CrashReport> {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-crash-'))
  const port = await freePort()
  const { site, senders, chats } = await prepare(plan, state)
  const child = new Child(state, port)
  const started = performance.now()
  try {
    await child.start()
    const observers = await openObservers(plan, child.url, site, chats)
    const acks: Ack[] = []
    const tally = { attempts: 0, kills: 0 }
    const work = Promise.all(
      senders.map((sender, i) =>
        sendAll(
          { base: child.url, sends: Math.ceil((plan.sends - i) / plan.senders), thinkMs: plan.thinkMs },
          sender,
          acks,
          tally,
        ),
      ),
    )
    const done = { yes: false }
    const finished = work.finally(() => {
      done.yes = true
    })
    while (tally.kills < plan.kills && !done.yes) {
      await pause(150 + Math.random() * 550)
      await child.kill()
      await child.start()
      tally.kills++
      if (tally.kills % 10 === 0) log(`${tally.kills} kills, ${acks.length} acknowledged`)
    }
    await finished
    await Promise.all(senders.map((sender) => sender.renew(child.url)))
    const table = await readTable(child.url, senders, chats)
    const observersDiffer = await settle(observers, table, log)
    for (const observer of observers) observer.close()
    const seconds = (performance.now() - started) / 1000
    return { ...tally, acked: acks.length, ...compare(acks, table), observersDiffer, seconds }
  } finally {
    await child.kill()
    rmSync(state, { recursive: true, force: true })
  }
}

async function prepare(plan: CrashPlan, state: string) {
  const worker = await startFastWorker({ persistTo: state })
  const site = await createSite(worker as never)
  const server = { origin: null, token: site.server.secret }
  const sellers = Array.from({ length: Math.max(plan.observers, plan.senders - plan.chats) }, (_, i) => `seller-${i}`)
  const put = (path: string, body: object) => worker.call(path, { ...server, method: 'PUT', body })
  await put('/v1/sellers', { sellers: [{ id: 'shop', name: 'The shop', members: sellers }] })
  const { body: settings } = await worker.call('/v1/settings', server)
  await put('/v1/settings', { version: settings.version, settings: { limits: { enabled: false } } })
  const senders: Sender[] = []
  for (let i = 0; i < plan.chats; i++) {
    const sender = await signIn(site, `customer-${i}`, 'customer', worker.url)
    const about = { context: { type: 'product', id: `thing-${i}` } }
    const { body } = await worker.call('/v1/chats', { token: sender.token, body: about })
    sender.chats.push(body.chat.id)
    senders.push(sender)
  }
  const chats = senders.flatMap((sender) => sender.chats)
  for (const name of sellers.slice(0, plan.senders - plan.chats))
    senders.push({ ...(await signIn(site, name, 'seller', worker.url)), chats })
  await worker.stop()
  return { site, senders, chats }
}

async function signIn(site: MadeSite, name: string, role: 'customer' | 'seller', base: string): Promise<Sender> {
  const sender: Sender = {
    name,
    token: '',
    chats: [],
    async renew(at) {
      const body = { site: site.id, assertion: site.assertion({ sub: name, role }) }
      const answer = await call(at, '/v1/sessions', { body }).catch(() => null)
      this.token = answer?.body?.token ?? this.token
    },
  }
  await sender.renew(base)
  return sender
}

async function openObservers(plan: CrashPlan, base: string, site: MadeSite, chats: string[]): Promise<ChatStore[]> {
  const stores: ChatStore[] = []
  for (let i = 0; i < plan.observers; i++) {
    const assertion = () => site.assertion({ sub: `seller-${i}`, role: 'seller' })
    const store = await openPage({ base, site: site.id, assertion })
    for (const chat of chats) await store.open(chat)
    stores.push(store)
  }
  return stores
}

/** One after the other, each repeated with its `clientId` until it is acknowledged. */
async function sendAll(
  { base, sends, thinkMs }: { base: string; sends: number; thinkMs: number },
  sender: Sender,
  acks: Ack[],
  tally: { attempts: number },
) {
  const { name, chats } = sender
  for (let i = 0; i < sends; i++) {
    const chat = chats[i % chats.length] as string
    const clientId = `${name}-${String(i).padStart(6, '0')}`
    for (let acked = false; !acked; ) {
      tally.attempts++
      const answer = await call(base, `/v1/chats/${chat}/messages`, {
        token: sender.token,
        body: { clientId, body: clientId },
      }).catch(() => null)
      acked = answer?.status === 201 || answer?.status === 200
      if (acked) acks.push({ chat, clientId, seq: answer?.body.message.seq })
      else if (answer?.status === 401) await sender.renew(base)
      else if (answer && answer.status < 500) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
      else await pause(150 + Math.random() * 250)
    }
    await pause(Math.random() * thinkMs)
  }
}

type Table = Map<string, { seq: number; clientId: string; body: string }[]>

async function readTable(base: string, senders: Sender[], chats: string[]): Promise<Table> {
  const table: Table = new Map()
  for (const chat of chats) {
    const token = senders.find((sender) => sender.chats.includes(chat))?.token
    const rows: { seq: number; clientId: string; body: string }[] = []
    for (let more = true; more; ) {
      const after = rows.at(-1)?.seq ?? 0
      const { body } = await call(base, `/v1/chats/${chat}/messages?limit=200&after=${after}`, { token })
      rows.push(...body.messages)
      more = body.more
    }
    table.set(chat, rows)
  }
  return table
}

/** Waits up to 15 s for every page to show what the table holds; how many logs still differ. */
async function settle(observers: ChatStore[], table: Table, log: (line: string) => void): Promise<number> {
  const differing = () =>
    observers.flatMap((store) =>
      [...table].filter(([chat, rows]) => {
        const wanted = rows.map(({ seq, clientId, body }) => `${seq} ${clientId} ${body}`).join('\n')
        return shown(store, chat) !== wanted
      }),
    ).length
  for (const until = performance.now() + 15_000; performance.now() < until && differing() > 0; ) await pause(100)
  for (const store of observers)
    log(JSON.stringify([store.state.connection, store.state.cursor, [...store.state.logs].map(([, l]) => l.upTo)]))
  return differing()
}

function compare(acks: Ack[], table: Table) {
  const rows = [...table].flatMap(([chat, messages]) => messages.map((message) => ({ chat, ...message })))
  const seqs = new Map<string, number[]>()
  for (const { clientId, seq } of rows) seqs.set(clientId, [...(seqs.get(clientId) ?? []), seq])
  return {
    lost: acks.filter(({ clientId }) => !seqs.has(clientId)).length,
    twice: [...seqs.values()].filter((found) => found.length > 1).length,
    moved: acks.filter(({ clientId, seq }) => seqs.get(clientId)?.[0] !== seq).length,
    holes: [...table.values()].filter((messages) => messages.some(({ seq }, i) => seq !== i + 1)).length,
    outOfOrder: [...table.values()].filter(isOutOfOrder).length,
  }
}

/** Each sender's own messages stand in the order they were sent in. */
function isOutOfOrder(messages: { clientId: string }[]): boolean {
  const last = new Map<string, string>()
  return messages.some(({ clientId }) => {
    const sender = clientId.slice(0, -7)
    const before = last.get(sender) ?? ''
    last.set(sender, clientId)
    return before > clientId
  })
}
