import * as z from 'zod'
import { IncomingOrder } from '../orders/incoming-order.ts'

const id = z.string()
const Desk = z.object({ id, name: z.string().nullable() })
const Product = z.object({
  id,
  title: z.string(),
  seller: z.string().nullable(),
  url: z.string().nullable(),
  picture: z.string().nullable(),
  price: z.string().nullable(),
  version: z.number(),
})
const Customer = z.object({ id, name: z.string().nullable(), email: z.string().nullable(), version: z.number() })

/** What a hook's delivery comes down to: what is needed to act on it later, and no more. */
export const HookEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order'), order: IncomingOrder, restored: z.boolean() }),
  z.object({ kind: z.literal('order_deleted'), id }),
  z.object({ kind: z.literal('product'), product: Product, desks: z.array(Desk) }),
  z.object({ kind: z.literal('customer'), customer: Customer }),
  z.object({ kind: z.literal('customer_deleted'), id }),
  /** Asked for by law. */
  z.object({
    kind: z.literal('privacy'),
    topic: z.string(),
    customer: id.nullable(),
    email: z.string().nullable(),
    orders: z.array(id),
  }),
])
export type HookEvent = z.infer<typeof HookEvent>
export type CustomerEvent = z.infer<typeof Customer>

/** Why a delivery that is signed rightly changes nothing; counted for diagnostics. `known`: nothing to do, as meant. */
export type Nothing = 'unknown_topic' | 'shop_error' | 'unreadable' | 'known'

/** What a delivery says, and what makes another one the same. */
export type Reading = { event: HookEvent; key: string } | { nothing: Nothing }
