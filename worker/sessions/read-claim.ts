import * as z from 'zod'
import { Assertion } from '../../protocol/sessions.ts'
import { isStaff } from '../http/session.ts'
import { readAssertion, type SignedClaims } from './read-assertion.ts'

/** What a request for a session claims before any of it is checked: enough to hold its origin against the right list. */
interface SessionClaim {
  site: string
  staff: boolean
  /** Undefined without one, null for what cannot be one. */
  assertion: SignedClaims | null | undefined
}

const Loose = z
  .object({ site: z.string().catch(''), assertion: z.unknown().optional() })
  .catch({ site: '', assertion: undefined })

const Asserted = Assertion.shape.role

export function readClaim(raw: unknown): SessionClaim {
  const { site, assertion: text } = Loose.parse(raw)
  const assertion = typeof text === 'string' ? readAssertion(text) : undefined
  const role = Asserted.safeParse(assertion?.claims.role)
  return { site, staff: role.success && isStaff(role.data), assertion }
}
