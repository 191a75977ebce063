import { render } from '../worker/notifications/render/render.ts'
import type { Figure } from './figure.ts'
import { quantile } from './median.ts'

const CHARS = 10_000
const RUNS = 5
const PIECES = [
  '[',
  '[a](',
  '*a **',
  'a**b',
  '_a_',
  '`a``',
  '> ',
  '- ',
  '<a ',
  '&amp',
  '~a~~',
  'http://a.b/(',
  'a\n=\n',
  '<',
]
const VALUES = Object.fromEntries(
  ['site_name', 'sender_name', 'recipient_name', 'last_message', 'context_type'].map((name) => [name, { text: 'x' }]),
)
const LOOK = {
  locale: 'en',
  direction: 'ltr',
  brand: 'Shop',
  accent: '#0b655f',
  card: null,
  foot: { lines: ['Why'] },
} as const

/** A template of 10 kB made to be slow, and one as long as it may be that is still read as Markdown; processor time. */
export function markdown(): Figure[] {
  const bodies = PIECES.flatMap((piece) => [fill(piece, CHARS), fill(`${piece} `, 1_900).padEnd(CHARS, ' word')])
  const slowest = Math.max(...bodies.map(millisOf))
  return [
    {
      what: 'a mail of 10 kB of pathological Markdown, the slowest',
      unit: 'ms',
      ours: slowest,
      target: { of: 'ours', most: 50 },
    },
  ]
}

const fill = (piece: string, chars: number) => piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars)

function millisOf(body: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage()
    render(
      { subject: 'S', body },
      { ...VALUES, chat_url: { url: 'https://shop.example/' } },
      { ...LOOK, foot: { lines: ['Why'] } },
    )
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.round(quantile(times, 0.5) * 10) / 10
}
