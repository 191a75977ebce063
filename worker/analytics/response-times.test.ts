import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BIN_RATIO, FIRST_BIN_MS, responseTimes } from './response-times.ts'

/** As the database does it (migrations/0007_analytics.sql). */
const binOf = (ms: number) => 1 + Math.trunc(Math.log(Math.max(ms, FIRST_BIN_MS) / FIRST_BIN_MS) / Math.log(BIN_RATIO))

it('is within 5 % of the exact percentile, whatever the times are', () => {
  const times = fc.array(fc.integer({ min: FIRST_BIN_MS, max: 90 * 86_400_000 }), { minLength: 1, maxLength: 300 })
  const check = (list: number[]) => {
    const bins = Map.groupBy(list, binOf)
    const { answered, medianMs, p90Ms } = responseTimes([...bins].map(([bin, { length: n }]) => ({ bin, n })))
    const sorted = list.toSorted((one, other) => one - other)
    const exact = (share: number) => sorted[Math.ceil(list.length * share) - 1] ?? Number.NaN
    expect(answered).toBe(list.length)
    expect(Math.abs((medianMs ?? 0) / exact(0.5) - 1)).toBeLessThan(0.05)
    expect(Math.abs((p90Ms ?? 0) / exact(0.9) - 1)).toBeLessThan(0.05)
  }
  fc.assert(fc.property(times, check), { numRuns: 200 })
})

it('says nothing where nobody has answered', () => {
  expect(responseTimes([])).toEqual({ answered: 0, medianMs: null, p90Ms: null })
})
