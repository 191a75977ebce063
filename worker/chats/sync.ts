import { PAGE_CHATS } from '../../protocol/bounds.ts'
import type { Sync } from '../../protocol/chats.ts'
import type { UserId } from '../../protocol/ids.ts'
import type { Site } from '../sites/load.ts'
import { readChanges } from './view-store.ts'

/** Sorts after every chat id: complete up to this number. */
const COMPLETE = '~'

/**
 * What changed for a user since a cursor `epoch.n.chat`. Without one, or with one of another epoch or ahead of the
 * clock, the answer says `reset`: load the list anew and go on from the cursor given.
 */
export async function syncSince(db: D1Database, site: Site, user: UserId, since: string | undefined): Promise<Sync> {
  const cursor = readCursor(since)
  const limit = cursor ? PAGE_CHATS : 0
  const changes = await readChanges(db, site.id, user, cursor ?? { n: 0, chat: COMPLETE }, limit)
  const { epoch, n, last } = changes
  if (!cursor || cursor.epoch !== epoch || cursor.n > n)
    return { cursor: `${epoch}.${n}.${COMPLETE}`, reset: true, chats: [], left: [], more: false }
  const next = last ?? { n, chat: COMPLETE }
  return {
    cursor: `${epoch}.${next.n}.${next.chat}`,
    reset: false,
    chats: changes.chats,
    left: changes.left,
    more: last !== null,
  }
}

function readCursor(since: string | undefined) {
  const [epoch, n, chat] = since?.split('.') ?? []
  if (!epoch || !chat || !/^\d{1,15}$/.test(n ?? '')) return null
  return { epoch, n: Number(n), chat }
}
