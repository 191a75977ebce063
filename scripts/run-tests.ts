import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { countTests, failedFiles, onlyPassedAgain, passedLater, type Report, replaceFiles } from './count-tests.ts'
import { findOrInstallBrowser, findShell } from './find-browser.ts'
import { buildWhenStale } from './start/build-when-stale.ts'
import { OFFLINE } from './start/offline.ts'

/** As a shell says it of a program that a signal ended. */
const INTERRUPTED = 130

const windows = process.platform === 'win32'
const browser = findOrInstallBrowser()
if (!browser) process.exit(1)
const shell = findShell()
await buildWhenStale()

// More than this is not a busy machine.
const FILES_RUN_AGAIN = 12

const folder = mkdtempSync(join(tmpdir(), 'shopbell-tests-'))
const args = process.argv.slice(2)
let run = await runVitest(args)
tell('Passed only at a second try', passedLater(run.report))
const shaky = failedFiles(run.report).map(({ name }) => here(name))
const whole = args.length === 0 && run.code !== INTERRUPTED
if (whole && run.report && shaky.length > 0 && shaky.length <= FILES_RUN_AGAIN) {
  console.log(`\nRunning again, one after the other: ${shaky.join(', ')}`)
  run = takeSecond(run.report, await runVitest(['--no-file-parallelism', ...shaky]))
}
rmSync(folder, { recursive: true, force: true })
const { passed, failed, skipped } = countTests(run.report, run.code)
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0

interface Run {
  report: Report | null
  code: number
}

/** What passes only while nothing runs beside it is told, and is no failure. */
function takeSecond(first: Report, second: Run): Run {
  if (!second.report) return second
  tell('Passed only when run again', onlyPassedAgain(first, second.report))
  return { report: replaceFiles(first, second.report), code: second.code }
}

function tell(what: string, tests: { file: string; test: string }[]) {
  if (tests.length) console.log(`\n${what} (${tests.length}):`)
  for (const { file, test } of tests) console.log(`  ${here(file)} > ${test}`)
}

async function runVitest(args: string[]): Promise<Run> {
  const report = join(folder, `${randomUUID()}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...OFFLINE, CHROMIUM_PATH: browser ?? '', CHROMIUM_SHELL_PATH: shell ?? '' },
    // A group of its own: what the tests have started ends with them when they are stopped.
    detached: !windows,
  })
  const stop = (signal: NodeJS.Signals) =>
    windows || !child.pid ? child.kill(signal) : process.kill(-child.pid, signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(signal))
  const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? INTERRUPTED)))
  return { report: readReport(report), code }
}

function here(path: string) {
  return relative(process.cwd(), path)
}

/** Null where the run ended before it could tell. */
function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    console.error(`The tests left no report: ${(error as Error).message}`)
    return null
  }
}
