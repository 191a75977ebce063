import { HOUR_MS } from '../durations.ts'

export const MOST_TRIES = 12
const FIRST_MS = 5_000
const MOST_MS = HOUR_MS

/** How long to wait after so many tries: doubling up to an hour, each anywhere between half of it and all; `random` 0 to 1. */
export function backoffMs(tries: number, random: number): number {
  const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(30, tries - 1))
  return Math.round(whole * (0.5 + random / 2))
}
