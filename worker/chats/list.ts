import { PAGE_CHATS } from '../../protocol/bounds.ts'
import type { Chat, ChatPage, ListChats } from '../../protocol/chats.ts'
import type { UserId } from '../../protocol/ids.ts'
import type { Site } from '../sites/load.ts'
import { matcherOf } from './fold.ts'
import { listChats } from './view-store.ts'

/** A search looks through this many chats a page. */
const MOST_SEARCHED = 2_000

/** One page of a user's chats, newest first; `q` matches without regard to case, in any script. */
export async function listPage(db: D1Database, site: Site, user: UserId, query: ListChats): Promise<ChatPage> {
  const found = await listChats(db, site.id, user, {
    filter: query.filter,
    about: readAbout(query.about),
    before: readBefore(query.before),
    limit: query.q ? MOST_SEARCHED : PAGE_CHATS + 1,
  })
  const matching = query.q ? found.chats.filter(matcher(query.q)) : found.chats
  const chats = matching.slice(0, PAGE_CHATS)
  return { chats, next: nextOf(matching, found.chats), unreadChats: found.unreadChats }
}

/** Where the next page begins: after the last chat shown, or, where a search found few, after the last one looked at. */
function nextOf(matching: Chat[], seen: Chat[]): string | null {
  const last =
    matching.length > PAGE_CHATS ? matching[PAGE_CHATS - 1] : seen.length === MOST_SEARCHED ? seen.at(-1) : null
  return last ? `${last.lastAt}.${last.id}` : null
}

function matcher(q: string) {
  const matches = matcherOf(q)
  return ({ thing, customer, seller, last }: Chat) =>
    matches([thing.title, thing.id, customer.name, seller.name, last?.body])
}

function readAbout(about: string | undefined) {
  if (!about) return undefined
  const [type = '', ...id] = about.split(':')
  return { type, id: id.join(':') }
}

export function readBefore(before: string | undefined) {
  if (!before) return undefined
  const [lastAt, chat = ''] = before.split('.')
  return { lastAt: Number(lastAt), chat }
}
