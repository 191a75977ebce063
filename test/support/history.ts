import type { makeSite } from './site.ts'

export interface PastChat {
  id: string
  context: 'product' | 'order' | 'post'
  seller: string
  at: number
  messages: PastMessage[]
}
export interface PastMessage {
  side: 'customer' | 'seller' | 'system'
  at: number
  /** How many came with it. */
  files?: number
}
type Db = Parameters<typeof makeSite>[0]

const ROWS_AT_ONCE = 2000

/** Writes chats of the past as the worker's own statements would have: into the tables, in the order of each chat. */
export async function writePast(db: Db, site: string, chats: readonly PastChat[]) {
  const columns = `id, site, customer, seller, context, thing, state, last_seq, last_at, started_by, started_at`
  await inParts(chats, (part) =>
    db
      .prepare(
        `INSERT INTO chats (${columns}) SELECT j.value ->> 'id', ?1, 'usr_' || (j.value ->> 'id'), j.value ->> 'seller',
         j.value ->> 'context', j.value ->> 'id', 'open', 0, j.value ->> 'at', 'usr', j.value ->> 'at' FROM json_each(?2) j`,
      )
      .bind(site, JSON.stringify(part.map(({ messages: _, ...chat }) => chat))),
  )
  const numbered = chats.flatMap(({ id, messages }) =>
    messages.map((message, i) => ({ chat: id, seq: i + 1, ...message })),
  )
  for (const round of toRounds(numbered)) {
    await inParts(round, (part) => db.prepare(MESSAGES).bind(JSON.stringify(part)))
    const last = round.filter(({ side }) => side === 'system')
    await inParts(last, (part) => db.prepare(ADVANCE).bind(JSON.stringify(part)))
  }
}

const MESSAGES = `
INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed, attachments)
SELECT j.value ->> 'chat', j.value ->> 'seq', 'usr_' || (j.value ->> 'side'), j.value ->> 'side', j.value ->> 'seq', 'x',
  j.value ->> 'at', 1, coalesce(j.value ->> 'files', 0) FROM json_each(?1) j`
const ADVANCE = `
UPDATE chats SET last_seq = j.value ->> 'seq', last_at = j.value ->> 'at' FROM json_each(?1) j WHERE chats.id = j.value ->> 'chat'`

type Numbered = PastMessage & { chat: string; seq: number }

/** The system's messages bring the statement that moves their chat on, so each ends a round for its chat. */
function toRounds(messages: readonly Numbered[]): Numbered[][] {
  const systemBefore = new Map<string, number>()
  const rounds: Numbered[][] = []
  for (const message of messages) {
    const round = systemBefore.get(message.chat) ?? 0
    rounds[round] ??= []
    rounds[round].push(message)
    if (message.side === 'system') systemBefore.set(message.chat, round + 1)
  }
  return rounds
}

async function inParts<T>(rows: readonly T[], write: (part: T[]) => { run(): Promise<unknown> }) {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) await write(rows.slice(i, i + ROWS_AT_ONCE)).run()
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
