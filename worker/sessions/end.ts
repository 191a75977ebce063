import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { endSockets } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { revoke, revokeByKey } from './store.ts'
import { type SessionClaims, TOKEN_SECONDS } from './token.ts'

/** A call may make 1,000 requests of its own; sockets beyond these end with their tokens, within 15 minutes. */
const MOST_ENDED = 500

/** Signs out: refresh, writes and sockets end at once, reads with the token. */
export async function endSession(
  env: Env,
  site: Site,
  { sid, sub }: Pick<SessionClaims, 'sid' | 'sub'>,
): Promise<void> {
  await revoke(database(env, site.db), sid)
  await endSockets(env, site.id, sub, sid)
}

/** Ends all that a key has opened. */
export async function endSessionsOfKey(env: Env, site: Site, key: string): Promise<void> {
  const ended = await revokeByKey(database(env, site.db), key, (TOKEN_SECONDS + 60) * 1000)
  await Promise.allSettled(ended.slice(0, MOST_ENDED).map(({ user, id }) => endSockets(env, site.id, user, id)))
}
