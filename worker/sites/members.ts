import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { nudge } from '../rooms/nudge.ts'
import type { Site } from './load.ts'
import { type Membership, removeMembership, setMembers } from './seller-store.ts'

/**
 * Makes people members of desks that exist, and of the desks in `exactly` nobody else; they join or leave the desks'
 * chats in the same write, and their sockets are told. A desk that is full takes nobody more.
 */
export async function changeMembers(env: Env, site: Site, wanted: Membership[], exactly?: string[]): Promise<void> {
  const users = await setMembers(database(env, site.db), site.id, wanted, exactly)
  await nudge(env, site.id, users)
}

/** Takes one person off a desk and tells their pages; false for no member of it. */
export async function leaveDesk(env: Env, site: Site, membership: Membership): Promise<boolean> {
  const isOff = await removeMembership(database(env, site.db), site.id, membership)
  if (isOff) await nudge(env, site.id, [membership.user])
  return isOff
}
