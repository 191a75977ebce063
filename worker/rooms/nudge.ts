import type { Env } from '../env.ts'

/** A user's inbox object is named by site and user. */
export const inboxOf = (env: Env, site: string, user: string) => env.INBOX.getByName(`${site}/${user}`)

/** How many people one call may still tell: it may make 1,000 requests in all, to objects too. */
export interface Telling {
  left: number
}

/** What is kept for telling of all that one call may do. */
export const tellingOfOneCall = (): Telling => ({ left: 500 })

/**
 * Tells these users' sockets that something changed, as many as the call may still tell; who is not told, or whose nudge
 * is lost, syncs within minutes.
 */
export async function nudge(
  env: Env,
  site: string,
  users: readonly string[],
  telling: Telling = tellingOfOneCall(),
): Promise<void> {
  const frames = [JSON.stringify({ type: 'sync' })]
  const told = [...new Set(users)].slice(0, telling.left)
  telling.left -= told.length
  await Promise.allSettled(told.map((user) => inboxOf(env, site, user).deliver(frames)))
}

/** Closes the sockets of one session, or of all the user's. */
export async function endSockets(env: Env, site: string, user: string, sid?: string): Promise<void> {
  await inboxOf(env, site, user).endSession(sid)
}
