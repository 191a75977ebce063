import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import type { Site } from '../sites/load.ts'
import type { Reading } from './event.ts'
import { count, type EventKey, keepEvent } from './store.ts'
import { workOn } from './work.ts'

/**
 * Keeps what a delivery says, in one durable write, and starts the work that follows it, if any: a
 * duplicate has none. A delivery that changes nothing is counted instead.
 */
export async function receive(
  env: Env,
  site: Site,
  source: EventKey['source'],
  reading: Reading,
): Promise<{ work?: Promise<void> }> {
  const db = database(env, site.db)
  if ('nothing' in reading) {
    if (reading.nothing !== 'known') await count(db, { site: site.id, source }, reading.nothing)
    return {}
  }
  const { event, key } = reading
  const at = { site: site.id, source, key }
  const tries = await keepEvent(db, at, JSON.stringify(event))
  if (tries === null) return {}
  // What fails here is tried again by the cron.
  return { work: workOn(env, site, at, event, { again: tries > 1 }).catch((error) => logFailure(at, error)) }
}
