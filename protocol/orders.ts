import * as z from 'zod'
import { MAX_BATCH_ORDERS, MAX_NAME_CHARS, MAX_ORDER_ITEMS } from './bounds.ts'
import { ShopId } from './ids.ts'
import { Email, HttpUrl, PersonName, Title } from './text.ts'

/** A decimal number as text, so that nothing is rounded on the way. */
export const Amount = z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'must be a decimal number such as 48.00')
const Time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-07-01T10:30:00Z' })

/** One line of an order. Without `seller` it is the product's, else the site's default desk's. */
export const OrderItem = z.strictObject({
  name: Title,
  product: ShopId.optional(),
  seller: ShopId.optional(),
  quantity: z.number().positive().max(1_000_000).default(1),
  /** What is paid for the whole line, in the order's currency. */
  total: Amount.optional(),
})

/** One order. Each seller in it gets a chat with the buyer about that seller's items. */
export const Order = z.strictObject({
  id: ShopId,
  /** What the customer knows the order by; the id where it is left out. */
  number: Title.max(MAX_NAME_CHARS).optional(),
  status: Title.max(MAX_NAME_CHARS).optional(),
  /** The buyer, by the shop's own user id; a guest where the id is left out. */
  customer: z.strictObject({ id: ShopId.optional(), name: PersonName.optional(), email: Email.optional() }).default({}),
  /** ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency such as EUR')
    .optional(),
  /** Of the whole order; the sum of the lines where it is left out. */
  total: Amount.optional(),
  placedAt: Time.optional(),
  /** An order that is older than what we have changes nothing; now where it is left out. */
  modifiedAt: Time.optional(),
  /** The page on which the customer sees the order. */
  url: HttpUrl.optional(),
  items: z.array(OrderItem).max(MAX_ORDER_ITEMS).default([]),
  /** False for orders of the past: they are known from now on, and no chat begins by itself. */
  chat: z.boolean().default(true),
})

/** `PUT /orders`: creates or updates each by id, all or none. An unknown seller refuses the batch. */
export const PutOrders = z.strictObject({ orders: z.array(Order).min(1).max(MAX_BATCH_ORDERS) })
/** `url` opens the session of the guest who bought it, once, until `expiresAt` (ms since 1970). */
export const OrderLink = z.strictObject({ url: z.url(), expiresAt: z.number().int() })
export type OrderLink = z.infer<typeof OrderLink>
export type Order = z.infer<typeof Order>
export type PutOrders = z.infer<typeof PutOrders>
