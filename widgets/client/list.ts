import type { Chat, ChatFilter } from '../../protocol/chats.ts'

/** The chat list as somebody looks at it. */
export interface List {
  readonly filter: ChatFilter
  readonly q: string
  /** What the server found for `q`. */
  readonly found: readonly string[] | null
  /** The list is complete down to this time. */
  readonly floor: number
  readonly next: string | null
  readonly status: 'loading' | 'ready' | 'failed'
}

export const WHOLE_LIST: List = { filter: 'all', q: '', found: null, floor: 0, next: null, status: 'loading' }

/** The rows to show, newest first. A chat that is being looked at stays although it is no longer unread. */
export function listed(chats: ReadonlyMap<string, Chat>, list: List, looking?: string | null): Chat[] {
  const { filter, found, floor } = list
  const fits = (chat: Chat) =>
    filter === 'all' || (filter === 'unread' ? chat.unread > 0 || chat.id === looking : chat.thing.type === filter)
  const rows = [...chats.values()].filter(
    (chat) => fits(chat) && (found ? found.includes(chat.id) : chat.lastAt >= floor),
  )
  return rows.sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1))
}
