import type { Chat, Message, MessagePage, Sync } from '../../protocol/chats.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import { advance, further } from './cursor.ts'

/** Messages of one chat in rising `seq`. */
export interface Log {
  readonly messages: readonly Message[]
  /** There are earlier ones on the server. */
  readonly older: boolean
  /** Everything from the first held up to this `seq` is held. */
  readonly upTo: number
}

/** What a browser holds of the server's table. Applying the same thing twice, or late, changes nothing. */
export interface Held {
  readonly cursor: string | null
  readonly chats: ReadonlyMap<string, Chat>
  readonly logs: ReadonlyMap<string, Log>
}

export const NOTHING: Held = { cursor: null, chats: new Map(), logs: new Map() }

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value)

/** A row read from the server replaces ours unless ours has seen a later change. */
export function withChat(held: Held, chat: Chat): Held {
  const mine = held.chats.get(chat.id)
  return mine && mine.changed > chat.changed ? held : { ...held, chats: put(held.chats, chat.id, chat) }
}

const less = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> =>
  new Map([...map].filter(([other]) => other !== key))

const dropLog = (held: Held, id: string): Held => ({ ...held, logs: less(held.logs, id) })

export const without = (held: Held, id: string): Held => ({ ...dropLog(held, id), chats: less(held.chats, id) })

/** The list's row follows a message; what my own side wrote is not unread. */
function rowAfter(chat: Chat, message: Message, n: number): Chat {
  const changed = Math.max(chat.changed, n)
  if (message.seq <= chat.lastSeq) return { ...chat, changed }
  // The system speaks for the seller.
  const theirs = (message.side === 'customer') !== (chat.side === 'customer')
  const unread = chat.unread + (theirs && message.seq > chat.readSeq ? 1 : 0)
  // As the server has it: who had read everything has read their own words too.
  const readSeq = theirs || unread ? chat.readSeq : Math.max(chat.readSeq, message.seq)
  return { ...chat, changed, unread, readSeq, last: message, lastSeq: message.seq, lastAt: message.at }
}

/** What is held already is no news: a frame that comes late must not bring erased words back. */
const logAfter = (log: Log, message: Message): Log =>
  message.seq === log.upTo + 1 ? { ...log, messages: [...log.messages, message], upTo: message.seq } : log

/** One message, by frame or as the answer to a send. One beyond a hole waits for `behind` to fetch what lies between. */
export function withMessage(held: Held, message: Message, n = 0): Held {
  const chat = held.chats.get(message.chat)
  const log = held.logs.get(message.chat)
  return {
    ...held,
    chats: chat ? put(held.chats, chat.id, rowAfter(chat, message, n)) : held.chats,
    logs: log ? put(held.logs, message.chat, logAfter(log, message)) : held.logs,
  }
}

function withRead(held: Held, frame: Extract<ServerFrame, { type: 'read' }>): Held {
  const chat = held.chats.get(frame.chat)
  // A late one: the row is newer, or a sync that will make it so is on its way.
  if (!chat || frame.n <= chat.changed) return held
  let next: Chat = { ...chat, changed: frame.n }
  if (frame.own && frame.seq >= chat.readSeq) next = { ...next, readSeq: frame.seq, unread: frame.unread }
  if (frame.side !== chat.side) next = { ...next, peerReadSeq: Math.max(chat.peerReadSeq, frame.seq) }
  return { ...held, chats: put(held.chats, chat.id, next) }
}

/** `sync`: something may be missing, ask for it. */
export function applyFrame(held: Held, frame: ServerFrame): { held: Held; sync: boolean } {
  if (frame.type === 'sync')
    return { held, sync: !frame.upTo || !advance(held.cursor, { n: frame.upTo, prev: frame.upTo }) }
  if (frame.type !== 'message' && frame.type !== 'read') return { held, sync: false }
  const applied = frame.type === 'read' ? withRead(held, frame) : withMessage(held, frame.message, frame.n)
  // A cursor past a chat that is not held would hide that chat from /sync.
  const cursor = held.chats.has(frame.chat) ? advance(held.cursor, frame) : null
  return cursor ? { held: { ...applied, cursor }, sync: false } : { held: applied, sync: true }
}

/** One answer of `/sync`. */
export function applySync(held: Held, answer: Sync): Held {
  if (answer.reset) held = NOTHING
  for (const { reset, ...chat } of answer.chats) held = withChat(reset ? dropLog(held, chat.id) : held, chat)
  for (const id of answer.left) held = without(held, id)
  return { ...held, cursor: further(held.cursor, answer.cursor) }
}

/** Which page was asked for; the newest without either. `to`: the chat's last `seq` that was known when asking. */
export type Range = { before?: number; after?: number; to?: number }

/** One page of history beside what is held; the newest page replaces it. Beside nothing there is no place for one. */
export function applyPage(held: Held, id: string, page: MessagePage, { before, after, to = 0 }: Range): Held {
  const log = held.logs.get(id)
  const { messages, more } = page
  const last = messages.at(-1)?.seq ?? 0
  const next = (log: Log) => ({ ...held, logs: put(held.logs, id, log) })
  if (before === undefined && after === undefined) return next({ messages, older: more, upTo: Math.max(last, to) })
  if (!log) return held
  if (after === undefined) {
    const first = log.messages[0]?.seq ?? Number.POSITIVE_INFINITY
    return next({ ...log, messages: [...messages.filter(({ seq }) => seq < first), ...log.messages], older: more })
  }
  const fresh = messages.filter(({ seq }) => seq > log.upTo)
  // What the server no longer has is not a hole.
  return next({ ...log, messages: [...log.messages, ...fresh], upTo: Math.max(log.upTo, last, more ? 0 : to) })
}

/** Chats whose log is held but ends before the chat's last message. */
export const behind = (held: Held): string[] =>
  [...held.logs].filter(([id, log]) => log.upTo < (held.chats.get(id)?.lastSeq ?? 0)).map(([id]) => id)
