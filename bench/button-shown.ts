import type { Browser } from 'playwright-core'
import { resolveSettings } from '../protocol/settings/index.ts'
import { publicSite } from '../worker/settings/public-site.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'
import { builtFiles, fileOf, servePages } from './serve-pages.ts'
import { openSlowPage } from './slow-page.ts'

const RUNS = 9
const SETTLED_MS = 300
const SITE = 'site_bench'
const PRODUCT = 'test/samples/woocommerce-storefront-product.constructed.html'
const FORM = '</form>'
const SHOWN = 'The button is shown.'

interface Shown {
  shownMs: number
  blockedMs: number
  cpuMs: number
}
interface Probe {
  shownAt: number
  longTasks: number[]
}
declare global {
  interface Window {
    probe: Probe
  }
}

/**
 * A Storefront product page with our script tag, beside the same page with a hand-written button of the same features.
 * Both scripts are async and come from a second origin, as a shop embeds them. The floor's button stands in the page
 * already, while ours has to ask for its settings and find its place; that is the product's to make up for.
 */
export async function buttonShown(browser: Browser): Promise<Figure[]> {
  const site = publicSite({ id: SITE, name: 'Northfold', settings: resolveSettings('{}') } as never)
  const files = builtFiles()
  files.set(`/v1/sites/${SITE}/public`, JSON.stringify(site))
  files.set('/vanilla-button.js', fileOf('bench/floor/vanilla-button.js'))
  const deployment = await servePages(files)
  const label = site.contexts.product.label
  const pages = new Map([
    ['/ours.html', page(`<script async src="${deployment.origin}/shopbell.js" data-site="${SITE}"></script>`)],
    [
      '/floor.html',
      page(
        `<script async src="${deployment.origin}/vanilla-button.js"></script>`,
        `<vanilla-button context-id="310" label="${label}"></vanilla-button>`,
      ),
    ],
  ])
  const shop = await servePages(pages)
  const measure = (path: string, tag: string) => show(browser, `${shop.origin}/${path}`, tag)
  const both = {
    ours: () => measure('ours.html', 'shopbell-start-chat'),
    floor: () => measure('floor.html', 'vanilla-button'),
  }
  try {
    await both.ours()
    await both.floor()
    const runs: { ours: Shown; floor: Shown }[] = []
    for (let i = 0; i < RUNS; i++) {
      if (i % 2) runs.push({ ours: await both.ours(), floor: await both.floor() })
      else runs.push({ floor: await both.floor(), ours: await both.ours() })
    }
    return figures(runs)
  } finally {
    deployment.close()
    shop.close()
  }
}

function figures(runs: { ours: Shown; floor: Shown }[]): Figure[] {
  const figure = (what: string, key: keyof Shown, target?: Figure['target']): Figure => ({
    what,
    unit: 'ms',
    floor: median(runs.map((run) => run.floor[key])),
    ours: median(runs.map((run) => run.ours[key])),
    ratio: median(runs.map((run) => run.ours[key] / run.floor[key])),
    added: median(runs.map((run) => run.ours[key] - run.floor[key])),
    ...(target ? { target } : {}),
  })
  return [
    figure('button shown', 'shownMs', { of: 'ratio', most: 1.25 }),
    figure('button: main thread blocked', 'blockedMs', { of: 'added', most: 10 }),
    figure('button: CPU of the page', 'cpuMs'),
  ]
}

/** The sample page with a script in its head and, for the floor, the button where ours would go. */
function page(script: string, button = ''): string {
  const html = fileOf(PRODUCT).replaceAll(/https:\/\/shop\.example\/[^"' <]*\.jpg/g, '/none.jpg')
  return html.replace('</head>', `${script}</head>`).replace(FORM, FORM + button)
}

async function show(browser: Browser, url: string, tag: string): Promise<Shown> {
  const { page, cpuMs, close } = await openSlowPage(browser)
  await page.addInitScript(watch, { tag, shown: SHOWN })
  // Nothing is evaluated in the page before: the tool's own script would hold up whichever button comes after it.
  const shown = page.waitForEvent('console', (message) => message.text() === SHOWN)
  await page.goto(url)
  await shown
  await page.waitForTimeout(SETTLED_MS)
  const { shownAt, longTasks } = await page.evaluate(() => window.probe)
  const cpu = await cpuMs()
  await close()
  return {
    shownMs: shownAt,
    blockedMs: longTasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
    cpuMs: cpu,
  }
}

/** Runs in the page before anything else: when the frame with the button was drawn, and every long task. */
function watch({ tag, shown }: { tag: string; shown: string }) {
  const probe: Probe = { shownAt: 0, longTasks: [] }
  window.probe = probe
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    const button = document.querySelector(tag)?.shadowRoot?.querySelector('button')
    if (!button?.offsetHeight) return requestAnimationFrame(look)
    const drawn = new MessageChannel()
    drawn.port1.onmessage = () => {
      probe.shownAt = performance.now()
      console.log(shown)
    }
    drawn.port2.postMessage(0)
  }
  requestAnimationFrame(look)
}
