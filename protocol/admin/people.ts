import * as z from 'zod'
import { UserId } from '../ids.ts'
import { Email, PersonName } from '../text.ts'

/** Who runs the site: an owner all of it, an admin all but owners, an analyst reads. */
export const StaffRole = z.enum(['owner', 'admin', 'analyst'])
export type StaffRole = z.infer<typeof StaffRole>

/** Times are ms since 1970. */
export const StaffPerson = z.strictObject({
  user: UserId,
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: StaffRole,
  /** `shop`: signed in by the shop's own server in the last 30 days; who they are and may do is said there. */
  via: z.enum(['invitation', 'shop']),
  /** Null while the invitation waits. */
  joinedAt: z.number().int().nullable(),
  seenAt: z.number().int().nullable(),
  passkeys: z.number().int(),
  me: z.boolean(),
})
export const StaffList = z.strictObject({ people: z.array(StaffPerson) })

/** The address gets a link that works once, for seven days; a code by mail opens the panel too. */
export const InviteStaff = z.strictObject({ email: Email, name: PersonName.optional(), role: StaffRole })
/** `mailed` is false where this deployment can send no mail: hand the link over yourself. */
export const StaffInvitation = z.strictObject({
  user: UserId,
  link: z.url(),
  expiresAt: z.number().int(),
  mailed: z.boolean(),
})
export const ChangeStaff = z.strictObject({ role: StaffRole })

export type StaffPerson = z.infer<typeof StaffPerson>
export type InviteStaff = z.infer<typeof InviteStaff>
export type StaffInvitation = z.infer<typeof StaffInvitation>
