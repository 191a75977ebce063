import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chat, Message, Sync } from '../../protocol/chats.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import { applyFrame, applyPage, applySync, behind, type Held, NOTHING, withMessage } from './apply.ts'

const ME = 'usr_me'
const CHATS = ['chat_a', 'chat_b', 'chat_c']

/** A server's table in small: every write takes the next change number and makes a frame. */
class Table {
  n = 0
  prev = 0
  readonly chats = new Map<string, Chat>()
  readonly messages = new Map<string, Message[]>()
  readonly frames: ServerFrame[] = []

  constructor() {
    for (const id of CHATS) {
      this.messages.set(id, [])
      this.chats.set(id, chatRow(id))
    }
  }

  write(id: string, mine: boolean) {
    const chat = this.chats.get(id)!
    const n = this.#next()
    const seq = chat.lastSeq + 1
    const body = `${id} ${seq}`
    const author = mine ? ME : 'usr_other'
    const message = {
      chat: id,
      seq,
      clientId: `c-${id}-${seq}`,
      side: mine ? 'customer' : 'seller',
      author,
      name: null,
      body,
      at: n,
    } as any
    this.messages.get(id)!.push(message)
    const unread = chat.unread + (mine ? 0 : 1)
    const readSeq = unread ? chat.readSeq : seq
    this.chats.set(id, { ...chat, lastSeq: seq, lastAt: n, last: message, unread, readSeq, changed: n })
    this.#frame({ type: 'message', n, chat: id, message } as any)
  }

  read(id: string, own: boolean) {
    const chat = this.chats.get(id)!
    const n = this.#next()
    const seq = chat.lastSeq
    const marks = own ? { readSeq: seq, unread: 0 } : { peerReadSeq: seq }
    const next = { ...chat, ...marks, changed: n }
    this.chats.set(id, next)
    const side = own ? 'customer' : 'seller'
    this.#frame({ type: 'read', n, chat: id, side, own, seq, unread: next.unread } as any)
  }

  sync(since: string | null, limit: number): Sync {
    const [, n = '0', chat = ''] = since?.split('.') ?? []
    const key = (row: Chat) => [row.changed, row.id] as const
    const beyond = [...this.chats.values()]
      .filter((row) => row.changed > Number(n) || (row.changed === Number(n) && row.id > chat))
      .sort((a, b) => key(a)[0] - key(b)[0] || (a.id < b.id ? -1 : 1))
    if (!since) return { cursor: `e.${this.n}.~`, reset: true, chats: [], left: [], more: false }
    const rows = beyond.slice(0, limit)
    const last = rows.at(-1)
    const more = beyond.length > limit
    const cursor = more && last ? `e.${last.changed}.${last.id}` : `e.${this.n}.~`
    return { cursor, reset: false, chats: rows.map((row) => ({ ...row, reset: false })), left: [], more }
  }

  #next() {
    this.prev = this.n
    this.n += 1
    return this.n
  }

  #frame(frame: any) {
    this.frames.push({ ...frame, prev: this.prev })
  }
}

function chatRow(id: string): Chat {
  const thing = { type: 'product', id, title: null, picture: null, url: null, price: null, known: true }
  const customer = { id: ME, name: null, blocked: false }
  const seller = { id: 's', name: 'S', picture: null }
  const seqs = { lastSeq: 0, lastAt: 0, last: null, unread: 0, readSeq: 0, peerReadSeq: 0, changed: 0 }
  return { id, thing, side: 'customer', state: 'open', customer, seller, ...seqs } as any
}

function catchUp(held: Held, table: Table): Held {
  for (let more = true; more; ) {
    const answer = table.sync(held.cursor, 2)
    held = applySync(held, answer)
    more = answer.more
  }
  return behind(held).reduce((now, id) => {
    const { upTo } = now.logs.get(id)!
    const messages = table.messages.get(id)!.filter(({ seq }) => seq > upTo)
    return applyPage(now, id, { messages, more: false }, { after: upTo, to: now.chats.get(id)!.lastSeq })
  }, held)
}

function opened(table: Table): Held {
  let held: Held = { ...applySync(NOTHING, table.sync(null, 50)), chats: new Map(table.chats) }
  for (const id of CHATS) held = applyPage(held, id, { messages: [...table.messages.get(id)!], more: false }, {})
  return held
}

const steps = fc.array(
  fc.record({
    chat: fc.constantFrom(...CHATS),
    is: fc.constantFrom('mine', 'theirs', 'read', 'peerRead'),
    /** 0 is lost; other numbers say when it arrives and how often. */
    fate: fc.array(fc.nat(40), { maxLength: 2 }),
    sync: fc.boolean(),
  }),
  { maxLength: 40 },
)

test('lost, late, shuffled and repeated frames with syncs in between converge to the table', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const table = new Table()
      let held = opened(table)
      const onTheWay: { due: number; frame: ServerFrame }[] = []
      plan.forEach(({ chat, is, fate, sync }, index) => {
        if (is === 'read' || is === 'peerRead') table.read(chat, is === 'read')
        else table.write(chat, is === 'mine')
        const frame = table.frames.at(-1)!
        onTheWay.push(...fate.filter((late) => late > 0).map((late) => ({ due: index + late - 1, frame })))
        const arrived = onTheWay.filter(({ due }) => due === index)
        for (const { frame } of arrived) held = applyFrame(held, frame).held
        if (sync) held = catchUp(held, table)
      })
      for (const { frame } of onTheWay.reverse()) held = applyFrame(held, frame).held
      held = catchUp(held, table)
      expect([...held.chats.values()]).toEqual([...table.chats.values()])
      for (const id of CHATS) expect(held.logs.get(id)?.messages).toEqual(table.messages.get(id))
    }),
    { numRuns: 400 },
  )
})

test('a cursor never passes a change that is not held', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const table = new Table()
      let held = opened(table)
      for (const { chat, is, fate } of plan) {
        if (is === 'read' || is === 'peerRead') table.read(chat, is === 'read')
        else table.write(chat, is === 'mine')
        if (!fate.length) continue
        held = applyFrame(held, table.frames.at(-1)!).held
        const n = Number(held.cursor?.split('.')[1])
        for (const row of table.chats.values()) {
          if (row.changed <= n)
            expect(held.chats.get(row.id)).toMatchObject({ lastSeq: row.lastSeq, unread: row.unread })
        }
      }
    }),
  )
})

test('the same message twice, as an answer and as a frame, is one', () => {
  const table = new Table()
  let held = opened(table)
  table.write('chat_a', true)
  const message = table.messages.get('chat_a')![0]!
  held = withMessage(held, message)
  held = applyFrame(held, table.frames[0]!).held
  expect(held.logs.get('chat_a')?.messages).toEqual([message])
  expect(held.chats.get('chat_a')).toMatchObject({ unread: 0, lastSeq: 1 })
})

test('a frame of a chat that is not held asks for a sync and leaves the cursor', () => {
  const table = new Table()
  const held = applySync(NOTHING, table.sync(null, 50))
  table.write('chat_a', false)
  expect(applyFrame(held, table.frames[0]!)).toMatchObject({ sync: true, held: { cursor: 'e.0.~' } })
})

test('a frame type from a newer server changes nothing', () => {
  expect(applyFrame(NOTHING, { type: 'typing' } as any)).toEqual({ held: NOTHING, sync: false })
})

test('what the server no longer has is not asked for again', () => {
  const table = new Table()
  let held = opened(table)
  for (let i = 0; i < 3; i++) table.write('chat_a', false)
  held = applySync(held, table.sync('e.0.~', 50))
  expect(behind(held)).toEqual(['chat_a'])
  held = applyPage(held, 'chat_a', { messages: [], more: false }, { after: 0, to: 3 })
  expect(behind(held)).toEqual([])
})

test('a reset drops everything and a left chat goes', () => {
  const table = new Table()
  table.write('chat_a', false)
  const held = opened(table)
  const left = applySync(held, { cursor: 'e.2.~', reset: false, chats: [], left: ['chat_a'] as any, more: false })
  expect(left.chats.has('chat_a') || left.logs.has('chat_a')).toBe(false)
  const reset = applySync(held, { cursor: 'f.1.~', reset: true, chats: [], left: [], more: false })
  expect(reset).toEqual({ ...NOTHING, cursor: 'f.1.~' })
})

test('erased words do not come back with a frame that comes late, or with a page beside a log that is gone', () => {
  const table = new Table()
  table.write('chat_a', false)
  const held = opened(table)
  const [chat, [message]] = [table.chats.get('chat_a')!, table.messages.get('chat_a')!]
  const erased = { ...message!, body: 'Removed', side: 'system', erased: true } as Message
  const answer = { cursor: 'e.2.~', reset: false, left: [], more: false }
  const row = { ...chat, last: erased, changed: 2, reset: true }
  const reset = applySync(held, { ...answer, chats: [row] })
  const beside = applyPage(reset, 'chat_a', { messages: [message!], more: false }, { before: 2 })
  expect(beside.logs.has('chat_a')).toBe(false)
  const anew = applyPage(reset, 'chat_a', { messages: [erased], more: false }, { to: 1 })
  for (const late of [applyFrame(anew, table.frames[0]!).held, withMessage(anew, message!)]) {
    expect(late.logs.get('chat_a')?.messages).toEqual([erased])
    expect(late.chats.get('chat_a')?.last).toEqual(erased)
  }
})
