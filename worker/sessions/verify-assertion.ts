import * as z from 'zod'
import { Assertion } from '../../protocol/sessions.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { isStaff } from '../http/session.ts'
import type { Site } from '../sites/load.ts'
import { findSigningKey, type SigningKey } from '../sites/signing-key.ts'
import type { SignedClaims } from './read-assertion.ts'

const MOST_SECONDS = 600
const MOST_SECONDS_STAFF = 60
const SKEW_SECONDS = 60

export interface ProvenPerson {
  person: Assertion
  /** The key that proves it; revoking it ends what it opened. */
  key: string
}

/**
 * Who the shop's server says this is. 401 `assertion_invalid` when the key is not one of the site's, the signature is
 * not its own, or a claim does not hold; the reason is told only once the signature holds.
 */
export async function verifyAssertion(
  env: Env,
  site: Site,
  signed: SignedClaims,
  nowSec: number,
): Promise<ProvenPerson> {
  const key = await findSigningKey(env, site.id, signed.kid)
  if (!key || !(await signed.isSignedWith(key.secret))) {
    throw refused('Signed with an unknown or revoked key, with a wrong secret, or changed on the way.')
  }
  const person = readClaims(signed.claims)
  const wrong = whatIsWrong(person, { site: site.id, use: key.use, nowSec })
  if (wrong) throw refused(wrong)
  return { person, key: key.id }
}

const refused = (detail: string) => new AppError('assertion_invalid', { detail })

const Claims = Assertion.extend({ nbf: z.number().optional() })
type Claims = z.infer<typeof Claims>

function readClaims(claims: unknown): Claims {
  const parsed = Claims.safeParse(claims)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('assertion_invalid', { detail: 'Some claims are missing or wrong.', issues })
}

interface Standard {
  site: string
  use: SigningKey['use']
  nowSec: number
}

function whatIsWrong(claims: Claims, { site, use, nowSec }: Standard): string | null {
  const { iss, iat, exp, nbf = iat, role } = claims
  const most = isStaff(role) ? MOST_SECONDS_STAFF : MOST_SECONDS
  if (iss !== site) return 'iss is not this site.'
  if (isStaff(role) !== (use === 'admin')) return `The role ${role} cannot be signed with a key for ${use}.`
  if (exp <= iat || exp - iat > most) return `exp must be after iat, by at most ${most} seconds.`
  if (exp + SKEW_SECONDS <= nowSec) return 'It has expired. Is the clock of the shop’s server right?'
  if (Math.max(iat, nbf) - SKEW_SECONDS > nowSec)
    return 'It is from the future. Is the clock of the shop’s server right?'
  return null
}
