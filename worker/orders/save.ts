import type { Issue } from '../../protocol/errors.ts'
import type { Order } from '../../protocol/orders.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { deskNames } from '../sites/desk-names.ts'
import type { Site } from '../sites/load.ts'
import { readPut } from './read-put.ts'
import { takeOrders } from './take.ts'

/** Takes a batch of the shop's server in, all or none; 422 `seller_unknown` names each line whose seller is not there. */
export async function saveBatch(env: Env, site: Site, orders: Order[], nowMs: number) {
  const named = orders.flatMap(({ items }, row) =>
    items.flatMap(({ seller }, line) =>
      seller === undefined ? [] : [{ seller, path: `orders.${row}.items.${line}.seller` }],
    ),
  )
  const names = await deskNames(
    env,
    site,
    named.map(({ seller }) => seller),
  )
  const unknown: Issue[] = named
    .filter(({ seller }) => !names.has(seller))
    .map(({ seller, path }) => ({ path, message: `No seller ${seller} at this site.` }))
  if (unknown.length > 0) {
    const detail = 'Tell us about these sellers first (PUT /v1/sellers). Nothing was saved.'
    throw new AppError('seller_unknown', { detail, issues: unknown.slice(0, 50) })
  }
  await takeOrders(
    env,
    site,
    orders.map((order) => readPut(order, nowMs)),
  )
  return { saved: new Set(orders.map(({ id }) => id)).size }
}
