import type { Browser } from 'playwright-core'
import { styles } from '../widgets/my-chats/log.css.ts'
import { accent } from '../widgets/styles/accent.ts'
import { controls } from '../widgets/styles/controls.ts'
import { tokens } from '../widgets/styles/tokens.ts'
import { conversation, type Line } from './conversation.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'
import { builtFiles, fileOf, servePages } from './serve-pages.ts'
import { openSlowPage } from './slow-page.ts'

const RUNS = 9
const SIZES = [1_000, 10_000] as const
const APPENDS = 30

interface Measured {
  openMs: number
  openCpuMs: number
  appendCpuMs: number
  elements: number
}
interface Pair {
  ours: Measured
  floor: Measured
}
/** What `prepare` leaves in the page. */
interface Rig {
  open(lines: number): Promise<number>
  append(): void
  frame(): Promise<number>
  elements(): number
}
declare global {
  interface Window {
    rig: Rig
  }
}

/**
 * `<shopbell-log>` as built, with a thousand and ten thousand messages: opened until the frame is drawn, and the CPU of
 * the main thread for each message that comes in. The floor shows the last 60 in the same elements under the same style
 * sheet, written by hand; both are loaded before the clock starts.
 */
export async function openLog(browser: Browser): Promise<Figure[]> {
  const files = builtFiles()
  const chunk = [...files.keys()].find((path) => path.startsWith('/w/my-chats.'))
  if (!chunk) throw new Error('dist/ has no my-chats: run `npm run build`')
  files.set('/vanilla-window.js', fileOf('bench/floor/vanilla-window.js'))
  files.set('/log.html', page())
  const server = await servePages(files)
  const measure = (kind: 'ours' | 'floor', size: number) =>
    measureOnce(browser, {
      url: `${server.origin}/log.html`,
      kind,
      size,
      script: kind === 'ours' ? chunk : '/vanilla-window.js',
    })
  const runs = new Map(SIZES.map((size) => [size, [] as Pair[]]))
  try {
    for (let i = 0; i < RUNS; i++) {
      for (const size of i % 2 ? SIZES.toReversed() : SIZES) {
        const floor = i % 2 ? null : await measure('floor', size)
        const ours = await measure('ours', size)
        runs.get(size)!.push({ ours, floor: floor ?? (await measure('floor', size)) })
      }
    }
  } finally {
    server.close()
  }
  return figures(runs)
}

function figures(runs: Map<number, Pair[]>): Figure[] {
  const out: Figure[] = []
  const [small, large] = SIZES.map((size) => runs.get(size)!) as [Pair[], Pair[]]
  const all = [...small, ...large]
  const thin = all.find(({ ours, floor }) => floor.elements < ours.elements * 0.9)
  if (thin) throw new Error(`The floor shows ${thin.floor.elements} elements, the log ${thin.ours.elements}: not alike`)
  const KEYS = [
    ['open', 'openMs'],
    ['open, CPU', 'openCpuMs'],
    ['append one, CPU', 'appendCpuMs'],
  ] as const
  for (const [what, key] of KEYS) {
    const target = key === 'openCpuMs' ? {} : { target: { of: 'ratio', most: 1.5 } as const }
    for (const [size, pairs] of runs) {
      out.push({
        what: `log of ${size.toLocaleString('en')}: ${what}`,
        unit: 'ms',
        floor: median(pairs.map(({ floor }) => floor[key])),
        ours: median(pairs.map(({ ours }) => ours[key])),
        ratio: median(pairs.map(({ ours, floor }) => ours[key] / floor[key])),
        ...target,
      })
    }
    out.push({
      what: `log: ${what}, 10,000 beside our 1,000`,
      unit: 'ms',
      floor: median(small.map(({ ours }) => ours[key])),
      ours: median(large.map(({ ours }) => ours[key])),
      ratio: median(large.map(({ ours }, i) => ours[key] / small[i]!.ours[key])),
      ...target,
    })
  }
  return out
}

/** Tokens are what the log inherits from the element around it. */
function page(): string {
  const inherited = [accent, tokens].map(({ cssText }) => cssText.replaceAll(':host', ':root')).join('')
  const own = JSON.stringify(controls.cssText + styles.cssText)
  return `<!doctype html><meta charset="utf-8"><style>${inherited}
    body { font: 14px system-ui, sans-serif } shopbell-log, vanilla-window { display: flex; width: 720px; height: 600px }
    </style><body><script>window.css = ${own}</script>`
}

interface Setting {
  url: string
  script: string
  kind: 'ours' | 'floor'
  size: number
}

async function measureOnce(browser: Browser, { url, script, kind, size }: Setting): Promise<Measured> {
  const { page, cpuMs, close } = await openSlowPage(browser)
  await page.goto(url)
  await page.addScriptTag({ content: `window.conversation = ${conversation}` })
  await page.evaluate(prepare, { script, kind })
  await page.waitForTimeout(100)
  await page.evaluate(async () => void (await window.rig.frame()))
  const before = await cpuMs()
  const openMs = await page.evaluate((lines) => window.rig.open(lines), size)
  const openCpuMs = (await cpuMs()) - before
  const elements = await page.evaluate(() => window.rig.elements())
  await page.waitForTimeout(300)
  const appends = async (count: number) => {
    const from = await cpuMs()
    await page.evaluate(
      async ([frames, real]) => {
        for (let i = 0; i < frames!; i++) {
          if (real) window.rig.append()
          await window.rig.frame()
        }
      },
      [APPENDS, count],
    )
    return ((await cpuMs()) - from) / APPENDS
  }
  const nothing = await appends(0)
  const appended = await appends(1)
  await close()
  return { openMs, openCpuMs, appendCpuMs: appended - nothing, elements }
}

/** Runs in the page: one rig for both, so that only the element differs. */
async function prepare({ script, kind }: { script: string; kind: 'ours' | 'floor' }) {
  const { conversation, css } = window as unknown as { css: string; conversation(from: number, to: number): Line[] }
  await import(script)
  const tag = kind === 'ours' ? 'shopbell-log' : 'vanilla-window'
  if (kind === 'floor') (customElements.get(tag) as unknown as { css: CSSStyleSheet }).css.replaceSync(css)
  const lines = new Map([1_000, 10_000].map((size) => [size, conversation(1, size)]))
  let held: Line[] = []
  let shown: HTMLElement & { messages: Line[]; append(line: Line): void }
  const frame = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const drawn = new MessageChannel()
        drawn.port1.onmessage = () => resolve(performance.now())
        drawn.port2.postMessage(0)
      }),
    )
  window.rig = {
    async open(size) {
      held = lines.get(size) ?? []
      const started = performance.now()
      const element = document.createElement(tag) as typeof shown
      shown = element
      Object.assign(element, { side: 'customer', me: 'usr_customer', peer: 'Northfold', peerReadSeq: size - 5 })
      if (kind === 'ours') element.messages = held
      document.body.appendChild(element)
      if (kind === 'floor') element.messages = held
      return (await frame()) - started
    },
    append() {
      const [line] = conversation(held.length + 1, held.length + 1) as [Line]
      if (kind === 'floor') return shown.append(line)
      // As the store does it: what is shown is never changed in place.
      held = [...held, line]
      shown.messages = held
    },
    frame,
    elements: () => shown.shadowRoot?.querySelectorAll('*').length ?? 0,
  }
}
