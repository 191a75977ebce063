import type { SweepResult } from '../../protocol/operator.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import type { IncomingOrder } from '../orders/incoming-order.ts'
import { newerOrders } from '../orders/newer.ts'
import { takeOrders } from '../orders/take.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { type DueShop, saveSwept, shopsToSweep, withSecret } from '../sites/sweep-source.ts'
import { askOrders, NotAnswered, ORDERS_A_PAGE } from './ask-woocommerce.ts'
import type { Fields } from './fields.ts'
import { shopId } from './fields.ts'
import { count } from './store.ts'
import { readWooOrder } from './woocommerce-order.ts'

/** Both clocks may be wrong, and an order may be saved while it is asked for. */
const OVERLAP_MS = 10 * 60_000
const MOST_PAGES = 10

/**
 * Asks shops for the orders that changed since they were last asked, and takes in those that never came. `all`: also
 * shops whose time has not come. A shop that cannot be asked is asked again; its trouble is kept.
 */
export async function sweepOrders(env: Env, all: boolean): Promise<SweepResult['sites']> {
  const results: SweepResult['sites'] = []
  for (const shop of await shopsToSweep(env, all)) {
    const swept = await sweepShop(env, shop)
    if (swept) results.push({ site: shop.site, ...swept })
  }
  return results
}

/** Whatever goes wrong at one shop keeps no other waiting. Null where the site is gone. */
async function sweepShop(env: Env, shop: DueShop) {
  const startedMs = Date.now()
  try {
    const site = await loadSite(env, shop.site)
    if (!site) return null
    const { found, until } = await takeMissed(env, site, await unlock(env, shop), startedMs)
    await saveSwept(env, site.id, { until, trouble: null })
    return { found, trouble: null }
  } catch (error) {
    const trouble = troubleOf(shop, error)
    await saveSwept(env, shop.site, { until: null, trouble })
    return { found: 0, trouble }
  }
}

const unlock = (env: Env, shop: DueShop) =>
  withSecret(env, shop).catch((cause) => {
    const why = 'Its read key was kept under another secret of the deployment.'
    throw new NotAnswered(`${why} Give it again: npm run site -- hook sweep`, { cause })
  })

function troubleOf({ site }: DueShop, error: unknown): string {
  if (error instanceof NotAnswered) return error.message
  logFailure({ site, at: 'sweep of orders' }, error)
  return 'Its orders could not be taken in; the log says why.'
}

async function takeMissed(env: Env, site: Site, shop: DueShop, nowMs: number) {
  const since = shop.sweptUntil - OVERLAP_MS
  let found = 0
  let until = since
  for (let page = 1; page <= MOST_PAGES; page++) {
    const asked = await askOrders(shop, since, page)
    const orders = asked.filter(({ id }) => shopId(id) !== null).map((order) => readMissed(order, site, since, nowMs))
    const missed = await newerOrders(env, site, orders)
    if (missed.length > 0) {
      await takeOrders(env, site, missed)
      await count(database(env, site.db), { site: site.id, source: 'woocommerce' }, 'swept', missed.length)
    }
    found += missed.length
    until = Math.max(until, ...orders.map(({ version }) => Math.floor(version / 4)))
    if (asked.length < ORDERS_A_PAGE) return { found, until: nowMs }
  }
  // More than one sweep takes: the next one goes on exactly where this one ended.
  return { found, until: until + OVERLAP_MS }
}

/** Only what was placed since is news; an order of before that changes now had its time. */
function readMissed(order: Fields, { settings }: Site, since: number, nowMs: number): IncomingOrder {
  const { routing, accountUrl } = settings.contexts.order
  const read = readWooOrder(order, { nowMs, accountUrl: routing === 'account' ? accountUrl : null, isNew: false })
  return { ...read, wanted: read.placedAt !== null && read.placedAt >= since, revives: true }
}
