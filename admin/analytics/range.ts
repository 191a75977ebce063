/** Ranges that have a name; their days follow the calendar of the site's time zone. */
export const PRESETS = ['today', 'yesterday', 'last7', 'last30', 'last90', 'thisMonth', 'lastMonth'] as const
export type Preset = (typeof PRESETS)[number]

export interface Span {
  from: string
  to: string
}

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
/** `2026-03-29` some days on. Days of a calendar have no clock: UTC counts them rightly. */
export const shift = (day: string, days: number) => dayOf(Date.parse(day) + days * DAY_MS)

/** The day that it is in a time zone. */
export const todayIn = (zone: string, now = Date.now()) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)

const firstOf = (day: string) => `${day.slice(0, 8)}01`

const SPANS: Record<Preset, (today: string) => Span> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: shift(today, -1), to: shift(today, -1) }),
  last7: (today) => ({ from: shift(today, -6), to: today }),
  last30: (today) => ({ from: shift(today, -29), to: today }),
  last90: (today) => ({ from: shift(today, -89), to: today }),
  thisMonth: (today) => ({ from: firstOf(today), to: today }),
  lastMonth: (today) => {
    const to = shift(firstOf(today), -1)
    return { from: firstOf(to), to }
  },
}
export const spanOf = (preset: Preset, today: string) => SPANS[preset](today)

/** A choice as the address keeps it: by name, so that the link stays right tomorrow, or by its days. */
export type Choice = { preset: Preset } | Span

const isPreset = (text: string): text is Preset => (PRESETS as readonly string[]).includes(text)
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

export function readChoice(query: URLSearchParams): Choice {
  const [preset = '', from = '', to = ''] = ['range', 'from', 'to'].map((name) => query.get(name) ?? '')
  if (isDay(from) && isDay(to)) return { from, to }
  return { preset: isPreset(preset) ? preset : 'last30' }
}

export const writeChoice = (choice: Choice) =>
  new URLSearchParams('preset' in choice ? { range: choice.preset } : { ...choice }).toString()

/** Longest range of one report, in days. */
const MOST_DAYS = 366

/** Why a range cannot be asked for. */
export function faultOf({ from, to }: Span): 'noDay' | 'backwards' | 'tooLong' | null {
  if (!isDay(from) || !isDay(to)) return 'noDay'
  if (from > to) return 'backwards'
  return (Date.parse(to) - Date.parse(from)) / DAY_MS >= MOST_DAYS ? 'tooLong' : null
}
