import type { Order } from '../../protocol/orders.ts'
import { type IncomingOrder, versionOf } from './incoming-order.ts'

const RANK = 2

/** An order that the shop's server tells about in our own shape. */
export function readPut(order: Order, nowMs: number): IncomingOrder {
  const { id, number = id, status, customer, currency, placedAt, modifiedAt, url, items, chat } = order
  return {
    id,
    number,
    parent: null,
    isSplit: false,
    status: status ?? null,
    currency: currency ?? null,
    customer: customer.id ?? null,
    name: customer.name ?? null,
    email: customer.email ?? null,
    placedAt: placedAt ? Date.parse(placedAt) : null,
    version: versionOf(modifiedAt ? Date.parse(modifiedAt) : null, RANK, nowMs),
    wanted: chat,
    revives: true,
    url: url ?? null,
    seller: null,
    desks: [],
    total: amount(order.total),
    items: items.map(({ name, product, seller, quantity, total }) => ({
      name,
      product: product ?? null,
      seller: seller ?? null,
      quantity,
      total: amount(total),
    })),
  }
}

const amount = (text: string | undefined) => (text === undefined ? null : Number(text))
