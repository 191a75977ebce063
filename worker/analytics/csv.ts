import type { Analytics, AnalyticsTable, Counts, FirstResponse } from '../../protocol/analytics.ts'

type Cell = string | number | null
type Table = readonly Cell[][]

const COUNTS = ['Chats created', 'Messages sent', 'Active chats', 'Attachments sent']
const AVERAGE = 'Messages per active chat'
const RESPONSES = ['First responses', 'Median first response (s)', '90th percentile first response (s)', 'Unanswered']
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** One table of a report as RFC 4180 has it, with a byte order mark: without one, spreadsheets misread UTF-8. */
export const toCsv = (report: Analytics, table: AnalyticsTable): string =>
  `\ufeff${TABLES[table](report)
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')}`

const TABLES: Record<AnalyticsTable, (report: Analytics) => Table> = {
  totals: ({ range, totals, previous }) => [
    ['From', 'To', ...COUNTS, AVERAGE, ...RESPONSES],
    ...[
      { ...range, ...totals },
      { ...range.previous, ...previous },
    ].map((row) => [row.from, row.to, ...counts(row), rounded(row.averageMessages), ...responses(row)]),
  ],
  contexts: ({ contexts }) => [
    ['Context', ...COUNTS, AVERAGE],
    ...contexts.map((row) => [row.context, ...counts(row), rounded(row.averageMessages)]),
  ],
  days: ({ days }) => [['Day', ...COUNTS], ...days.map((row) => [row.day, ...counts(row)])],
  sellers: ({ sellers }) => [
    ['Seller', 'Name', 'Chats created', 'Messages sent', 'Attachments sent', ...RESPONSES],
    ...sellers.map((row) => [row.seller, row.name, row.chats, row.messages, row.attachments, ...responses(row)]),
  ],
  hours: ({ hours }) => [
    ['Weekday', 'Hour', 'Messages sent'],
    ...hours.flatMap((row, day) => row.map((n, hour) => [WEEKDAYS[day] ?? '', `${hour}`.padStart(2, '0'), n])),
  ],
}

const counts = ({ chats, messages, active, attachments }: Counts) => [chats, messages, active, attachments]

function responses({ firstResponse, unanswered }: { firstResponse: FirstResponse; unanswered: number }) {
  const { answered, medianMs, p90Ms } = firstResponse
  return [answered, seconds(medianMs), seconds(p90Ms), unanswered]
}
const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1000))
const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)

function cell(value: Cell): string {
  const text = typeof value === 'string' ? harmless(value) : `${value ?? ''}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet must not take a name for a formula (OWASP, CSV injection). */
const harmless = (text: string) => (/^\s*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text)
