import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OFFLINE } from './offline.ts'

export const WRANGLER = 'node_modules/wrangler/bin/wrangler.js'
const START_SECONDS = 60
const STOP_MS = 4_000
const LAST_LINES = 40
const windows = process.platform === 'win32'

interface ServeOptions {
  port: number
  state: string
  verbose: boolean
  vars: Record<string, string>
}
export interface DevServer {
  /** Resolves when the Worker answers; rejects with the last words of a Worker that does not start. */
  ready: Promise<void>
  /** Resolves with the last words, whenever and whyever it ends. */
  ended: Promise<string>
  /** Ends wrangler and the runtime below it. */
  stop(): Promise<void>
}

/** Starts the demo Worker with `wrangler dev`, in a process group of its own so that nothing of it outlives us. */
export function serve({ port, state, verbose, vars }: ServeOptions): DevServer {
  mkdirSync(state, { recursive: true })
  const child = spawn(process.execPath, [WRANGLER, ...devArguments(port, state, vars)], {
    detached: !windows,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...OFFLINE, WRANGLER_REGISTRY_PATH: join(state, 'registry') },
  })
  const lastWords = keepOutput(child, join(state, 'dev.log'), verbose)
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(lastWords())))
  process.once('exit', () => end(child, 'SIGKILL'))
  return { ready: answers(`http://localhost:${port}/healthz`, ended, lastWords), ended, stop: () => stop(child, ended) }
}

function devArguments(port: number, state: string, vars: Record<string, string>) {
  const pairs = Object.entries(vars).map(([name, value]) => `${name}:${value}`)
  const fixed = ['dev', 'demo/worker.ts', '--port', String(port), '--inspector-port', '0', '--persist-to', state]
  return [...fixed, '--show-interactive-dev-session=false', '--var', ...pairs]
}

function keepOutput(child: ChildProcess, file: string, verbose: boolean) {
  const log = createWriteStream(file)
  let last = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      log.write(part)
      if (verbose) process.stdout.write(part)
      last = (last + part).split('\n').slice(-LAST_LINES).join('\n')
    })
  return () => last.trim()
}

async function answers(url: string, ended: Promise<string>, lastWords: () => string) {
  const over = ended.then(() => true)
  const later = Date.now() + START_SECONDS * 1000
  while (Date.now() < later) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (response?.ok) return
    const isOver = await Promise.race([over, sleep(100, false)])
    // wrangler itself would wait for the next change of a file.
    if (isOver || /Build failed with/.test(lastWords())) throw new Error(`The Worker did not start:\n\n${lastWords()}`)
  }
  throw new Error(`The Worker did not answer within ${START_SECONDS} s:\n\n${lastWords()}`)
}

async function stop(child: ChildProcess, ended: Promise<string>) {
  end(child, 'SIGTERM')
  await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })])
  end(child, 'SIGKILL')
}

/** The whole group: workerd goes on by itself when only wrangler is ended. */
function end(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    else process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
