import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']

// Without these a browser on a closed network keeps looking for its maker's hosts.
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Path of the browser to test with: `CHROMIUM_PATH`, an installed one, or Playwright's own download; null without any. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const places = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...folders]
  const installed = NAMES.flatMap((name) => places.map((place) => join(place, name)))
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...installed, mac, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** Starts a headless browser with nothing of an earlier run in it. */
export async function launchBrowser() {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.')
  return chromium.launch({ executablePath, args: QUIET })
}

/** A browser with a profile folder of its own, for what must survive closing it; `close` removes the folder. */
export async function launchProfile(options: BrowserContextOptions = {}): Promise<{
  context: BrowserContext
  close(): Promise<void>
}> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.')
  const folder = await mkdtemp(join(tmpdir(), 'shopbell-profile-'))
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: QUIET, ...options })
  const close = async () => {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { context, close }
}
