import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiError } from './api.ts'
import { heads, type Pending, refused } from './outbox.ts'

const entry = (clientId: string, chat = 'chat_a', more: Partial<Pending> = {}): Pending => ({
  clientId,
  chat,
  body: 'x',
  at: 0,
  ...more,
})

test('only the first of each chat may go out', () => {
  const entries = [entry('1'), entry('2'), entry('3', 'chat_b')]
  expect(heads(entries).map(({ clientId }) => clientId)).toEqual(['1', '3'])
})

test('one that failed holds nobody up, one that waits for a limit does', () => {
  expect(heads([entry('1', 'chat_a', { code: 'invalid' }), entry('2')])[0]?.clientId).toBe('2')
  expect(heads([entry('1', 'chat_a', { code: 'burst_limited', notBefore: 9 }), entry('2')])[0]?.clientId).toBe('1')
})

test('a limit keeps the message and says when it goes', () => {
  const kept = refused(entry('1'), new ApiError('messages_limited', 8000), 1000, 0.5)
  expect(kept).toMatchObject({ code: 'messages_limited', notBefore: 9000 })
  expect(heads([kept])).toEqual([kept])
})

test('a lost network, a busy server and an ended session are tried again by themselves', () => {
  for (const code of [
    'offline',
    'unavailable',
    'internal',
    'session_ended',
    'session_required',
    'assertion_invalid',
  ] as const) {
    const kept = refused(entry('1', 'chat_a', { tries: 2 }), new ApiError(code), 1000, 1)
    expect(kept).toMatchObject({ tries: 3, notBefore: 5000 })
    expect(kept.code).toBeUndefined()
  }
})

test('a refusal that time does not change waits for a person', () => {
  for (const code of [
    'chat_closed',
    'blocked',
    'not_found',
    'invalid',
    'client_id_reused',
    'seller_unknown',
  ] as const) {
    const kept = refused(entry('1', 'chat_a', { notBefore: 3, tries: 2 }), new ApiError(code), 1000, 1)
    expect(heads([kept])).toEqual([])
    expect(kept.code).toBe(code)
  }
})

test('whatever is refused keeps its id, its words and its chat', () => {
  const codes = fc.constantFrom('offline' as const, 'burst_limited' as const, 'chat_closed' as const)
  fc.assert(
    fc.property(codes, fc.nat(60_000), fc.nat(9), (code, retryAfterMs, tries) => {
      const before = entry('1', 'chat_a', { tries })
      expect(refused(before, new ApiError(code, retryAfterMs), 5, 0.5)).toMatchObject({
        clientId: '1',
        chat: 'chat_a',
        body: 'x',
        at: 0,
      })
    }),
  )
})
