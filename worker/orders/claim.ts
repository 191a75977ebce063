import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { handOver } from '../sessions/merge.ts'
import type { Site } from '../sites/load.ts'
import { guestBuyers } from './store.ts'

/**
 * The shop vouches that these orders are this user's: those that a guest bought are now theirs, chats and all. Orders
 * of other people stay as they are.
 */
export async function claimOrders(env: Env, site: Site, user: UserId, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return
  for (const guest of await guestBuyers(database(env, site.db), site.id, orders)) {
    await handOver(env, site, guest, user)
  }
}
