import type { Message } from '../../protocol/chats.ts'

/** What was unread when one opened the chat: `count` messages, the first of them `seq`. */
export interface Fresh {
  readonly seq: number
  readonly count: number
}

/** What one person says in one go, under the day's label and the divider where they come first. */
export interface Row {
  is: 'system' | 'mine' | 'theirs'
  /** When the day begins with it, else 0. */
  day: number
  fresh: boolean
  messages: Message[]
}

const PAUSE_MS = 5 * 60_000

const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

const speaker = (message: Message, side: string) =>
  message.side === 'system' ? 'system' : message.side === side ? 'mine' : 'theirs'

/** Messages as a log shows them: a label for each day, runs of one person, and where the new ones begin. */
export function rowsOf(
  messages: readonly Message[],
  before: Message | undefined,
  side: string,
  fresh: Fresh | null,
): Row[] {
  const rows: Row[] = []
  for (const message of messages) {
    const { at, seq, author } = message
    const is = speaker(message, side)
    const day = !before || !sameDay(before.at, at)
    const first = seq === fresh?.seq
    const goesOn = before?.author === author && at - before.at < PAUSE_MS && !day && !first
    const run = rows.at(-1)
    if (goesOn && run?.is === is) run.messages.push(message)
    else rows.push({ is, day: day ? at : 0, fresh: first, messages: [message] })
    before = message
  }
  return rows
}
