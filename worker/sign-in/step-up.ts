import type { StepUp } from '../../protocol/admin/me.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { STEP_UP_MS } from '../http/staff.ts'
import { readAssertion } from '../sessions/read-assertion.ts'
import type { SessionClaims } from '../sessions/token.ts'
import { verifyAssertion } from '../sessions/verify-assertion.ts'
import type { Site } from '../sites/load.ts'
import { keyedHash } from './code.ts'
import { confirmPasskey, type HostedPage } from './confirm-passkey.ts'
import { markSteppedUp, readName, readShopId, useCode } from './store.ts'

/**
 * Holds a session for proven anew, for ten minutes; answers until when. 401 `code_invalid`, `passkey_invalid` or
 * `assertion_invalid` for a proof that does not hold, or is somebody else's.
 */
export async function stepUp(
  env: Env,
  site: Site,
  session: SessionClaims,
  proof: StepUp,
  page: HostedPage,
): Promise<number> {
  if ('code' in proof) await confirmCode(env, site, session, proof)
  else if ('passkey' in proof) {
    const { user } = await confirmPasskey(env, site, proof, page)
    if (user !== session.sub) throw new AppError('passkey_invalid')
  } else await confirmAssertion(env, site, session, proof.assertion)
  const until = await markSteppedUp(database(env, site.db), session.sid, STEP_UP_MS)
  if (until === null) throw new AppError('session_ended')
  return until
}

/** Where a code to step up goes: to the address that the session's person signs in with. */
export async function whoIs(env: Env, site: Site, { sub }: SessionClaims) {
  const known = await readName(database(env, site.db), site.id, sub)
  return { user: sub, email: known?.email ?? null }
}

async function confirmCode(
  env: Env,
  site: Site,
  session: SessionClaims,
  { challenge, code }: Extract<StepUp, { code: string }>,
) {
  const answer = await keyedHash(env, 'code', challenge, code)
  const used = await useCode(database(env, site.db), { id: challenge, site: site.id, answer, uses: ['step_up'] })
  if (used?.user !== session.sub) throw new AppError('code_invalid')
}

async function confirmAssertion(env: Env, site: Site, session: SessionClaims, text: string) {
  const signed = readAssertion(text)
  if (!signed) throw new AppError('assertion_invalid', { detail: 'Neither of the two forms.' })
  const { person } = await verifyAssertion(env, site, signed, Date.now() / 1000)
  const isSame = person.sub === (await readShopId(database(env, site.db), site.id, session.sub))
  if (!isSame || person.role !== session.role)
    throw new AppError('assertion_invalid', { detail: 'It is about somebody else.' })
}
