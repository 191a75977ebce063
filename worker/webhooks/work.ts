import { takeProduct } from '../catalog/take-product.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { versionOf } from '../orders/incoming-order.ts'
import { type Attempt, dropOrder, takeOrders } from '../orders/take.ts'
import { actOnLaw } from '../privacy/shopify.ts'
import type { Site } from '../sites/load.ts'
import type { HookEvent } from './event.ts'
import { deletedKey } from './read-woocommerce.ts'
import { dropAddress, type EventKey, finishEvents, forgetEvent, saveCustomer } from './store.ts'

/** Acts on one event and is done with it. Repeating it is safe. */
export async function workOn(env: Env, site: Site, at: EventKey, event: HookEvent, attempt: Attempt): Promise<void> {
  await act(env, site, at, event, attempt)
  await finishEvents(database(env, site.db), [at])
}

async function act(env: Env, site: Site, at: EventKey, event: HookEvent, attempt: Attempt): Promise<void> {
  const db = database(env, site.db)
  switch (event.kind) {
    case 'order':
      if (event.restored) await forgetEvent(db, { ...at, key: deletedKey('order', event.order.id) })
      return takeOrders(env, site, [{ ...event.order, revives: event.restored }], attempt)
    case 'order_deleted':
      return dropOrder(env, site, event.id, attempt)
    case 'product':
      return takeProduct(env, site, event.product, event.desks, attempt.telling)
    case 'customer':
      return saveCustomer(db, site.id, event.customer)
    case 'customer_deleted':
      // A deletion has no date: it counts as now.
      return dropAddress(db, site.id, { id: event.id, version: versionOf(null, 2, Date.now()) })
    case 'privacy':
      return actOnLaw(env, site, event)
  }
}
