import { INDEXES, MIGRATIONS, TABLES, TRIGGERS } from '../../db/expected-database.ts'
import { HOUR_MS } from '../../durations.ts'
import { mailerOf } from '../../notifications/queue-mail.ts'
import { howLong } from '../ago.ts'
import { attention, broken, type CheckUp, type Finding, ok, type Subject } from '../check.ts'
import { readClocks, readFact, readMigrations, readShape } from '../store.ts'

const SLOW_MS = 1_000
const SKEW_MS = 5_000
const GREAT_SKEW_MS = 60_000
const CRON_LATE_MS = 5 * 60_000
const CRON_GONE_MS = 15 * 60_000
const RECENT_MS = HOUR_MS

const DEPLOY = 'Run `npm run deploy` again: it applies what is missing.'

export const database: CheckUp = {
  id: 'database',
  title: 'Database',
  look: ({ env, db }) => ofDatabase(env, db),
}

/** Whether the databases answer; the one check that needs no site, which is kept in one of them. */
export async function ofDatabase(env: Subject['env'], db: D1Database): Promise<Finding> {
  try {
    // One slow answer says nothing.
    const tookMs = Math.min(await timeOf(env, db), await timeOf(env, db))
    if (tookMs < SLOW_MS) return ok(`It answers, in ${tookMs} ms.`)
    return attention(
      `It answers slowly, in ${tookMs} ms.`,
      'Refresh in a minute. If it stays slow, look at D1 in the Cloudflare dashboard.',
    )
  } catch {
    return broken(
      'The database does not answer.',
      'Look at the state of D1 in the Cloudflare dashboard, and at the Worker’s log.',
    )
  }
}

async function timeOf(env: Subject['env'], db: D1Database): Promise<number> {
  const started = Date.now()
  await readClocks(env, db)
  return Date.now() - started
}

export const migrations: CheckUp = {
  id: 'migrations',
  title: 'Database version',
  async look({ db }) {
    const applied = await readMigrations(db)
    if (!applied) return attention('Nobody has kept a list of the changes that were applied.', DEPLOY)
    const missing = MIGRATIONS.filter((name) => !applied.includes(name))
    if (missing.length > 0) return broken(`Changes are missing: ${missing.join(', ')}.`, DEPLOY)
    const newer = applied.filter((name) => !MIGRATIONS.includes(name))
    if (newer.length === 0) return ok('It is up to date.')
    return attention(
      `It is newer than this Worker: ${newer.join(', ')}.`,
      'Deploy the version of Shopbell that made these changes, or a later one.',
    )
  },
}

export const tables: CheckUp = {
  id: 'tables',
  title: 'Tables and indexes',
  async look({ db }) {
    const { names, columns } = await readShape(db, Object.keys(TABLES))
    const lost = [
      ...Object.keys(TABLES).filter((table) => !names.has(table)),
      ...Object.entries(TABLES).flatMap(([table, own]) =>
        names.has(table) ? own.map((column) => `${table}.${column}`).filter((column) => !columns.has(column)) : [],
      ),
      ...TRIGGERS.filter((name) => !names.has(name)),
    ]
    if (lost.length > 0)
      return broken(
        `Missing: ${few(lost)}.`,
        `${DEPLOY} If it says that nothing is missing, restore the database from D1’s Time Travel.`,
      )
    const slow = INDEXES.filter((name) => !names.has(name))
    if (slow.length === 0)
      return ok(`All ${Object.keys(TABLES).length} tables and ${INDEXES.length} indexes are there.`)
    return attention(
      `Indexes are missing: ${few(slow)}. It works, but slowly, and may write things twice.`,
      'Make them anew as they stand in the folder migrations/.',
    )
  },
}

const few = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')

export const liveUpdates: CheckUp = {
  id: 'live_updates',
  title: 'Live updates',
  async look({ env }) {
    try {
      await Promise.all(clocksOf(env))
      return ok('The rooms of chats, the inboxes and the mailer answer.')
    } catch {
      return broken(
        'Durable Objects do not answer, so messages cannot be sent.',
        'Look at Durable Objects in the Cloudflare dashboard: the plan’s limits, and errors of ChatRoom, Inbox and Mailer.',
      )
    }
  },
}

/** Objects of their own, which no chat and no person has. */
const clocksOf = (env: Subject['env']): Promise<number>[] => [
  env.CHAT_ROOM.getByName('diagnostics').clock(),
  env.INBOX.getByName('diagnostics').clock(),
  mailerOf(env).clock(),
]

export const fileStorage: CheckUp = {
  id: 'file_storage',
  title: 'File storage',
  async look({ env }) {
    const key = `diagnostics/${crypto.randomUUID()}`
    try {
      await env.FILES.put(key, key)
      const read = await (await env.FILES.get(key))?.text()
      await env.FILES.delete(key)
      if (read === key && (await env.FILES.head(key)) === null) return ok('A file was written, read and deleted.')
    } catch {
      // What went wrong does not matter to whoever reads this.
    }
    return broken(
      'A file could not be written, read and deleted.',
      'Check that the R2 bucket exists and is bound to the Worker as FILES.',
    )
  },
}

export const backgroundJobs: CheckUp = {
  id: 'background_jobs',
  title: 'Background jobs',
  async look({ env, now }) {
    const [ran, failed] = await Promise.all([readFact(env, 'cron_at'), readFact(env, 'cron_failed_at')])
    const agoMs = now - Number(ran)
    const remedy =
      'Check that the Worker has its cron trigger (`* * * * *`) in the Cloudflare dashboard, and deploy again.'
    if (ran === null && env.DEV_MAILBOX === 'on')
      return ok('They have not run: on a computer to develop on, nobody calls them.')
    if (ran === null) return broken('They have never run.', remedy)
    if (agoMs > CRON_GONE_MS) return broken(`They ran last ${howLong(agoMs)} ago; every minute would be right.`, remedy)
    if (agoMs > CRON_LATE_MS) return attention(`They are late: ${howLong(agoMs)} without a run.`, remedy)
    if (failed !== null && now - Number(failed) < RECENT_MS)
      return attention(
        `Part of their work failed ${howLong(now - Number(failed))} ago.`,
        'It is tried again every minute. The cause is in the Worker’s log.',
      )
    return ok(`They ran ${howLong(agoMs)} ago.`)
  },
}

export const clock: CheckUp = {
  id: 'clock',
  title: 'Clocks',
  async look({ env, db }) {
    const before = Date.now()
    const times = await Promise.all([readClocks(env, db), ...clocksOf(env).slice(0, 1)])
    const after = Date.now()
    const skewMs = Math.max(...times.map((time) => Math.max(before - time, time - after, 0)))
    const says = `The clocks of the Worker, the database and the objects differ by ${howLong(skewMs)}`
    const remedy =
      'Limits go by the database’s clock and are wrong by as much. Tell Cloudflare’s support; on a computer of your own, set its clock.'
    if (skewMs > GREAT_SKEW_MS) return broken(`${says}.`, remedy)
    if (skewMs > SKEW_MS) return attention(`${says} (${Math.round(skewMs / 1000)} s).`, remedy)
    return ok('The Worker, the database and the objects agree on the time.')
  },
}
