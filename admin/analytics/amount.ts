import { number } from '../locales/say.ts'

const unit = (value: number, name: string) =>
  number(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 })

/** How long something took, in the one or two units that matter. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return unit(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return unit(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 ? `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}` : unit(hours, 'hour')
  return unit(Math.round(hours / 24), 'day')
}

export const tenths = (value: number) => number(value, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
export const percent = (value: number) => number(value, { style: 'percent', maximumFractionDigits: 0 })
