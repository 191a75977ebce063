import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']
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

/** Path of the browser to test with: `CHROMIUM_PATH`, an installed one, or Playwright's own download; null without any. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) console.error(`CHROMIUM_PATH names ${named}, which is not there. Looking elsewhere.`)
  else if (named) return named
  return [...installed(NAMES), ...PLACES, chromium.executablePath()].find(runs) ?? null
}

/**
 * Path of Chromium's headless shell: the same engine without windows, notifications and a push service, for half the
 * work. `CHROMIUM_SHELL_PATH`, an installed one, or what Playwright downloads beside its browser; null without any.
 */
export function findShell(): string | null {
  const { CHROMIUM_SHELL_PATH: shell, CHROMIUM_PATH: browser } = process.env
  // Whoever names a browser and no shell wants to test with that browser.
  if (shell || browser) return shell || null
  return [...installed(SHELLS), ...downloadedShells()].find(runs) ?? null
}

/** As `findBrowser`, and if there is none one is installed now, with its shell. */
export const findOrInstallBrowser = () => findBrowser() ?? installBrowser()

/** A file alone may be a stand-in that only says where to get one, or a browser whose libraries are missing. */
export function runs(path: string): boolean {
  if (!existsSync(path)) return false
  // Elsewhere the makers' installers bring all of it, and on Windows the question would open a window.
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function installed(names: string[]): string[] {
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)))
}

/** Playwright keeps both under one number: `chromium-1255/…` and `chromium_headless_shell-1255/…`. */
function downloadedShells(): string[] {
  const home = resolve(dirname(chromium.executablePath()), '../..')
  const [, number = ''] = /chromium-(\d+)/.exec(chromium.executablePath()) ?? []
  return globSync(join(home, `chromium_headless_shell-${number}/*/{chrome-headless-shell,headless_shell}{,.exe}`))
}

function installBrowser(): string | null {
  console.log('No browser found. Downloading one for the tests.')
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  if (runs(chromium.executablePath())) return chromium.executablePath()
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return complain('No browser could be downloaded.')
  console.log('The download failed, or does not run here. Installing Debian’s packages instead.')
  run('apt-get', ['update', '-qq'])
  // One after the other: an older Debian has no package of the shell.
  for (const name of ['chromium', 'chromium-headless-shell'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
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
