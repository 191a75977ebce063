import * as z from 'zod'
import { SessionId, UserId } from '../ids.ts'
import { Role } from '../sessions.ts'
import { Email, PersonName } from '../text.ts'
import { PasskeyAssertion } from './passkeys.ts'
import { ChallengeId, Code } from './sign-in.ts'

/** Ways to show anew that it is still the same person: a code by mail, a passkey, or a fresh assertion of the shop. */
export const StepUpWay = z.enum(['code', 'passkey', 'assertion'])
export type StepUpWay = z.infer<typeof StepUpWay>

/** Times are ms since 1970. */
export const StaffMe = z.strictObject({
  id: UserId,
  session: SessionId,
  role: Role,
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** Until then, keys, origins, people and erasure need no further proof; null when they do. */
  steppedUpUntil: z.number().int().nullable(),
  /** What `POST /admin/step-up` would take of this person now; empty: nothing can be sent or asked. */
  stepUp: z.array(StepUpWay),
  passkeys: z.number().int(),
  /** When the session ends whatever happens. */
  endsAt: z.number().int(),
})
/** `email` needs a step-up: codes go there from then on. */
export const ChangeMe = z.strictObject({ name: PersonName.optional(), email: Email.optional() })

/** Exactly one of the three. */
export const StepUp = z.union([
  z.strictObject({ challenge: ChallengeId, code: Code }),
  z.strictObject({ challenge: ChallengeId, passkey: PasskeyAssertion }),
  z.strictObject({ assertion: z.string().min(1).max(8192) }),
])
export const SteppedUp = z.strictObject({ until: z.number().int() })

/** A session of somebody who runs the site, or one's own. */
export const StaffSession = z.strictObject({
  id: SessionId,
  user: UserId,
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: Role,
  /** The session that asks. */
  current: z.boolean(),
  openedBy: z.enum(['assertion', 'link', 'code', 'passkey', 'guest']),
  /** Such as "Firefox on Windows"; null where the browser did not say. */
  device: z.string().nullable(),
  createdAt: z.number().int(),
  /** To the minute. */
  usedAt: z.number().int(),
})
export const StaffSessionList = z.strictObject({ sessions: z.array(StaffSession) })

export type StaffMe = z.infer<typeof StaffMe>
export type ChangeMe = z.infer<typeof ChangeMe>
export type StepUp = z.infer<typeof StepUp>
export type StaffSession = z.infer<typeof StaffSession>
