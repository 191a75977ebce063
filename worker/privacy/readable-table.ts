import type { Site } from '../sites/load.ts'

export const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#13191c}
h2{margin-top:2.5rem}div{overflow-x:auto}table{border-collapse:collapse}
td,th{padding:.15rem 1rem .15rem 0;vertical-align:top;text-align:start;overflow-wrap:break-word;max-width:18rem}th{font-weight:600}
p{margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}small{color:#4d585e;display:block}a{color:inherit}
.me{margin-inline-start:3rem}@media(prefers-color-scheme:dark){body{background:#14191b;color:#e9edee}small{color:#adb7bc}}`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const text = (value: unknown) => String(value ?? '').replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')

export type Cell = string | number | null
type Line = Record<string, Cell>

/** How values are written, as HTML. */
export interface Show {
  time(at: number): string
  cell(name: string, value: Cell): string
}

const FLAGS = ['guest', 'emailVerified']

/** Writes times and sizes as the shop does. */
export function shower({ locale, timeZone }: Site['settings']['region']): Show {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const time = (at: number) => text(format.format(at))
  return {
    time,
    cell(name, value) {
      if (name === 'path') return link(String(value))
      if (typeof value !== 'number') return text(value)
      if (name.endsWith('At') || name === 'since') return time(value)
      if (FLAGS.includes(name)) return value === 1 ? 'yes' : 'no'
      return text(name === 'size' ? bytes(value, locale) : value)
    },
  }
}

/** To a file of the same zip, once it is unpacked. */
const link = (path: string) => `<a href="${text(path.split('/').map(encodeURIComponent).join('/'))}">${text(path)}</a>`

function bytes(size: number, locale: string): string {
  const [unit, of] = size < 1_000_000 ? ['kilobyte', 1000] : ['megabyte', 1_000_000]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size / of)
}

/** `lastUsedAt`: Last used at. */
const label = (name: string) => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return text(words.slice(0, 1).toUpperCase() + words.slice(1))
}

/** One thing, a line for each of what is known of it. */
export function pairs(line: Line, { cell }: Show): string {
  const lines = Object.entries(line).filter(([, value]) => value !== null)
  return `<table>${lines.map(([name, value]) => `<tr><th>${label(name)}<td>${cell(name, value)}`).join('')}</table>\n`
}

/** A row of a table; the first one brings its title and what the columns are called. The last one's end is the caller's. */
export function row(line: Line, { cell }: Show, title: string | null): string {
  const heads = Object.keys(line).map((name) => `<th>${label(name)}`)
  const cells = Object.entries(line).map(([name, value]) => `<td>${cell(name, value)}`)
  const start = title === null ? '' : `<h2>${text(title)}</h2>\n<div><table><tr>${heads.join('')}\n`
  return `${start}<tr>${cells.join('')}\n`
}

/** Several things under a title; nothing where there are none. */
export function table(title: string, lines: readonly Line[], show: Show): string {
  if (lines.length === 0) return ''
  return `${lines.map((line, at) => row(line, show, at === 0 ? title : null)).join('')}</table></div>\n`
}
