import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { prepareBundle } from './miniflare.ts'

/** A free port of the loopback, for a server that must come back on the same one. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** A worker that can be killed as a crash kills it (SIGKILL to its whole group) and started again on its state. */
export class Child {
  readonly url: string
  readonly #state: string
  readonly #port: number
  readonly #vars: Record<string, string>
  #process: ChildProcess | null = null

  constructor(state: string, port: number, vars: Record<string, string> = {}) {
    this.#state = state
    this.#port = port
    this.#vars = vars
    this.url = `http://127.0.0.1:${port}`
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./serve.ts', import.meta.url))], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        STATE: this.#state,
        PORT: String(this.#port),
        VARS: JSON.stringify(this.#vars),
        SHOPBELL_BUNDLE: JSON.stringify(await prepareBundle()),
      },
    })
    this.#process = child
    let trouble = ''
    child.stderr.on('data', (text) => {
      trouble += text
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('ready') && resolve())
      child.once('exit', () => reject(new Error(`The worker did not start:\n${trouble}`)))
    })
  }

  /** Resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#process
    this.#process = null
    if (!child?.pid || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL')
    await gone
  }
}
