import type { AnalyticsQuery, ReportRange } from '../../protocol/analytics.ts'
import type { Site } from '../sites/load.ts'
import { dayAt, type Piece, piecesOf, toDay, toName } from './calendar.ts'
import type { Fold, ReadRange } from './store.ts'

/** The range where none is asked for, today included. */
const USUAL_DAYS = 30

/** Days since 1970 of the zone's calendar; both ends belong to it. */
export interface Days {
  from: number
  to: number
}

/** The range that is asked for, the one right before it, and whose midnights count. */
export function readRange(site: Site, query: AnalyticsQuery, now: number) {
  const zone = query.zone ?? site.settings.region.timeZone
  const today = dayAt(zone, now)
  const to = query.to === undefined ? today : toDay(query.to)
  const from = query.from === undefined ? to - USUAL_DAYS + 1 : toDay(query.from)
  return { zone, today, range: { from, to }, before: { from: from - (to - from + 1), to: from - 1 } }
}

export const describeRange = ({ zone, today, range, before }: ReturnType<typeof readRange>): ReportRange => ({
  from: toName(range.from),
  to: toName(range.to),
  days: range.to - range.from + 1,
  zone,
  today: toName(today),
  previous: { from: toName(before.from), to: toName(before.to) },
})

/** How the store reads these days: the folded ones, and the rest quarter by quarter. */
export function toRead(site: string, zone: string, days: Days, fold: Fold | null): ReadRange {
  const through = fold?.zone === zone ? fold.through : 0
  const edge = (day: number) => piecesOf(zone, day, day)[0] as Piece
  const firstUnfolded = Math.max(days.from, through)
  return {
    site,
    ...days,
    through,
    pieces: firstUnfolded > days.to ? [] : piecesOf(zone, firstUnfolded, days.to),
    start: edge(days.from).start,
    end: edge(days.to + 1).start,
  }
}
