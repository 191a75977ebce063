import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTests } from './count-tests.ts'
import { findOrInstallBrowser } from './find-browser.ts'
import { buildWhenStale } from './start/build-when-stale.ts'
import { OFFLINE } from './start/offline.ts'

const windows = process.platform === 'win32'
const browser = findOrInstallBrowser()
if (!browser) process.exit(1)
await buildWhenStale()

const folder = mkdtempSync(join(tmpdir(), 'shopbell-tests-'))
const report = join(folder, 'report.json')
const code = await runVitest(process.argv.slice(2))
const { passed, failed, skipped } = countTests(readReport(), code)
rmSync(folder, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0

function runVitest(args: string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...OFFLINE, CHROMIUM_PATH: browser ?? '' },
    // A group of its own: what the tests have started ends with them when they are stopped.
    detached: !windows,
  })
  const stop = (signal: NodeJS.Signals) =>
    windows || !child.pid ? child.kill(signal) : process.kill(-child.pid, signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(signal))
  return new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)))
}

/** Null where the run ended before it could tell. */
function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch (error) {
    console.error(`The tests left no report: ${(error as Error).message}`)
    return null
  }
}
