import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
]

/** Path of a browser to test with: an installed one, Playwright's own, else one that is installed now; null without any. */
export const findOrInstallBrowser = () => findBrowser() ?? installBrowser()

function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) console.error(`CHROMIUM_PATH names ${named}, which is not there. Looking elsewhere.`)
  else if (named) return named
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const candidates = NAMES.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)))
  return [...candidates, ...PLACES, chromium.executablePath()].find(runs) ?? null
}

/** A file alone may be a stand-in that only says where to get one, or a browser whose libraries are missing. */
export function runs(path: string): boolean {
  if (!existsSync(path)) return false
  // Elsewhere the makers' installers bring all of it, and on Windows the question would open a window.
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function installBrowser(): string | null {
  console.log('No browser found. Downloading one for the tests.')
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  if (runs(chromium.executablePath())) return chromium.executablePath()
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return complain('No browser could be downloaded.')
  console.log('The download failed, or does not run here. Installing Debian’s package instead.')
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  return findBrowser() ?? complain('Debian’s package could not be installed.')
}

/** Progress goes to nobody; what went wrong is said by whether a browser is there afterwards. */
const run = (program: string, args: string[]) =>
  spawnSync(program, args, {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })

function complain(what: string): null {
  console.error(`\n${what}\nInstall Chromium or Chrome, or set CHROMIUM_PATH to its program, and try again.\n`)
  return null
}
