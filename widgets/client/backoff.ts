const FIRST_MS = 500
// A shop that is back is noticed within 15 s, by everybody.
const LONGEST_MS = 12_000

/** How long to wait before try number `tries` (0, 1, 2 …): exponential with full jitter, so that clients spread out. */
export const backoffMs = (tries: number, random: number): number =>
  Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10)))
