import * as z from 'zod'
import { OwnerDetails } from './admin/sign-in.ts'
import { MAX_BATCH_ROWS, MOST_MEMBERS } from './bounds.ts'
import { ShopId, SiteId, UserId } from './ids.ts'
import { Email, HttpUrl, PersonName } from './text.ts'

/** A session's role. `customer` and `guest` write as shoppers, `seller` for a desk, the others run the site. */
export const Role = z.enum(['guest', 'customer', 'seller', 'analyst', 'admin', 'owner'])
export type Role = z.infer<typeof Role>

/**
 * What the shop's server signs (JWT HS256, or the two-part hex form). Times are seconds since 1970.
 * `exp` is at most 600 s after `iat` (60 s for role `admin`); `sub` is the shop's own user id, never an e-mail.
 */
export const Assertion = z.object({
  iss: SiteId,
  aud: z.literal('shopbell'),
  sub: ShopId,
  iat: z.number().int(),
  exp: z.number().int(),
  name: PersonName.optional().catch(undefined),
  email: Email.optional().catch(undefined),
  email_verified: z.boolean().optional(),
  role: z.enum(['customer', 'seller', 'analyst', 'admin']).default('customer'),
  /** The desks this user answers for; without it a seller whose `sub` is a desk's id answers for that one. */
  sellers: z.array(ShopId).max(50).optional(),
  orders: z.array(ShopId).max(50).optional(),
})
export type Assertion = z.infer<typeof Assertion>

export const GuestDetails = z.strictObject({ name: PersonName.optional(), email: Email.optional() })

/** `PUT /me`: what a guest adds about themselves. */
export const ChangeGuest = z.strictObject({ name: PersonName.optional(), email: Email.optional() })
export type ChangeGuest = z.infer<typeof ChangeGuest>

/** Opens a session: with an assertion, with a one-time link's token, or as a guest with neither. */
export const NewSession = z.strictObject({
  site: SiteId,
  assertion: z.string().min(1).max(8192).optional(),
  /** Token of a one-time link (`#invite=…`, `#shopbell-link=…`) or a setup code (`#setup=…`). */
  link: z.string().min(1).max(200).optional(),
  /** With a setup code: who becomes the owner. */
  owner: OwnerDetails.optional(),
  guest: GuestDetails.optional(),
  /** Refresh token of the guest session whose chats come along. */
  guestToken: z.string().max(200).optional(),
})
export const Refresh = z.strictObject({ refreshToken: z.string().min(1).max(200) })

export const Me = z.strictObject({
  id: UserId,
  site: SiteId,
  role: Role,
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** The desks this user answers for. */
  sellers: z.array(z.strictObject({ id: z.string(), name: z.string() })),
})
/** `token` is the bearer for 15 minutes; `expiresAt` in ms since 1970; `refreshToken` gets the next one, once each. */
export const Session = z.strictObject({
  token: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number().int(),
  user: Me,
})
export type NewSession = z.infer<typeof NewSession>
export type Me = z.infer<typeof Me>
export type Session = z.infer<typeof Session>

export const SellerDesk = z.strictObject({
  /** The shop's own vendor id. */
  id: ShopId,
  name: PersonName,
  picture: HttpUrl.nullable().default(null),
  /** Shop user ids of the people who answer; the desk's own id where the list is left out. */
  members: z.array(ShopId).max(MOST_MEMBERS).optional(),
})
/** `PUT /sellers`: creates or updates each by id. Members listed are set exactly; `default` names the site's default desk. */
export const PutSellers = z.strictObject({
  sellers: z.array(SellerDesk).min(1).max(MAX_BATCH_ROWS),
  default: ShopId.optional(),
})
export type PutSellers = z.infer<typeof PutSellers>
