import { expect, test } from 'vitest'
import type { Message } from '../../protocol/chats.ts'
import { rowsOf } from './rows.ts'

const noon = new Date(2026, 3, 10, 12).getTime()
const message = (seq: number, side: string, minute: number, author = side): Message =>
  ({ chat: 'chat_a', seq, clientId: `${seq}`, side, author, name: null, body: '', at: noon + minute * 60_000 }) as any
const shape = (rows: ReturnType<typeof rowsOf>) =>
  rows.flatMap(({ is, day, fresh, messages }) => [
    ...(day ? ['day'] : []),
    ...(fresh ? ['fresh'] : []),
    `${is}${messages.map(({ seq }) => seq)}`,
  ])

test('one person’s messages are a run until somebody else speaks or five minutes pass', () => {
  const all = [message(1, 'seller', 0), message(2, 'seller', 1), message(3, 'customer', 2), message(4, 'customer', 30)]
  expect(shape(rowsOf(all, undefined, 'customer', null))).toEqual(['day', 'theirs1,2', 'mine3', 'mine4'])
})

test('two people of one desk are two runs', () => {
  const all = [message(1, 'seller', 0, 'ann'), message(2, 'seller', 1, 'bob')]
  expect(shape(rowsOf(all, undefined, 'customer', null))).toEqual(['day', 'theirs1', 'theirs2'])
})

test('a day begins with its label, also between blocks', () => {
  const all = [message(1, 'seller', 0), message(2, 'seller', 60 * 24)]
  expect(shape(rowsOf(all, undefined, 'customer', null))).toEqual(['day', 'theirs1', 'day', 'theirs2'])
  expect(shape(rowsOf(all.slice(1), all[0], 'customer', null))).toEqual(['day', 'theirs2'])
  expect(shape(rowsOf([message(3, 'seller', 1)], all[0], 'customer', null))).toEqual(['theirs3'])
})

test('the divider stands before the first new message and splits its run', () => {
  const all = [message(1, 'seller', 0), message(2, 'seller', 1), message(3, 'system', 2)]
  expect(shape(rowsOf(all, undefined, 'customer', { seq: 2, count: 2 }))).toEqual([
    'day',
    'theirs1',
    'fresh',
    'theirs2',
    'system3',
  ])
})
