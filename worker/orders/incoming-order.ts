import * as z from 'zod'
import { DAY_MS } from '../durations.ts'

/** What a line of an order comes down to; `seller` is null where the shop did not say. */
const Item = z.object({
  name: z.string(),
  product: z.string().nullable(),
  seller: z.string().nullable(),
  quantity: z.number(),
  total: z.number().nullable(),
})

/** An order as every source is read into it: all that chats need, and nothing else that is personal. */
export const IncomingOrder = z.object({
  id: z.string(),
  number: z.string(),
  /** The order that this is a seller's share of (Dokan). */
  parent: z.string().nullable(),
  /** Its sellers' shares are orders of their own: no chat of its own. */
  isSplit: z.boolean(),
  status: z.string().nullable(),
  currency: z.string().nullable(),
  /** The shop's user id; null for a guest. */
  customer: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  placedAt: z.number().nullable(),
  /** Rises with each change: `versionOf`. */
  version: z.number(),
  /** Its chats make themselves, if the site's settings say so. */
  wanted: z.boolean(),
  /** The shop says that it is there now, so it brings a deleted order back; a delivery may be late, and does not. */
  revives: z.boolean().optional(),
  url: z.string().nullable(),
  /** Sells every line that names nobody else. */
  seller: z.string().nullable(),
  /** Names of sellers, as far as the shop told. */
  desks: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  total: z.number().nullable(),
  items: z.array(Item),
})
export type IncomingOrder = z.infer<typeof IncomingOrder>
export type IncomingItem = z.infer<typeof Item>

/**
 * Orders the deliveries of a thing: by the shop's time, and within its second (its clock has no finer one) by rank.
 * A time in the future would shut out every later change, so it counts as now.
 */
export function versionOf(modifiedMs: number | null, rank: 0 | 1 | 2, nowMs: number): number {
  const at = modifiedMs === null || modifiedMs > nowMs + DAY_MS ? nowMs : Math.max(0, modifiedMs)
  return at * 4 + rank
}

const RECENT_MS = 30 * DAY_MS

/** Whether an order that turns up by a later change is news: nobody wants thanks for an order of last year. */
export const isRecent = (placedMs: number | null, nowMs: number) => placedMs !== null && placedMs > nowMs - RECENT_MS
