import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts'

const UNITS = [
  [DAY_MS, 'day', 'days'],
  [HOUR_MS, 'hour', 'hours'],
  [MINUTE_MS, 'minute', 'minutes'],
  [1_000, 'second', 'seconds'],
] as const

/** How long a time is, in words: `3 hours`. */
export function howLong(ms: number): string {
  for (const [unit, one, many] of UNITS) {
    const count = Math.floor(ms / unit)
    if (count >= 1) return `${count} ${count === 1 ? one : many}`
  }
  return 'less than a second'
}
