import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { endSockets, nudge } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { mergeGuest, readGuest } from './merge-store.ts'
import { hashSecret, readRefreshToken } from './refresh-token.ts'

/**
 * Brings the chats of a guest along to the user that the guest turned out to be, by the guest's own refresh token and
 * never by an equal e-mail. A token that is not a living guest's of this site changes nothing and is no error.
 */
export async function bringGuestAlong(env: Env, site: Site, guestToken: string, user: UserId): Promise<void> {
  const token = readRefreshToken(guestToken)
  if (token?.site !== site.id) return
  const db = database(env, site.db)
  const guest = await readGuest(db, site.id, token.sid, await hashSecret(token.secret))
  if (guest === null) return
  await handOver(env, site, guest, user)
}

/** Makes a guest's chats and orders a user's, once; the guest's sessions end, and everybody in the chats is told. */
export async function handOver(env: Env, site: Site, guest: string, user: UserId): Promise<void> {
  const others = await mergeGuest(database(env, site.db), { site: site.id, guest, user })
  if (others === null) return
  await Promise.allSettled([nudge(env, site.id, [...others, user]), endSockets(env, site.id, guest)])
}
