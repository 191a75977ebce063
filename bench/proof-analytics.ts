// `npm run proof:analytics`: a site with MESSAGES (1,000,000) in CHATS (100,000) over 90 days, whose days are folded as the
// cron does it; then reports of several ranges. Exit code 1 if the 95th percentile of the database's time for 90 days is
// over 100 ms, or if a report says anything else than a count over the tables.
import { type FastWorker, startFastWorker } from '../test/support/miniflare.ts'
import { foldSite } from '../worker/analytics/fold.ts'
import { makeReport } from '../worker/analytics/report.ts'
import type { Env } from '../worker/env.ts'
import type { Site } from '../worker/sites/load.ts'
import { fillSite } from './fill-site.ts'
import { quantile } from './median.ts'

const MESSAGES = Number(process.env.MESSAGES ?? 1_000_000)
const CHATS = Number(process.env.CHATS ?? MESSAGES / 10)
const ROUNDS = Number(process.env.ROUNDS ?? 60)
const DAY_MS = 86_400_000
const DAYS = 90
const MOST_MS = 100

const now = Date.now()
const end = Math.floor(now / DAY_MS) * DAY_MS
const start = end - (DAYS - 1) * DAY_MS
const dayName = (at: number) => new Date(at).toISOString().slice(0, 10)

const worker = await startFastWorker()
try {
  const began = performance.now()
  const site = await fillSite(worker, { messages: MESSAGES, chats: CHATS, from: start, to: now })
  say(`${MESSAGES} messages in ${CHATS} chats written`, began)
  await fold(worker, site)
  const isExact = await compare(worker, site)
  const isFast = await measure(worker, site)
  process.exitCode = isExact && isFast ? 0 : 1
} finally {
  await worker.stop()
}

async function fold({ env }: FastWorker, site: Site) {
  const began = performance.now()
  let days = 0
  for (let done = 1; done > 0; days += done) done = await foldSite(env as unknown as Env, site.id, Date.now(), 10)
  say(`${days} days folded`, began)
  const tables = ['activity', 'activity_days', 'activity_replies', 'activity_sellers', 'activity_hours']
  for (const table of tables) {
    const rows = await env.DB.prepare(`SELECT count(*) n FROM ${table} WHERE site = ?`).bind(site.id).first<number>('n')
    console.log(`  ${table}: ${rows} rows`)
  }
}

/** The report of all 90 days beside a count over the tables, which are all of this one site. */
async function compare({ env }: FastWorker, site: Site): Promise<boolean> {
  const began = performance.now()
  const { totals } = await makeReport(env as unknown as Env, site, { from: dayName(start), to: dayName(end) }, now)
  const counted = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM chats) chats, count(*) messages, count(DISTINCT chat) active,
       (SELECT count(*) FROM chats WHERE NOT EXISTS (
         SELECT 1 FROM messages m WHERE m.chat = chats.id AND m.side = 'seller')) unanswered FROM messages`,
  ).first<Record<string, number>>()
  const wrong = Object.entries(counted ?? {}).filter(([name, n]) => totals[name as 'chats'] !== n)
  for (const [name, n] of wrong) console.log(`  ${name}: ${totals[name as 'chats']} reported, ${n} in the tables`)
  say(wrong.length === 0 ? 'The report is what is in the tables' : 'THE REPORT IS WRONG', began)
  return wrong.length === 0
}

async function measure(worker: FastWorker, site: Site): Promise<boolean> {
  let isFast = true
  for (const [days, zone] of [
    [DAYS, undefined],
    [DAYS / 2, undefined],
    [30, undefined],
    [1, undefined],
    [7, 'Asia/Kolkata'],
  ] as const) {
    const times: number[] = []
    let rows = 0
    const rounds = zone ? Math.ceil(ROUNDS / 10) : ROUNDS
    for (let i = 0; i < rounds; i++) {
      const cost = { ms: 0, rows: 0 }
      const range = { from: dayName(end - (days - 1) * DAY_MS), to: dayName(end) }
      await makeReport(counting(worker, cost), site, zone ? { ...range, zone } : range, now)
      times.push(cost.ms)
      rows = cost.rows
    }
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
    const what = `${days} days${zone ? `, in another zone, from the quarters` : ''}`
    console.log(`${what}: p50 ${p50} ms, p95 ${p95} ms of the database’s time, ${rows} rows read (${rounds} reports)`)
    if (days === DAYS) isFast = p95 <= MOST_MS
  }
  console.log(isFast ? `holds: at most ${MOST_MS} ms` : `DOES NOT HOLD: more than ${MOST_MS} ms`)
  return isFast
}

/** The database, with the `meta` that D1 reports for each statement summed up. */
function counting({ env }: FastWorker, cost: { ms: number; rows: number }): Env {
  const add = ({ meta }: D1Result) => {
    cost.ms += meta.duration
    cost.rows += meta.rows_read
  }
  const { DB } = env
  const counted = {
    prepare: (sql: string) => {
      const statement = DB.prepare(sql)
      if (!sql.startsWith('SELECT zone, through')) return statement
      return {
        bind: (...values: unknown[]) => ({
          async first() {
            const result = await statement.bind(...values).all()
            add(result)
            return result.results[0] ?? null
          },
        }),
      }
    },
    async batch(statements: D1PreparedStatement[]) {
      const results = await DB.batch(statements)
      results.forEach(add)
      return results
    },
  }
  return { ...env, DB: counted } as unknown as Env
}

function say(what: string, began: number) {
  console.log(`${what} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}
