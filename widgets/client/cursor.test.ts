import { expect, test } from 'vitest'
import { advance, further } from './cursor.ts'

test('a frame moves a complete cursor when nothing lies between', () => {
  expect(advance('e.5.~', { n: 9, prev: 5 })).toBe('e.9.~')
  expect(advance('e.5.~', { n: 9, prev: 3 })).toBe('e.9.~')
})

test('a frame does not move the cursor over what was missed', () => {
  expect(advance('e.5.~', { n: 9, prev: 7 })).toBeNull()
})

test('a frame does not complete a cursor in the middle of a page', () => {
  expect(advance('e.5.chat_a', { n: 6, prev: 5 })).toBeNull()
  expect(advance(null, { n: 1, prev: 0 })).toBeNull()
})

test('a late frame leaves the cursor where it is', () => {
  expect(advance('e.5.~', { n: 4, prev: 3 })).toBe('e.5.~')
})

test('an answer never moves the cursor backwards within its epoch', () => {
  expect(further('e.9.~', 'e.7.~')).toBe('e.9.~')
  expect(further('e.9.~', 'e.9.chat_a')).toBe('e.9.~')
  expect(further('e.9.chat_a', 'e.9.~')).toBe('e.9.~')
  expect(further('e.9.~', 'e.10.~')).toBe('e.10.~')
  expect(further(null, 'e.1.~')).toBe('e.1.~')
})

test('another epoch wins whatever its number', () => {
  expect(further('e.9.~', 'f.1.~')).toBe('f.1.~')
})
