import * as z from 'zod'
import { ShopId, UserId } from '../ids.ts'
import { Email, HttpUrl, PersonName } from '../text.ts'

/** Somebody who answers for a desk. `shopId` is the shop's own user id; null for people invited by mail. */
export const DeskMember = z.strictObject({
  user: UserId,
  shopId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** When this person was last signed in, ms since 1970; null: never. */
  seenAt: z.number().int().nullable(),
})
/** A seller's desk. Its `id` is the shop's vendor id: products, orders and posts that name it are its own. */
export const Desk = z.strictObject({
  id: z.string(),
  name: z.string(),
  picture: z.string().nullable(),
  isDefault: z.boolean(),
  members: z.array(DeskMember),
  /** True: the id may still be changed, for nothing hangs on it yet. */
  isFresh: z.boolean(),
})
/** By name. `q` matches id, name and members; `after` is the `next` of the page before. */
export const ListDesks = z.strictObject({
  q: z.string().trim().max(100).optional(),
  after: z.string().max(200).optional(),
})
export const DeskPage = z.strictObject({
  desks: z.array(Desk),
  next: z.string().nullable(),
  defaultSeller: z.string(),
})

/** `id` is made from the name where it is left out. */
export const NewDesk = z.strictObject({
  id: ShopId.optional(),
  name: PersonName,
  picture: HttpUrl.nullable().optional(),
})
/** A new `id` maps the desk to another vendor of the shop; only while nothing hangs on the old one. */
export const ChangeDesk = z.strictObject({
  id: ShopId.optional(),
  name: PersonName.optional(),
  picture: HttpUrl.nullable().optional(),
  isDefault: z.literal(true).optional(),
})
export const OneDesk = z.strictObject({ desk: Desk })

/** By the shop's own user id, or invited by mail. */
export const AddMember = z.union([
  z.strictObject({ shopId: ShopId }),
  z.strictObject({ email: Email, name: PersonName.optional() }),
])
/** `link` opens one session, once, until `expiresAt`; none for a person whom the shop signs in, or who has been here. */
export const AddedMember = z.strictObject({
  member: UserId,
  link: z.url().nullable(),
  expiresAt: z.number().int().nullable(),
  mailed: z.boolean(),
})
export type Desk = z.infer<typeof Desk>
export type DeskPage = z.infer<typeof DeskPage>
export type ListDesks = z.infer<typeof ListDesks>
export type NewDesk = z.infer<typeof NewDesk>
export type ChangeDesk = z.infer<typeof ChangeDesk>
export type AddMember = z.infer<typeof AddMember>
export type AddedMember = z.infer<typeof AddedMember>
