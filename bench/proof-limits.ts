// `npm run proof:limits`: SECONDS (60) of attacks on every limit; exit code 1 if any window ever held more than the
// limit, or if the limits let through less than nine tenths of what they promise.
import { startFastWorker } from '../test/support/miniflare.ts'
import { makeSite, type Person } from '../test/support/site.ts'
import type { Limit } from '../worker/messages/store.ts'
import { type Attack, attack, newTally, type Tally } from './attack.ts'
import { worstWindow } from './worst-window.ts'

const SECONDS = Number(process.env.SECONDS ?? 60)
const USERS = 2
const CHATS = 3
/** On one log at once, so that a slow answer does not leave a free place untried. */
const ATTACKERS = [1, 2, 3]
const USER: Limit = { most: 20, windowMs: 3000 }
const BURST: Limit = { most: 9, windowMs: 2000 }
const WIDE: Limit = { most: 1000, windowMs: 1000 }
const STARTS: Limit = { most: 5, windowMs: 4000 }

interface Log {
  user: string
  chat: string
  at: number
}
/** How a limit's log is cut into sliding logs of its own, and what was tried. `full`: it alone decides here. */
interface Proof {
  what: string
  limit: Limit
  log: Log[]
  by: (entry: Log) => string
  tally: Tally
  full: boolean
}

/** Runs a prepared attack until then. */
type Begin = (until: number) => Promise<Proof[]>

const worker = await startFastWorker()
try {
  const attacks = [await onMessages(), await onBursts(), await onStarts()]
  const until = performance.now() + SECONDS * 1000
  const proofs = (await Promise.all(attacks.map((begin) => begin(until)))).flat()
  const held = proofs.map(report)
  process.exitCode = held.every(Boolean) ? 0 : 1
} finally {
  await worker.stop()
}

/** Everybody writes to three chats at once: both message limits hold together, the user's decides in the long run. */
async function onMessages(): Promise<Begin> {
  const { site, people } = await shop({ user: USER, burst: BURST })
  const tally = newTally()
  return async (until) => {
    await Promise.all(
      people.flatMap((one) => one.chats.map((chat) => attack({ ...onChat(one, chat, USER), until }, tally))),
    )
    const log = await messagesOf(site)
    return [
      { what: 'messages per user', limit: USER, log, by: ({ user }) => user, tally, full: true },
      { what: 'burst per chat, with it', limit: BURST, log, by: ({ user, chat }) => user + chat, tally, full: false },
    ]
  }
}

async function onBursts(): Promise<Begin> {
  const { site, people } = await shop({ user: WIDE, burst: BURST })
  const tally = newTally()
  return async (until) => {
    await Promise.all(
      people.flatMap((one) => ATTACKERS.map(() => attack({ ...onChat(one, one.chats[0]!, BURST), until }, tally))),
    )
    const log = await messagesOf(site)
    return [{ what: 'burst per chat', limit: BURST, log, by: ({ user, chat }) => user + chat, tally, full: true }]
  }
}

async function onStarts(): Promise<Begin> {
  const site = await makeSite(worker.env.DB, { limits: settings({ starts: STARTS }) })
  const tally = newTally()
  const people = await Promise.all(Array.from({ length: USERS }, () => site.person()))
  const attempts =
    ({ token }: Person) =>
    async (id: string) =>
      (await start(token, id)).status
  return async (until) => {
    const volley = STARTS.most + 1
    await Promise.all(
      people.flatMap((one) =>
        ATTACKERS.map(() => attack({ limit: STARTS, until, volley, attempt: attempts(one) }, tally)),
      ),
    )
    const { results: log } = await worker.env.DB.prepare(
      'SELECT started_by user, id chat, started_at at FROM chats WHERE site = ?',
    )
      .bind(site.id)
      .all<Log>()
    return [{ what: 'chats per user', limit: STARTS, log, by: ({ user }) => user, tally, full: true }]
  }
}

async function shop(limits: { user: Limit; burst: Limit }) {
  const site = await makeSite(worker.env.DB, { limits: settings(limits) })
  await site.person({ role: 'seller' })
  const people: (Person & { chats: string[] })[] = []
  for (let i = 0; i < USERS; i++) {
    const person = await site.person()
    const chats: string[] = []
    for (let j = 0; j < CHATS; j++) chats.push((await start(person.token, `thing-${j}`)).body.chat.id)
    people.push({ ...person, chats })
  }
  return { site: site.id, people }
}

function settings({ user, burst, starts }: { user?: Limit; burst?: Limit; starts?: Limit }) {
  const [u, b, s] = [user ?? WIDE, burst ?? WIDE, starts ?? WIDE]
  return {
    messagesPerWindow: u.most,
    messageWindowSec: u.windowMs / 1000,
    burstPerChat: b.most,
    burstWindowSec: b.windowMs / 1000,
    chatsPerWindow: s.most,
    chatWindowSec: s.windowMs / 1000,
  }
}

function start(token: string, id: string) {
  return worker.call('/v1/chats', { token, body: { context: { type: 'product', id } } })
}

function onChat({ token }: Person, chat: string, limit: Limit): Omit<Attack, 'until'> {
  const send = (clientId: string) =>
    worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId, body: clientId } })
  return { limit, volley: BURST.most, attempt: async (id) => (await send(id)).status }
}

async function messagesOf(site: string): Promise<Log[]> {
  const { results } = await worker.env.DB.prepare(
    'SELECT m.sender user, m.chat, m.at FROM messages m JOIN chats c ON c.id = m.chat WHERE c.site = ?',
  )
    .bind(site)
    .all<Log>()
  return results
}

/** Every window there is, by the database's clock. */
function report({ what, limit, log, by, tally, full }: Proof): boolean {
  const logs = [...Map.groupBy(log, by).values()].map((entries) => entries.map(({ at }) => at))
  const worst = Math.max(0, ...logs.map((times) => worstWindow(times, limit.windowMs)))
  const promised = Math.floor((SECONDS * 1000) / limit.windowMs) * limit.most * 0.9
  const least = logs.length < USERS ? 0 : Math.min(...logs.map((times) => times.length))
  const kept = worst <= limit.most && log.length === tally.admitted && tally.retriesRefused === 0
  const generous = !full || least >= promised
  console.log(
    [
      `${what}: at most ${limit.most} in ${limit.windowMs / 1000} s`,
      `  worst window ${worst} of ${logs.length} logs`,
      `  ${tally.attempts} attempts, ${tally.admitted} admitted, ${log.length} in the table; ${tally.retries} retries, ${tally.retriesRefused} of them refused`,
      full ? `  each got ${least} or more, promised are ${Math.ceil(promised)} in ${SECONDS} s` : '',
      kept && generous ? '  holds' : '  DOES NOT HOLD',
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return kept && generous
}
