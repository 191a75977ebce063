import type { SignInWithCode } from '../../protocol/admin/sign-in.ts'
import type { Session } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { openAsUser } from '../sessions/open-known.ts'
import type { Site } from '../sites/load.ts'
import { keyedHash } from './code.ts'
import { useCode } from './store.ts'

/**
 * Opens the session that a code was asked for. 401 `code_invalid` for one that is wrong, used, too old or tried at too
 * often, and in the same words for an address that nobody has.
 */
export async function signInWithCode(
  env: Env,
  site: Site,
  { challenge, code }: Omit<SignInWithCode, 'site'>,
  device: string | null,
): Promise<Session> {
  const answer = await keyedHash(env, 'code', challenge, code)
  const db = database(env, site.db)
  const used = await useCode(db, { id: challenge, site: site.id, answer, uses: ['admin', 'inbox'] })
  const door = used?.use === 'admin' ? 'admin' : 'inbox'
  const session = used && (await openAsUser(env, site, { user: used.user, door, by: 'code', device }))
  if (!session) throw new AppError('code_invalid')
  return session
}
