import type { FirstResponse } from '../../protocol/analytics.ts'

/** Each bin is this much wider than the one before, so that a bin's middle is at most 4 % from any time in it. */
export const BIN_RATIO = 1.08
/** Bin 1 begins here; what is faster counts as this fast. Bin 0 is no first response. */
export const FIRST_BIN_MS = 1000

/** How many first responses took how long. */
export type Histogram = readonly { bin: number; n: number }[]

/** Median and 90th percentile by the nearest rank. */
export function responseTimes(histogram: Histogram): FirstResponse {
  const bins = histogram.toSorted((one, other) => one.bin - other.bin)
  const answered = bins.reduce((sum, { n }) => sum + n, 0)
  return { answered, medianMs: quantile(bins, answered, 0.5), p90Ms: quantile(bins, answered, 0.9) }
}

function quantile(bins: Histogram, answered: number, share: number): number | null {
  let rank = Math.ceil(answered * share)
  for (const { bin, n } of bins) {
    rank -= n
    if (rank <= 0) return middle(bin)
  }
  return null
}

const middle = (bin: number) => Math.round(FIRST_BIN_MS * BIN_RATIO ** (bin - 0.5))
