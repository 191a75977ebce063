import type { ContextType } from '../../protocol/chats.ts'
import { rowOf, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import type { Piece } from './calendar.ts'
import type { Histogram } from './response-times.ts'

/** What a report is read by. Days are those since 1970 of the zone's calendar, quarters those of UTC. */
export interface ReadRange {
  site: string
  /** First and last day. */
  from: number
  to: number
  /** The first day that is read from `activity` itself: those before are folded. */
  through: number
  /** Of the days from `through` on. */
  pieces: readonly Piece[]
  /** The range's first quarter, and the one after its last. */
  start: number
  end: number
}
export interface DayRow {
  day: number
  context: ContextType
  what: 'chat' | 'message' | 'file'
  /** Of the clock on the wall; -1 where the day is folded, and `HourRow` has it. */
  hour: number
  n: number
  /** Messages that are their chat's first of this day, and of the whole range. */
  active: number
  first: number
}
export interface SellerRow {
  seller: string
  what: DayRow['what']
  bin: number
  n: number
}
export interface HourRow {
  /** 0 is Monday. */
  weekday: number
  hour: number
  n: number
}
export interface RangeRows {
  days: DayRow[]
  replies: Histogram
  /** Chats with a question of the range that nobody has answered. */
  waiting: WaitingRow[]
}
interface WaitingRow {
  seller: string
  n: number
}
interface NameRow {
  id: string
  name: string
}
export interface DetailRows {
  sellers: SellerRow[]
  names: NameRow[]
  hours: HourRow[]
}

// ?1 site, ?2 and ?3 first and last day, ?4 the first unfolded day, ?5 pieces, ?6 and ?7 the range's quarters.
const FOLDED = 'site = ?1 AND day BETWEEN ?2 AND min(?3, ?4 - 1)'
const PIECES = `(SELECT value ->> 0 day, value ->> 1 start, value ->> 2 "from", value ->> 3 "to", value ->> 4 offset
  FROM json_each(?5))`
const UNFOLDED = `${PIECES} z CROSS JOIN activity a ON a.site = ?1 AND a.quarter >= z."from" AND a.quarter < z."to"`

// What a range needs of the quarters is read in two passes: by day and hour, and by seller.
const DAYS = `
SELECT day, context, what, -1 hour, sum(n) n, sum(iif(previous < day, n, 0)) active, sum(iif(previous < ?2, n, 0)) first
FROM activity_days WHERE ${FOLDED} GROUP BY 1, 2, 3
UNION ALL
SELECT z.day, a.context, a.what, (a.quarter + z.offset) % 96 / 4, sum(a.n), sum(iif(a.previous < z.start, a.n, 0)),
  sum(iif(a.previous < ?6, a.n, 0))
FROM ${UNFOLDED} GROUP BY 1, 2, 3, 4`

const SELLERS = `
SELECT seller, what, reply bin, sum(n) n FROM (
  SELECT seller, what, reply, n FROM activity_sellers WHERE ${FOLDED}
  UNION ALL SELECT a.seller, a.what, a.reply, a.n FROM ${UNFOLDED}) GROUP BY 1, 2, 3`

const HOURS = `SELECT (day + 3) % 7 weekday, hour, sum(n) n FROM activity_hours WHERE ${FOLDED} GROUP BY 1, 2`

/** Of a range whose sellers nobody asks for. */
const REPLIES = `
SELECT reply bin, sum(n) n FROM (
  SELECT reply, n FROM activity_replies WHERE ${FOLDED}
  UNION ALL SELECT a.reply, a.n FROM ${UNFOLDED} WHERE a.reply > 0) GROUP BY 1`

const WAITING = `
SELECT seller, count(*) n FROM chats WHERE site = ?1 AND asked_at IS NOT NULL AND answered_at IS NULL
AND asked_at >= ?6 * 900000 AND asked_at < ?7 * 900000 GROUP BY 1`

const NAMES = 'SELECT id, name FROM sellers WHERE site = ?1'
const FOLD = 'SELECT zone, through FROM activity_folds WHERE site = ?1'

export interface Fold {
  zone: string
  through: number
}
export const readFold = (db: D1Database, site: string) => db.prepare(FOLD).bind(site).first<Fold>()

/** A range with its details, the one before it, and how far the days were folded meanwhile; all of one moment. */
export async function readActivity(db: D1Database, range: ReadRange, before: ReadRange) {
  const results = await db.batch([
    ...numbered(db, [DAYS, WAITING, SELLERS, HOURS, NAMES], valuesOf(range)),
    ...numbered(db, [DAYS, WAITING, REPLIES], valuesOf(before)),
    db
      .prepare(
        "SELECT coalesce(max(zone), '') zone, coalesce(max(through), 0) through FROM activity_folds WHERE site = ?",
      )
      .bind(range.site),
  ])
  const [days, waiting, sellers, hours, names, daysBefore, waitingBefore, repliesBefore, fold] = results
  const bySeller = rowsOf<SellerRow>(sellers)
  return {
    range: {
      days: rowsOf<DayRow>(days),
      waiting: rowsOf<WaitingRow>(waiting),
      replies: bySeller.filter(({ bin }) => bin > 0),
    },
    details: { sellers: bySeller, names: rowsOf<NameRow>(names), hours: rowsOf<HourRow>(hours) },
    before: {
      days: rowsOf<DayRow>(daysBefore),
      waiting: rowsOf<WaitingRow>(waitingBefore),
      replies: rowsOf<Histogram[number]>(repliesBefore),
    },
    fold: rowOf<Fold>(fold),
  }
}

const valuesOf = ({ site, from, to, through, pieces, start, end }: ReadRange) => [
  site,
  from,
  to,
  through,
  JSON.stringify(pieces.map((piece) => [piece.day, piece.start, piece.from, piece.to, piece.offset])),
  start,
  end,
]
