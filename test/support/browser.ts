import { type Browser, chromium } from 'playwright-core'
import { findBrowser, findShell } from '../../scripts/find-browser.ts'

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

/** Starts a browser without windows, with nothing of an earlier run in it: Chromium's headless shell where there is one. */
export const launchBrowser = (): Promise<Browser> => launch(findShell() ?? findBrowser())

/** For what the headless shell has no part in: notifications, pushes, and figures as people would see them. */
export const launchWholeBrowser = (): Promise<Browser> => launch(findBrowser())

function launch(executablePath: string | null): Promise<Browser> {
  if (!executablePath) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.')
  return chromium.launch({ executablePath, args: QUIET })
}
