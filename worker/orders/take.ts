import { sellersOfProducts } from '../catalog/sellers-of.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { notifyOf, wakeMailer } from '../notifications/queue-mail.ts'
import { nudge, type Telling } from '../rooms/nudge.ts'
import { learnDesks } from '../sites/desk-names.ts'
import type { Site } from '../sites/load.ts'
import type { IncomingOrder } from './incoming-order.ts'
import { mailOrderLinks } from './mail-links.ts'
import { split } from './split.ts'
import { markDeleted, saveOrders, settleOrders } from './store.ts'
import { systemUser } from './system-user.ts'
import { toOrderRow, toPartRow } from './to-rows.ts'

export interface Attempt {
  /** An earlier one may have saved and not told. */
  again?: boolean
  telling?: Telling | undefined
}

/**
 * Takes orders in: each seller's share gets its chat with the buyer and its starter, once, if the settings say so;
 * what is older than what is known changes nothing.
 */
export async function takeOrders(
  env: Env,
  site: Site,
  orders: IncomingOrder[],
  { again = false, telling }: Attempt = {},
): Promise<void> {
  if (orders.length === 0) return
  const db = database(env, site.db)
  const newest = [
    ...new Map(orders.toSorted((a, b) => a.version - b.version).map((order) => [order.id, order])).values(),
  ]
  const products = newest.flatMap(({ items }) => items.flatMap(({ product }) => product ?? []))
  const sellerOf = await sellersOfProducts(db, site.id, products)
  const shares = newest.flatMap((order) =>
    split(order, sellerOf, site.defaultSeller).map((share) => ({ order, share })),
  )
  const named = newest.flatMap(({ desks }) => desks)
  const names = await learnDesks(env, site, [
    ...shares.map(({ share }) => ({ id: share.seller, name: null })),
    ...named,
  ])
  const rows = newest.map((order) => toOrderRow(order, site.settings.contexts))
  const parts = shares.map(({ order, share }) =>
    toPartRow(order, share, names.get(share.seller) ?? site.name, site.settings),
  )
  const told = await saveOrders(db, { ...(await settlingAt(site)), again }, rows, parts)
  await nudge(env, site.id, told, telling)
  const notify = notifyOf(site, 'chatCreated')
  if (notify) await wakeMailer(env, site.db, notify.delayMs)
  await mailOrderLinks(env, site, newest)
}

/** Sends the starter into chats of these orders that have none and in which nobody has written. */
export async function sendStarters(env: Env, site: Site, orders: string[]): Promise<void> {
  const settle = { ...(await settlingAt(site)), automatic: false, again: false, orders: orders.map((id) => ({ id })) }
  await nudge(env, site.id, await settleOrders(database(env, site.db), settle))
}

/** The shop has thrown an order away: no new chats of it, old ones stay readable. */
export async function dropOrder(
  env: Env,
  site: Site,
  order: string,
  { again = false, telling }: Attempt = {},
): Promise<void> {
  const settle = { ...(await settlingAt(site)), again, orders: [{ id: order }] }
  await nudge(env, site.id, await markDeleted(database(env, site.db), settle), telling)
}

async function settlingAt(site: Site) {
  const { enabled, createAutomatically } = site.settings.contexts.order
  const system = await systemUser(site.id)
  return { site: site.id, system, automatic: enabled && createAutomatically, notify: notifyOf(site, 'chatCreated') }
}
