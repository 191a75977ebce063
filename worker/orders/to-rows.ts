import type { UserId } from '../../protocol/ids.ts'
import type { Settings } from '../../protocol/settings/index.ts'
import { newId } from '../ids.ts'
import { amountsIn } from './amounts.ts'
import type { IncomingOrder } from './incoming-order.ts'
import type { Share } from './split.ts'
import { starterFor } from './starter.ts'
import type { OrderRow, PartRow } from './store.ts'

/** Not placed yet, or over before it began: nobody is thanked for these. An order may leave such a status. */
const NOT_OPEN = new Set(['auto-draft', 'checkout-draft', 'draft', 'trash', 'cancelled', 'failed', 'deleted'])

export function toOrderRow(order: IncomingOrder, { order: context }: Settings['contexts']): OrderRow {
  const { id, number, parent, customer, name, email, version, status, wanted, revives = false } = order
  return {
    id,
    number,
    parent,
    customer,
    buyer: newId<UserId>('usr'),
    name,
    email,
    version,
    open: status === null || !NOT_OPEN.has(status),
    wanted: wanted && context.enabled && context.createAutomatically,
    revives,
  }
}

/** One seller's share as its chat shows it. */
export function toPartRow(order: IncomingOrder, share: Share, sellerName: string, settings: Settings): PartRow {
  return {
    order: order.id,
    seller: share.seller,
    title: `Order ${order.number}`,
    price: share.total === null ? null : amountsIn(order.currency, settings.region)(share.total),
    url: order.url,
    status: order.status,
    starter: settings.contexts.order.enabled ? starterFor(order, share, sellerName, settings) : null,
  }
}
