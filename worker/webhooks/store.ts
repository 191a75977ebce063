import type { HookSource } from '../../protocol/operator.ts'
import { NOW } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { CustomerEvent } from './event.ts'

/** Who has taken an event on has this long; then somebody else may. */
export const LEASE_MS = 10_000

export interface EventKey {
  site: string
  source: HookSource
  key: string
}

const KEEP = `
INSERT INTO hook_events (site, source, key, payload, received_at, due_at, tries)
SELECT ?1, ?2, ?3, ?4, t.now, t.now + ${LEASE_MS}, 1 FROM (SELECT ${NOW} now) t WHERE true
ON CONFLICT (site, source, key) DO UPDATE SET due_at = excluded.due_at, tries = tries + 1
WHERE done_at IS NULL AND due_at <= excluded.received_at RETURNING tries`

/**
 * Keeps an event, once; the one durable write of a hook. Answers how often it was taken on, this time included, or
 * null where somebody else has it or it is done.
 */
export const keepEvent = (db: D1Database, { site, source, key }: EventKey, payload: string) =>
  db.prepare(KEEP).bind(site, source, key, payload).first<number>('tries')

export interface WaitingEvent extends EventKey {
  payload: string
  tries: number
}

// Each further try waits twice as long, up to an hour.
const TAKE_DUE = `
UPDATE hook_events SET tries = tries + 1, due_at = ${NOW} + min(${HOUR_MS}, ${LEASE_MS} << min(tries, 20))
WHERE (site, source, key) IN (SELECT site, source, key FROM hook_events WHERE done_at IS NULL AND due_at <= ${NOW}
  ORDER BY due_at LIMIT ?1)
RETURNING site, source, key, payload, tries`

/** Takes on what others have left behind. */
export const takeDue = async (db: D1Database, most: number) =>
  (await db.prepare(TAKE_DUE).bind(most).run<WaitingEvent>()).results

/** Its payload, which has names and addresses in it, goes; its key stays, to know it by. */
export async function finishEvents(db: D1Database, events: readonly EventKey[]) {
  await db
    .prepare(
      `UPDATE hook_events SET done_at = ${NOW}, payload = '' WHERE (site, source, key) IN
       (SELECT value ->> 'site', value ->> 'source', value ->> 'key' FROM json_each(?1))`,
    )
    .bind(JSON.stringify(events.map(({ site, source, key }) => ({ site, source, key }))))
    .run()
}

export async function forgetEvent(db: D1Database, { site, source, key }: EventKey) {
  await db.prepare('DELETE FROM hook_events WHERE site = ?1 AND source = ?2 AND key = ?3').bind(site, source, key).run()
}

/** Forgets the oldest events that have been done with for `afterMs`. */
export async function forgetDone(db: D1Database, afterMs: number, most: number) {
  await db
    .prepare(
      `DELETE FROM hook_events WHERE (site, source, key) IN (SELECT site, source, key FROM hook_events
       WHERE done_at IS NOT NULL AND done_at < ${NOW} - ?1 ORDER BY done_at LIMIT ?2)`,
    )
    .bind(afterMs, most)
    .run()
}

export async function count(db: D1Database, { site, source }: Omit<EventKey, 'key'>, outcome: string, times = 1) {
  await db
    .prepare(
      `INSERT INTO hook_counts (site, source, outcome, n, last_at) VALUES (?1, ?2, ?3, ?4, ${NOW})
       ON CONFLICT (site, source, outcome) DO UPDATE SET n = n + excluded.n, last_at = excluded.last_at`,
    )
    .bind(site, source, outcome, times)
    .run()
}

interface CountRow {
  source: HookSource
  outcome: string
  n: number
  lastAt: number
}

/** What was counted, and what waits, by source. */
export async function readHooks(db: D1Database, site: string) {
  const [counts, waiting] = await db.batch([
    db
      .prepare('SELECT source, outcome, n, last_at lastAt FROM hook_counts WHERE site = ?1 ORDER BY outcome')
      .bind(site),
    db
      .prepare(
        `SELECT source, sum(done_at IS NULL) n, max(received_at) lastAt FROM hook_events WHERE site = ?1 GROUP BY source`,
      )
      .bind(site),
  ])
  return {
    counts: (counts?.results ?? []) as CountRow[],
    waiting: (waiting?.results ?? []) as { source: HookSource; n: number; lastAt: number }[],
  }
}

// Only of people whom we know already: a shop tells of everybody who ever registered.
const CUSTOMER = `
UPDATE users SET name = coalesce(?3, name), email = coalesce(?4, email),
  email_verified = iif(?4 IS NULL OR ?4 IS email, email_verified, 0), shop_version = ?5
WHERE site = ?1 AND shop_id = ?2 AND (shop_version IS NULL OR shop_version <= ?5)`

export async function saveCustomer(db: D1Database, site: string, { id, name, email, version }: CustomerEvent) {
  await db.prepare(CUSTOMER).bind(site, id, name, email, version).run()
}

/**
 * The account is gone: nobody is to be mailed there any more, whatever comes late of before. What was written stays until
 * its erasure is asked for.
 */
export async function dropAddress(
  db: D1Database,
  site: string,
  { id, version }: Pick<CustomerEvent, 'id' | 'version'>,
) {
  await db
    .prepare(`UPDATE users SET email = NULL, email_verified = 0, shop_version = max(coalesce(shop_version, 0), ?3)
       WHERE site = ?1 AND shop_id = ?2`)
    .bind(site, id, version)
    .run()
}
