import type { Chat } from '../../protocol/chats.ts'
import type { ChatStore, ChatsState } from '../client/store.ts'
import type { Page } from './page.ts'

const keyOf = ({ type, id }: { type: string; id: string }) => `${type}:${id}`

const shown = ({ id, thing, side, seller }: Chat) => ({
  chat: id,
  about: { type: thing.type, id: thing.id },
  side,
  seller: seller.id,
})

type Told = [name: string, detail: unknown]

/** Makes events for the page of what changes in the store, and tells new buttons what is known. */
export function tell({ host, looks, end }: Page, store: ChatStore) {
  const told = new WeakSet<Element>(document.querySelectorAll('shopbell-start-chat'))
  /** Things that a first message is on its way about; it may be gone before its chat is here. */
  const started = new Set<string>()
  let last: ChatsState | undefined

  const compare = () => {
    const [before, now] = [last, store.state]
    last = now
    for (const { start } of now.pending) if (start) started.add(keyOf(start.context))
    for (const event of [...person(before, now), ...troubles(before, now)]) host.emit(...event)
    // What is there when somebody comes is no news.
    if (before?.cursor && now.cursor && before.me?.id === now.me?.id)
      for (const event of news(before, now, started)) host.emit(...event)
  }
  const greet = () => {
    const fresh = [...document.querySelectorAll('shopbell-start-chat')].filter((button) => !told.has(button))
    if (!fresh.length) return
    for (const button of fresh) told.add(button)
    const { chats, unread } = store.state
    host.emit('chats', { chats: [...chats.values()], unread })
  }
  looks.add(greet)
  store.addEventListener('change', compare, { signal: end.signal })
  compare()
}

function* person(before: ChatsState | undefined, { me, unread }: ChatsState): Generator<Told> {
  if (before?.me?.id !== me?.id) yield ['identity', { user: me && { id: me.id, name: me.name, role: me.role } }]
  if ((before?.unread ?? 0) !== unread) yield ['unread', { count: unread }]
}

/** A connection that cannot be had, a message that was refused. */
function* troubles(before: ChatsState | undefined, { connection, pending }: ChatsState): Generator<Told> {
  if ('code' in connection && connection !== before?.connection) yield ['error', { code: connection.code }]
  const known = new Set(before?.pending.map(({ clientId, code }) => clientId + code))
  for (const { clientId, code } of pending) if (code && !known.has(clientId + code)) yield ['error', { code }]
}

/** What is new in each chat: that it is there, and its newest message. Takes from `started` what has become a chat. */
function* news(before: ChatsState, { chats }: ChatsState, started: Set<string>): Generator<Told> {
  for (const chat of chats.values()) {
    const then = before.chats.get(chat.id)
    // Others that appear are old ones, loaded now.
    const fresh = !then && started.delete(keyOf(chat.thing))
    if (fresh) yield ['chat:created', shown(chat)]
    if (then === chat || !(then || fresh) || !chat.last || chat.last.seq <= (then?.lastSeq ?? 0)) continue
    const { seq, side, body } = chat.last
    yield [side === chat.side ? 'message:sent' : 'message:received', { ...shown(chat), message: { seq, body } }]
  }
}
