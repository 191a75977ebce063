import { DAY_MS } from '../durations.ts'

/** Activity is counted in quarters of an hour of UTC since 1970: every zone's offset is a whole number of them. */
export const QUARTER_MS = 900_000
const DAY_QUARTERS = 96
/** No zone changes its clocks twice within so short a time, there and back. */
const PROBE_QUARTERS = 7 * DAY_QUARTERS

/** A time in which a zone's clocks do not change: quarters `from` to `to` (exclusive), and how far ahead of UTC they are. */
export interface Span {
  from: number
  to: number
  offset: number
}
/** The part of a day that lies in one span. A day has one piece, or two when the clocks change on it. */
export interface Piece extends Span {
  /** Days since 1970 of the calendar. */
  day: number
  /** The day's first quarter. */
  start: number
}

export const toDay = (name: string) => Date.parse(name) / DAY_MS
export const toName = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The spans of a zone that cover the quarters `from` to `to` (exclusive). */
export function spansOf(zone: string, from: number, to: number): Span[] {
  const offsetAt = offsets(zone)
  const spans: Span[] = []
  let span: Span = { from, to: from, offset: offsetAt(from) }
  while (span.to < to) {
    const probe = Math.min(span.to + PROBE_QUARTERS, to)
    if (offsetAt(probe) === span.offset) {
      span.to = probe
      continue
    }
    const change = firstWhere(span.to, probe, (quarter) => offsetAt(quarter) !== span.offset)
    spans.push({ ...span, to: change })
    span = { from: change, to: change, offset: offsetAt(change) }
  }
  return span.to > span.from ? [...spans, span] : spans
}

/** The days `from` to `to` (both included) of a zone, piece by piece. */
export function piecesOf(zone: string, from: number, to: number): Piece[] {
  // No zone is further from UTC than 14 hours.
  const spans = spansOf(zone, (from - 1) * DAY_QUARTERS, (to + 2) * DAY_QUARTERS)
  const starts = new Map<number, number>()
  return spans.flatMap((span) => cut(span, from, to, starts))
}

function cut(span: Span, first: number, last: number, starts: Map<number, number>): Piece[] {
  const pieces: Piece[] = []
  const { offset } = span
  for (let day = dayOf(span.from, offset); day * DAY_QUARTERS - offset < span.to; day++) {
    if (day < first || day > last) continue
    const from = Math.max(span.from, day * DAY_QUARTERS - offset)
    const to = Math.min(span.to, (day + 1) * DAY_QUARTERS - offset)
    if (!starts.has(day)) starts.set(day, from)
    pieces.push({ day, start: starts.get(day) ?? from, from, to, offset })
  }
  return pieces
}

const dayOf = (quarter: number, offset: number) => Math.floor((quarter + offset) / DAY_QUARTERS)

/** The day of the calendar at a moment, in ms. */
export const dayAt = (zone: string, at: number) => {
  const quarter = Math.floor(at / QUARTER_MS)
  return dayOf(quarter, offsets(zone)(quarter))
}

/** How many quarters a zone's clocks are ahead at a quarter. */
function offsets(zone: string): (quarter: number) => number {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (quarter) => {
    const parts = clock.formatToParts(quarter * QUARTER_MS)
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'))
    return Math.floor(local / QUARTER_MS) - quarter
  }
}

/** The first whole number after `low`, up to `high`, for which it is true; it is for `high`. */
function firstWhere(low: number, high: number, is: (n: number) => boolean): number {
  let [before, found] = [low, high]
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2)
    if (is(middle)) found = middle
    else before = middle
  }
  return found
}
