import { expect, it } from 'vitest'
import { backoffMs, MOST_TRIES } from './backoff.ts'
import { Pace } from './pace.ts'

it('hands out so many moments a second, and saves up none', () => {
  const pace = new Pace()
  expect(pace.take(0, 2)).toBe(0)
  expect(pace.take(0, 2)).toBe(510)
  expect(pace.take(0, 2)).toBe(1020)
  expect(pace.take(100_000, 2)).toBe(0)
  expect(pace.take(100_000, 100)).toBe(510)
})

it('hands out none while the provider rests, however often that is said', () => {
  const pace = new Pace()
  pace.rest(0, 5000)
  pace.rest(0, 1000)
  expect(pace.restMs(4000)).toBe(1000)
  expect(pace.take(1000, 2)).toBe(4000)
  expect(pace.restMs(5000)).toBe(0)
})

it('waits twice as long after each try, up to an hour, and never all at once', () => {
  expect([1, 2, 3, 12].map((tries) => backoffMs(tries, 1))).toEqual([5_000, 10_000, 20_000, 3_600_000])
  expect(backoffMs(3, 0)).toBe(10_000)
  const whole = Array.from({ length: MOST_TRIES }, (_, i) => backoffMs(i + 1, 1)).reduce((a, b) => a + b)
  expect(whole).toBeLessThan(23 * 3_600_000)
})
