/** The most events that any window of `windowMs` holds, wherever it begins; a window does not hold its own end. */
export function worstWindow(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  let worst = 0
  let first = 0
  for (const [last, at] of sorted.entries()) {
    while (at - sorted[first]! >= windowMs) first++
    worst = Math.max(worst, last - first + 1)
  }
  return worst
}
