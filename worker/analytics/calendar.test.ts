import { expect, it } from 'vitest'
import { dayAt, piecesOf, QUARTER_MS, spansOf, toDay, toName } from './calendar.ts'

const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
]
const [FROM, TO] = [toDay('2026-01-01'), toDay('2026-12-31')]

it.each(ZONES)('knows the day and the hour of every quarter of a year in %s', (zone) => {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const pieces = piecesOf(zone, FROM, TO)
  let next = pieces[0]!.from
  for (const { day, start, from, to, offset } of pieces) {
    expect(from).toBe(next)
    next = to
    for (const quarter of [from, Math.floor((from + to) / 2), to - 1]) {
      const local = clock.format(quarter * QUARTER_MS)
      expect(local.slice(0, 10)).toBe(toName(day))
      expect(Number(local.slice(11, 13))).toBe(Math.floor(((quarter + offset) % 96) / 4))
      expect(dayAt(zone, quarter * QUARTER_MS)).toBe(day)
    }
    expect(clock.format(start * QUARTER_MS).slice(0, 10)).toBe(toName(day))
    expect(clock.format((start - 1) * QUARTER_MS).slice(0, 10)).toBe(toName(day - 1))
  }
  expect(pieces.at(-1)!.day).toBe(TO)
})

it('has days of 23 and 25 hours, and of half an hour more where the clocks change by half an hour', () => {
  const quarters = (zone: string, day: string) =>
    piecesOf(zone, toDay(day), toDay(day)).reduce((sum, { from, to }) => sum + to - from, 0)
  expect(quarters('Europe/Vienna', '2026-03-29')).toBe(92)
  expect(quarters('Europe/Vienna', '2026-10-25')).toBe(100)
  expect(quarters('Australia/Lord_Howe', '2026-04-05')).toBe(98)
  expect(quarters('Africa/Cairo', '2026-04-24')).toBe(92)
  expect(quarters('Asia/Kathmandu', '2026-03-29')).toBe(96)
})

it('asks the system’s clock only some dozens of times a year', () => {
  expect(spansOf('Europe/Vienna', FROM * 96, TO * 96)).toHaveLength(3)
  expect(spansOf('Asia/Kolkata', FROM * 96, TO * 96)).toEqual([{ from: FROM * 96, to: TO * 96, offset: 22 }])
  expect(spansOf('UTC', 5, 5)).toEqual([])
})
