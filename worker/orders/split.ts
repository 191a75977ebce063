import type { IncomingItem, IncomingOrder } from './incoming-order.ts'

/** One seller's share of an order. */
export interface Share {
  seller: string
  items: IncomingItem[]
  /** What the buyer pays for it; null where the shop did not say. */
  total: number | null
}

/**
 * An order's shares, in the order of its lines. A line belongs to the seller it names, else to the order's, else to
 * its product's, else to the default desk. An order without lines is one share; one that is split already has none.
 */
export function split(order: IncomingOrder, sellerOf: ReadonlyMap<string, string>, defaultSeller: string): Share[] {
  if (order.isSplit) return []
  const bySeller = new Map<string, IncomingItem[]>()
  for (const item of order.items) {
    const seller = item.seller ?? order.seller ?? (item.product && sellerOf.get(item.product)) ?? defaultSeller
    bySeller.set(seller, [...(bySeller.get(seller) ?? []), item])
  }
  if (bySeller.size === 0) bySeller.set(order.seller ?? defaultSeller, [])
  const alone = bySeller.size === 1
  return [...bySeller].map(([seller, items]) => ({
    seller,
    items,
    // With one seller it is all that the buyer paid, postage and discounts included.
    total: alone && order.total !== null ? order.total : sum(items),
  }))
}

function sum(items: IncomingItem[]): number | null {
  const totals = items.map(({ total }) => total).filter((total) => total !== null)
  return totals.length === 0 ? null : totals.reduce((all, total) => all + total, 0)
}
