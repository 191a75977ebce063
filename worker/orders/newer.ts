import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import type { IncomingOrder } from './incoming-order.ts'
import { readVersions } from './store.ts'

/** Those of these orders that are not known as they are now: never heard of, or changed since. */
export async function newerOrders(env: Env, site: Site, orders: IncomingOrder[]): Promise<IncomingOrder[]> {
  const ids = orders.map(({ id }) => id)
  const known = await readVersions(database(env, site.db), site.id, ids)
  return orders.filter(({ id, version }) => msOf(version) > msOf(known.get(id) ?? -1))
}

const msOf = (version: number) => Math.floor(version / 4)
