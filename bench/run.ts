// `npm run bench`, or one half: `npm run bench -- --only server|browser`. Prints and writes `bench/results.json`.
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Figure, passes } from './figure.ts'
import { printFigures } from './print-figures.ts'

const PARTS = {
  server: async () => (await import('./measure-server.ts')).measureServer(),
  browser: async () => (await import('./measure-browser.ts')).measureBrowser(),
}
type Part = keyof typeof PARTS
interface Results {
  [part: string]: {
    at: string
    cores: number
    cpu: string
    /** Processes that wanted a core in the minute before: above `cores` others worked here too. */
    load: number
    figures: (Figure & { pass: boolean | null })[]
  }
}

const file = new URL('./results.json', import.meta.url)
const names = Object.keys(PARTS) as Part[]
const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
if (only && !names.includes(only as Part)) throw new Error(`--only takes ${names.join(' or ')}`)

const results: Results = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
let missed = 0
for (const name of names) {
  if (only && only !== name) continue
  const load = Math.round(loadavg()[0]!)
  const figures = await PARTS[name]()
  const busy =
    load > cpus().length ? ` (the machine was busy, load ${load}: read the ratios, and again when it is quiet)` : ''
  console.log(`\n${name}${busy}`)
  printFigures(figures)
  const judged = figures.map((figure) => ({ ...round(figure), pass: passes(figure) }))
  missed += judged.filter(({ pass }) => pass === false).length
  const { length: cores, 0: cpu } = cpus()
  results[name] = { at: new Date().toISOString(), cores, cpu: cpu?.model ?? '', load, figures: judged }
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
}
if (missed) console.log(`\n${missed} missed.`)
process.exitCode = missed ? 1 : 0

function round(figure: Figure): Figure {
  const short = Object.entries(figure).map(([key, value]) => [
    key,
    typeof value === 'number' ? +value.toFixed(3) : value,
  ])
  return Object.fromEntries(short)
}
