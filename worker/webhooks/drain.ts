import { database } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import { takeOrders } from '../orders/take.ts'
import type { Telling } from '../rooms/nudge.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { HookEvent } from './event.ts'
import { count, finishEvents, forgetDone, takeDue, type WaitingEvent } from './store.ts'
import { workOn } from './work.ts'

/** One call may ask the database 1,000 questions. */
const MOST_EVENTS = 100
/** After so many tries, over more than half a day, an event is given up and counted. */
const MOST_TRIES = 20
/** No platform sends anything again after a week. */
const KNOWN_MS = 7 * DAY_MS
const MOST_FORGOTTEN = 1_000

/** Takes up what a crash or a failure has left of the hooks' events in one database, and forgets what is long done. */
export async function drainHooks(env: Env, dbName: string, telling: Telling): Promise<void> {
  const db = database(env, dbName)
  const due = await takeDue(db, MOST_EVENTS)
  for (const [site, events] of Map.groupBy(due, (event) => event.site)) {
    const loaded = await loadSite(env, site)
    if (loaded) await drainSite(env, loaded, events, telling)
    else await finishEvents(db, events)
  }
  await forgetDone(db, KNOWN_MS, MOST_FORGOTTEN)
}

async function drainSite(env: Env, site: Site, events: WaitingEvent[], telling: Telling): Promise<void> {
  const orders = events.flatMap((row) => {
    const event = HookEvent.safeParse(JSON.parse(row.payload)).data
    return event?.kind === 'order' && !event.restored ? [{ row, order: event.order }] : []
  })
  // Together they cost as much as one. If they fail, one of them may be to blame: then each for itself.
  const together = await takeOrders(
    env,
    site,
    orders.map(({ order }) => order),
    { again: true, telling },
  ).then(
    () => new Set(orders.map(({ row }) => row)),
    () => new Set<WaitingEvent>(),
  )
  await finishEvents(database(env, site.db), [...together])
  for (const row of events) if (!together.has(row)) await drainOne(env, site, row, telling)
}

async function drainOne(env: Env, site: Site, row: WaitingEvent, telling: Telling): Promise<void> {
  try {
    await workOn(env, site, row, HookEvent.parse(JSON.parse(row.payload)), { again: true, telling })
  } catch (error) {
    // Never its payload, which is of people.
    logFailure({ site: row.site, source: row.source, key: row.key }, error)
    if (row.tries < MOST_TRIES) return
    const db = database(env, site.db)
    await count(db, row, 'given_up')
    await finishEvents(db, [row])
  }
}
