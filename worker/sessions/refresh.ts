import type { Role, Session } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { endSockets } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { lifetimeOf, openingOf } from './lifetime.ts'
import { toSession } from './open.ts'
import { hashSecret, nextSecret, type RefreshToken } from './refresh-token.ts'
import { rotate, type SessionRow } from './store.ts'

/** For how long the token before the newest is good: two tabs may refresh at once, and an answer may get lost. */
const GRACE_MS = 60_000

/**
 * Turns a refresh token into the next one, with a new session token. 401 `session_ended` when the session is over; a
 * token that was replaced before is a sign of theft and ends it.
 */
export async function refresh(env: Env, site: Site, session: SessionRow, shown: RefreshToken): Promise<Session> {
  const secret = await nextSecret(env, shown)
  const { idleMs, extendedBy } = lifetimeOf(session.role, openingOf(session))
  const me = await rotate(database(env, site.db), {
    sid: session.id,
    shownHash: await hashSecret(shown.secret),
    nextHash: await hashSecret(secret),
    idleMs: extendedBy === 'refresh' ? idleMs : null,
    graceMs: graceOf(session.role),
  })
  if (me) return toSession(env, session.id, secret, me)
  await endSockets(env, site.id, session.user, session.id)
  throw new AppError('session_ended')
}

/** Nobody can sign a guest in again, and a lost answer must not cost the chats: here the next use ends the grace. */
const graceOf = (role: Role) => (role === 'guest' ? null : GRACE_MS)
