import type { HookSource } from '../../protocol/operator.ts'
import { directory, NOW, rowOf, rowsOf } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'

/** Both clocks and one row of each database that the site needs. */
export async function readClocks(env: Env, db: D1Database): Promise<number> {
  await directory(env).prepare('SELECT 1 FROM sites LIMIT 1').first()
  return (await db.prepare(`SELECT ${NOW} now`).first<number>('now')) ?? 0
}

/** The migrations that wrangler has applied; null where it has kept no list. */
export async function readMigrations(db: D1Database): Promise<string[] | null> {
  const list = await db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'").first()
  if (!list) return null
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  return results.map(({ name }) => name)
}

/** What is in the database: names of all that it has, and the columns of each table. */
export async function readShape(db: D1Database, tables: readonly string[]) {
  const [things, columns] = await db.batch([
    db.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'index', 'trigger')"),
    db
      .prepare(`SELECT t.value "table", c.name column FROM json_each(?) t JOIN pragma_table_info(t.value) c`)
      .bind(JSON.stringify(tables)),
  ])
  return {
    names: new Set(rowsOf<{ name: string }>(things).map(({ name }) => name)),
    columns: new Set(rowsOf<{ table: string; column: string }>(columns).map((row) => `${row.table}.${row.column}`)),
  }
}

/** A fact of the deployment; null where nobody has told it. */
export const readFact = (env: Env, name: string) =>
  directory(env).prepare('SELECT value FROM deployment WHERE name = ?').bind(name).first<string>('value')

/** Says that the cron has run, and whether all of its work went well. */
export async function saveBeat(env: Env, failed: boolean) {
  await directory(env)
    .prepare(
      `INSERT INTO deployment (name, value) SELECT j.value, ${NOW} FROM json_each(?) j WHERE true
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    )
    .bind(JSON.stringify(failed ? ['cron_at', 'cron_failed_at'] : ['cron_at']))
    .run()
}

export interface Waiting {
  /** Mails that are due, and for how long the oldest has been; null where none is. */
  due: number
  oldestMs: number | null
  /** Given up within the last week. */
  dead: number
  sent: number
}
export const readOutbox = async (db: D1Database, site: string): Promise<Waiting> => {
  const week = `${NOW} - 604800000`
  const row = await db
    .prepare(
      // Each half by an index of its own: most of the table is mails that were done with long ago.
      `SELECT * FROM (SELECT count(*) due, ${NOW} - min(due_at) oldestMs
         FROM outbox WHERE site = ?1 AND done_at IS NULL AND due_at <= ${NOW}),
       (SELECT coalesce(sum(state = 'dead'), 0) dead, coalesce(sum(state = 'sent'), 0) sent
         FROM outbox WHERE site = ?1 AND done_at > ${week})`,
    )
    .bind(site)
    .first<Waiting>()
  return row ?? { due: 0, oldestMs: null, dead: 0, sent: 0 }
}

export interface HookState {
  source: HookSource
  /** When a delivery that was signed rightly came last, and one that was not. */
  receivedAt: number | null
  refusedAt: number | null
  /** Deliveries that could not be worked on, three times and more. */
  stuck: number
  trouble: string | null
}
export async function readHookStates(env: Env, db: D1Database, site: string): Promise<HookState[]> {
  const [set, events, counts] = await Promise.all([
    directory(env)
      .prepare(
        `SELECT DISTINCT k.use source, s.trouble FROM site_keys k
         LEFT JOIN shop_sources s ON s.site = k.site AND s.source = k.use
         WHERE k.site = ? AND k.use IN ('woocommerce', 'shopify') AND k.revoked_at IS NULL`,
      )
      .bind(site)
      .all<{ source: HookSource; trouble: string | null }>(),
    db
      .prepare(
        `SELECT source, max(received_at) at, coalesce(sum(done_at IS NULL AND due_at IS NOT NULL AND tries >= 3), 0) stuck
         FROM hook_events WHERE site = ? GROUP BY 1`,
      )
      .bind(site)
      .all<{ source: HookSource; at: number; stuck: number }>(),
    db
      .prepare('SELECT source, outcome, last_at at FROM hook_counts WHERE site = ?')
      .bind(site)
      .all<{ source: HookSource; outcome: string; at: number }>(),
  ])
  return set.results.map(({ source, trouble }) => {
    const mine = counts.results.filter((row) => row.source === source)
    const event = events.results.find((row) => row.source === source)
    const received = [event?.at ?? 0, ...mine.filter(({ outcome }) => outcome !== 'refused').map(({ at }) => at)]
    return {
      source,
      trouble,
      stuck: event?.stuck ?? 0,
      receivedAt: Math.max(...received) || null,
      refusedAt: mine.find(({ outcome }) => outcome === 'refused')?.at ?? null,
    }
  })
}

export interface Seen {
  origin: string
  /** Empty for the script itself. */
  page: string
  seenAt: number
}
export async function readHellos(db: D1Database, site: string): Promise<Seen[]> {
  const { results } = await db
    .prepare('SELECT origin, page, seen_at seenAt FROM hellos WHERE site = ? ORDER BY seen_at DESC')
    .bind(site)
    .all<Seen>()
  return results
}

/** The address of the shop that was listed last; several, where they were listed in one go. */
export async function readNewestOrigins(env: Env, site: string): Promise<string[]> {
  const { results } = await directory(env)
    .prepare(
      `SELECT origin FROM site_origins WHERE site = ?1 AND use = 'shop' AND created_at =
       (SELECT max(created_at) FROM site_origins WHERE site = ?1 AND use = 'shop')`,
    )
    .bind(site)
    .all<{ origin: string }>()
  return results.map(({ origin }) => origin)
}

/** Notes a hello unless there was one within the last hour. */
export async function saveHello(db: D1Database, site: string, { origin, page }: Omit<Seen, 'seenAt'>) {
  await db
    .prepare(
      `INSERT INTO hellos (site, origin, page, seen_at) VALUES (?1, ?2, ?3, ${NOW})
       ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at WHERE seen_at < excluded.seen_at - ${HOUR_MS}`,
    )
    .bind(site, origin, page)
    .run()
}

export const saveVersions = async (db: D1Database, site: string, versions: string) => {
  await db
    .prepare(
      `INSERT INTO shop_versions (site, versions, told_at) VALUES (?1, ?2, ${NOW})
       ON CONFLICT DO UPDATE SET versions = excluded.versions, told_at = excluded.told_at`,
    )
    .bind(site, versions)
    .run()
}
export const readVersions = (db: D1Database, site: string) =>
  db
    .prepare('SELECT versions, told_at toldAt FROM shop_versions WHERE site = ?')
    .bind(site)
    .first<{ versions: string; toldAt: number }>()

/** Whether the shop has told of any order yet. */
export const knowsOrders = async (db: D1Database, site: string): Promise<boolean> =>
  rowOf<{ known: number }>(
    await db.prepare('SELECT EXISTS (SELECT 1 FROM orders WHERE site = ?) known').bind(site).all(),
  ).known === 1
