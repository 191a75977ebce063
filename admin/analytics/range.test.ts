import { describe, expect, it, test } from 'vitest'
import { faultOf, readChoice, shift, spanOf, todayIn, writeChoice } from './range.ts'

describe('a range with a name', () => {
  test.each([
    ['today', '2024-03-01', '2024-03-01'],
    ['yesterday', '2024-02-29', '2024-02-29'],
    ['last7', '2024-02-24', '2024-03-01'],
    ['last30', '2024-02-01', '2024-03-01'],
    ['last90', '2023-12-03', '2024-03-01'],
    ['thisMonth', '2024-03-01', '2024-03-01'],
    ['lastMonth', '2024-02-01', '2024-02-29'],
  ] as const)('%s has its days', (preset, from, to) => {
    expect(spanOf(preset, '2024-03-01')).toEqual({ from, to })
  })

  it('reaches over the end of a year', () => {
    expect(spanOf('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(shift('2025-12-31', 1)).toBe('2026-01-01')
  })

  it('begins with the day of the site, not of the reader', () => {
    const justBeforeMidnight = Date.parse('2026-03-28T18:29:00Z')
    expect(todayIn('Asia/Kolkata', justBeforeMidnight)).toBe('2026-03-28')
    expect(todayIn('Asia/Kolkata', justBeforeMidnight + 60_000)).toBe('2026-03-29')
    expect(todayIn('America/New_York', justBeforeMidnight + 60_000)).toBe('2026-03-28')
  })
})

describe('a link', () => {
  it('keeps the range', () => {
    for (const choice of [{ preset: 'last90' as const }, { from: '2026-01-01', to: '2026-02-01' }])
      expect(readChoice(new URLSearchParams(writeChoice(choice)))).toEqual(choice)
  })

  it('that says nonsense is the last thirty days', () => {
    for (const query of ['', 'range=forever', 'from=x&to=y', 'from=2026-01-01'])
      expect(readChoice(new URLSearchParams(query))).toEqual({ preset: 'last30' })
  })
})

test.each([
  ['2026-01-02', '2026-01-01', 'backwards'],
  ['1976-01-01', '2026-01-01', 'tooLong'],
  ['', '2026-01-01', 'noDay'],
  ['2024-01-01', '2024-12-31', null],
] as const)('%s to %s: %s', (from, to, fault) => {
  expect(faultOf({ from, to })).toBe(fault)
})
