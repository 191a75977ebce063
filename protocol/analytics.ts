import * as z from 'zod'
import { ContextType } from './chats.ts'
import { TimeZone } from './settings/region.ts'

const DAY_MS = 86_400_000
/** The longest range of one report: a year, leap day included. */
export const MAX_REPORT_DAYS = 366

/** A day of the calendar, `2026-03-29`: from midnight to midnight in the report's time zone. */
export const Day = z.iso.date('must be a day such as 2026-03-29')

const count = z.number().int().min(0)

/** Both ends belong to the range. Without them it is the last 30 days, today included; the zone is the site's unless said. */
const RangeQuery = z.strictObject({ from: Day.optional(), to: Day.optional(), zone: TimeZone.optional() })

export const AnalyticsQuery = RangeQuery.superRefine(checkRange)

/** Which table of the report. */
export const AnalyticsTable = z.enum(['totals', 'contexts', 'days', 'sellers', 'hours'])
export const AnalyticsCsvQuery = RangeQuery.extend({ table: AnalyticsTable }).superRefine(checkRange)

/** What happened. `active`: chats in which something was written, each once. System lines are counted in `messages`. */
export const Counts = z.strictObject({ chats: count, messages: count, active: count, attachments: count })

/**
 * From a customer's first message of a chat to the first answer that a person gave, in ms, within 5 %. Counted where
 * that answer came within the range; null where none did.
 */
export const FirstResponse = z.strictObject({
  answered: count,
  medianMs: count.nullable(),
  p90Ms: count.nullable(),
})

/** `averageMessages`: messages for each active chat. `unanswered`: asked within the range, and nobody has answered yet. */
export const Totals = Counts.extend({
  averageMessages: z.number().nullable(),
  firstResponse: FirstResponse,
  unanswered: count,
})
export const ContextCounts = Counts.extend({ context: ContextType, averageMessages: z.number().nullable() })
export const DayCounts = Counts.extend({ day: Day })
export const SellerCounts = z.strictObject({
  seller: z.string(),
  name: z.string(),
  chats: count,
  messages: count,
  attachments: count,
  firstResponse: FirstResponse,
  unanswered: count,
})

/** `previous` are as many days right before. */
export const ReportRange = z.strictObject({
  from: Day,
  to: Day,
  days: count,
  zone: z.string(),
  today: Day,
  previous: z.strictObject({ from: Day, to: Day }),
})

export const Analytics = z.strictObject({
  range: ReportRange,
  totals: Totals,
  previous: Totals,
  /** Product, order, post, in this order. */
  contexts: z.array(ContextCounts),
  /** Every day of the range, the first one first. */
  days: z.array(DayCounts),
  previousDays: z.array(DayCounts),
  /** Those with anything to tell, the busiest first. */
  sellers: z.array(SellerCounts),
  /** Messages by weekday (Monday first) and hour of the clock on the wall. */
  hours: z.array(z.array(count).length(24)).length(7),
})

export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>
export type AnalyticsTable = z.infer<typeof AnalyticsTable>
export type Counts = z.infer<typeof Counts>
export type FirstResponse = z.infer<typeof FirstResponse>
export type Totals = z.infer<typeof Totals>
export type ContextCounts = z.infer<typeof ContextCounts>
export type DayCounts = z.infer<typeof DayCounts>
export type SellerCounts = z.infer<typeof SellerCounts>
export type ReportRange = z.infer<typeof ReportRange>
export type Analytics = z.infer<typeof Analytics>

function checkRange({ from, to }: z.infer<typeof RangeQuery>, context: z.RefinementCtx) {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (from === undefined && to === undefined) return
  if (from === undefined) return refuse('from', 'must be there when `to` is')
  if (to === undefined) return refuse('to', 'must be there when `from` is')
  if (from < '2000-01-01') return refuse('from', 'must not be before 2000-01-01')
  if (from > to) return refuse('from', 'must not be after `to`')
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days > MAX_REPORT_DAYS) refuse('to', `must be at most ${MAX_REPORT_DAYS} days on; these are ${days} days`)
}
