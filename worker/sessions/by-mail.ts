import type { SessionId, UserId } from '../../protocol/ids.ts'
import type { Role } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { deleteSession, insertSessionOf } from './store.ts'
import type { SessionClaims } from './token.ts'

const LIFE_MS = 60_000

/**
 * Acts for somebody who is proven by their mailbox: under a session that lasts as long as the act, so that it goes
 * through the same doors as anything else. Nobody ever holds its tokens.
 */
export async function actByMail<T>(
  env: Env,
  site: Site,
  { user, role }: { user: UserId; role: Role },
  act: (session: SessionClaims) => Promise<T>,
): Promise<T> {
  const db = database(env, site.db)
  const sid = newId<SessionId>('ses')
  await insertSessionOf(db, {
    id: sid,
    site: site.id,
    user,
    role,
    refreshHash: await sha256(newSecret()),
    lifeMs: LIFE_MS,
  })
  const exp = Math.floor((Date.now() + LIFE_MS) / 1000)
  try {
    return await act({ aud: 'shopbell-session', sid, sub: user, site: site.id, role, exp })
  } finally {
    await deleteSession(db, sid)
  }
}
