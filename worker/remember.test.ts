import { afterEach, expect, it, vi } from 'vitest'
import { remember } from './remember.ts'

afterEach(() => void vi.useRealTimers())

it('reads once while it is fresh, and again after that', async () => {
  vi.useFakeTimers()
  const read = vi.fn(async () => 'value')
  const memory = remember<string>(5_000)
  for (let i = 0; i < 3; i++) expect(await memory.get('a', read)).toBe('value')
  expect(read).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5_000)
  await memory.get('a', read)
  expect(read).toHaveBeenCalledTimes(2)
})

it('shares no promise: who asks while somebody else reads, reads too', async () => {
  const read = vi.fn(async () => 'value')
  const memory = remember<string>(5_000)
  expect(await Promise.all([memory.get('a', read), memory.get('a', read)])).toEqual(['value', 'value'])
  expect(read).toHaveBeenCalledTimes(2)
})

it('keeps nothing that was read before a change', async () => {
  const memory = remember<string>(5_000)
  let answer: (value: string) => void = () => undefined
  const slow = memory.get('a', () => new Promise((resolve) => (answer = resolve)))
  memory.forget('a')
  answer('old')
  expect(await slow).toBe('old')
  expect(await memory.get('a', async () => 'new')).toBe('new')
  expect(await memory.get('a', async () => 'never read')).toBe('new')
})

it('keeps no failure', async () => {
  const memory = remember<string>()
  await expect(memory.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await memory.get('a', async () => 'there')).toBe('there')
})
