import type {
  Analytics,
  AnalyticsQuery,
  ContextCounts,
  Counts,
  DayCounts,
  SellerCounts,
  Totals,
} from '../../protocol/analytics.ts'
import { ContextType } from '../../protocol/chats.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { toName } from './calendar.ts'
import { setDue } from './fold-store.ts'
import { type Days, describeRange, readRange, toRead } from './range.ts'
import { responseTimes } from './response-times.ts'
import { type DayRow, type DetailRows, type HourRow, type RangeRows, readActivity, readFold } from './store.ts'

/** What happened at a site in a range of days, and in as many days before. `now` decides which day is today. */
export async function makeReport(env: Env, site: Site, query: AnalyticsQuery, now: number): Promise<Analytics> {
  const asked = readRange(site, query, now)
  const { range, before } = asked
  const read = await readBoth(env, site, asked)
  return {
    range: describeRange(asked),
    totals: totalsOf(read.range),
    previous: totalsOf(read.before),
    contexts: ContextType.options.map((context) => contextOf(context, read.range.days)),
    days: daysOf(range, read.range.days),
    previousDays: daysOf(before, read.before.days),
    sellers: sellersOf(read.details, read.range.waiting),
    hours: hoursOf(read.details.hours, read.range.days),
  }
}

/** Folding may begin anew between two looks at the database, after a change of the site's time zone. */
async function readBoth(env: Env, site: Site, { zone, range, before }: ReturnType<typeof readRange>) {
  const db = database(env, site.db)
  for (;;) {
    const fold = await readFold(db, site.id)
    if (fold && fold.zone !== site.settings.region.timeZone) await setDue(db, site.id, 0)
    const read = await readActivity(db, toRead(site.id, zone, range, fold), toRead(site.id, zone, before, fold))
    if (!fold || fold.zone !== zone || (read.fold.zone === zone && read.fold.through >= fold.through)) return read
  }
}

type Row = Pick<DayRow, 'what' | 'n'> & { active: number }

const NONE: Counts = { chats: 0, messages: 0, active: 0, attachments: 0 }

function add(counts: Counts, { what, n, active }: Row): Counts {
  if (what === 'chat') return { ...counts, chats: counts.chats + n }
  if (what === 'file') return { ...counts, attachments: counts.attachments + n }
  return { ...counts, messages: counts.messages + n, active: counts.active + active }
}

/** A chat that was active on two days of the range is one. */
const overRange = (days: readonly DayRow[]) =>
  days.map(({ what, n, first }) => ({ what, n, active: first })).reduce(add, NONE)

const average = ({ messages, active }: Counts) => (active === 0 ? null : messages / active)

function totalsOf({ days, replies, waiting }: RangeRows): Totals {
  const counts = overRange(days)
  return {
    ...counts,
    averageMessages: average(counts),
    firstResponse: responseTimes(replies),
    unanswered: waiting.reduce((sum, { n }) => sum + n, 0),
  }
}

function contextOf(context: ContextType, days: readonly DayRow[]): ContextCounts {
  const counts = overRange(days.filter((row) => row.context === context))
  return { context, ...counts, averageMessages: average(counts) }
}

function daysOf({ from, to }: Days, rows: readonly DayRow[]): DayCounts[] {
  const byDay = Map.groupBy(rows, ({ day }) => day)
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    day: toName(from + i),
    ...(byDay.get(from + i) ?? []).reduce(add, NONE),
  }))
}

function sellersOf({ sellers, names }: DetailRows, waiting: RangeRows['waiting']): SellerCounts[] {
  const bySeller = Map.groupBy(sellers, ({ seller }) => seller)
  const ids = new Set([...bySeller.keys(), ...waiting.map(({ seller }) => seller)])
  const all = [...ids].map((seller): SellerCounts => {
    const rows = bySeller.get(seller) ?? []
    const { chats, messages, attachments } = rows.map((row) => ({ ...row, active: 0 })).reduce(add, NONE)
    return {
      seller,
      // A desk that is gone is known by its id.
      name: names.find(({ id }) => id === seller)?.name ?? seller,
      chats,
      messages,
      attachments,
      firstResponse: responseTimes(rows.filter(({ bin }) => bin > 0)),
      unanswered: waiting.find((row) => row.seller === seller)?.n ?? 0,
    }
  })
  return all.sort((one, other) => other.messages - one.messages || (one.name < other.name ? -1 : 1))
}

function hoursOf(folded: readonly HourRow[], days: readonly DayRow[]): number[][] {
  const table = Array.from({ length: 7 }, () => Array<number>(24).fill(0))
  const unfolded = days.filter(({ what, hour }) => what === 'message' && hour >= 0)
  // Day 0, 1 January 1970, was a Thursday.
  for (const { weekday, hour, n } of [...folded, ...unfolded.map((row) => ({ ...row, weekday: (row.day + 3) % 7 }))]) {
    const row = table[weekday]
    if (row) row[hour] = (row[hour] ?? 0) + n
  }
  return table
}
