import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '../../scripts/start/migrate.ts'

export interface Started {
  child: ChildProcess
  output(): string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
}

let prepared: Promise<string> | undefined

/** State of `npm start` with nothing but tables, which take seconds to make: one for all files that a process runs. */
const withTables = () =>
  (prepared ??= (async () => {
    const state = mkdtempSync(join(tmpdir(), 'shopbell-tables-'))
    process.once('exit', () => rmSync(state, { recursive: true, force: true }))
    await migrate(state)
    return state
  })())

/** A folder of its own for the data of `npm start`, and whatever is started on it. */
export class DemoFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'shopbell-start-'))
  readonly #started: Started[] = []

  start(args: string[], node: string[] = []): Started {
    const state = join(this.folder, 'state')
    const child = spawn(process.execPath, [...node, 'scripts/start.mjs', '--state', state, ...args])
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        said += part
      })
    }
    const ended = once(child, 'close').then(([code]) => code)
    const one = { child, output: () => said, ended }
    this.#started.push(one)
    return one
  }

  /** Starts the demo and answers its address once it says that it runs. It finds its tables made; `--reset` makes them anew. */
  async open(args: string[] = []): Promise<Started & { url: string }> {
    const state = join(this.folder, 'state')
    if (!existsSync(state)) cpSync(await withTables(), state, { recursive: true })
    const port = await freePort()
    const one = this.start(['--port', `${port}`, ...args])
    await running(one)
    return { ...one, url: `http://localhost:${port}` }
  }

  siteId(): string {
    return JSON.parse(readFileSync(join(this.folder, 'state/demo-site.json'), 'utf8')).site
  }

  /** Every process whose command line names this folder. */
  processes(): string[] {
    const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    return all.split('\n').filter((line) => line.includes(this.folder))
  }

  async remove() {
    for (const { child } of this.#started) child.kill('SIGTERM')
    await Promise.all(this.#started.map(({ ended }) => ended))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function stop(one: Started, signal: NodeJS.Signals) {
  one.child.kill(signal)
  return one.ended
}

export async function running({ output, ended }: Started) {
  const over = ended.then(() => true)
  while (!output().includes('Shopbell is running')) {
    if (await Promise.race([over, sleep(50, false)])) throw new Error(`It ended: ${output()}`)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

interface ListedChat {
  id: string
  lastSeq: number
}

/** The chats that a person of the demo shop has, asked for as their page would. */
export async function chatsOf(who: string, url: string, site: string): Promise<ListedChat[]> {
  const headers = { 'Content-Type': 'application/json', Origin: url }
  const identity = await fetch(`${url}/demo/identity`, { headers: { Cookie: `demo_who=${who}` } })
  const { assertion } = (await identity.json()) as { assertion: string }
  const body = JSON.stringify({ site, assertion })
  const session = await fetch(`${url}/v1/sessions`, { method: 'POST', headers, body })
  const { token } = (await session.json()) as { token: string }
  const list = await fetch(`${url}/v1/chats`, { headers: { ...headers, Authorization: `Bearer ${token}` } })
  return ((await list.json()) as { chats: ListedChat[] }).chats.map(({ id, lastSeq }) => ({ id, lastSeq }))
}
