import { mkdirSync } from 'node:fs'
import { createTestHarness, type TestHarness, type WorkerHandle } from 'wrangler'
import type { Env } from '../../worker/env.ts'
import { askDoor, databaseBehind } from './database.ts'
import type { Statement } from './sql-door.ts'

export const TEST_SECRET = 'a-secret-of-the-tests-that-is-long-enough-0123456789'

/** The origin that requests of `call()` come from, and that `makeSite()` registers. */
export const SHOP = 'https://shop.example'

export interface TestWorker {
  /** Address without a slash at the end. */
  url: string
  /** Real HTTP to the worker; `origin` is the shop's unless said (null: none). */
  call(path: string, options?: CallOptions): Promise<Answer>
  env: Env
  handle: WorkerHandle<Env>
  /** Takes an object out of memory, as hibernation does; its sockets stay. */
  evict(binding: 'CHAT_ROOM' | 'INBOX', name: string): Promise<void>
  server: TestHarness
  stop(): Promise<void>
}
export interface CallOptions {
  method?: string
  token?: string | undefined
  origin?: string | null
  body?: unknown
  headers?: Record<string, string>
}
export interface Answer {
  status: number
  body: any
  headers: Headers
}

const shared = new Map<string, Promise<TestWorker>>()

/**
 * The worker in workerd with the real migrations, on a free port. Starting one takes seconds, so all files that a process
 * runs share one for the same variables: each test makes sites of its own, and `stop()` leaves it for the next file.
 */
export async function startWorker(vars: Record<string, string> = {}): Promise<TestWorker> {
  const key = JSON.stringify(vars)
  const started = shared.get(key) ?? startOwnWorker(vars)
  shared.set(key, started)
  return { ...(await started), stop: async () => undefined }
}

/** One of the test's own with empty storage, for what is about the whole deployment; `stop()` ends it. */
export async function startOwnWorker(vars: Record<string, string> = {}): Promise<TestWorker> {
  mkdirSync('dist', { recursive: true })
  const server = createTestHarness({
    workers: [{ configPath: 'wrangler.toml', vars, secrets: { SHOPBELL_SECRET: TEST_SECRET } }, SQL_DOOR],
  })
  const { url } = await server.listen()
  const handle = server.getWorker<Env>()
  await handle.applyD1Migrations('DB')
  const base = url.href.replace(/\/$/, '')
  return {
    url: base,
    call: (path, options) => call(base, path, options),
    env: { ...(await handle.getEnv()), DB: databaseBehind(throughHarness(server)) },
    handle,
    evict: (binding, name) => server.getWorker().evictDurableObject(binding, { name, webSockets: 'hibernate' }),
    server,
    stop: () => server.close(),
  }
}

const SQL_DOOR = {
  config: {
    name: 'sql-door',
    main: 'test/support/sql-door.ts',
    compatibility_date: '2026-07-30',
    d1_databases: [{ binding: 'DB', database_id: '00000000-0000-0000-0000-000000000000' }],
  },
}

const DOOR = new URL('http://sql-door/')
const throughHarness = (server: TestHarness) => (statements: Statement[]) =>
  askDoor(DOOR, statements, (url, init) => server.getWorker('sql-door').fetch(url, init))

/** One request as a shop's page would make it; the answer's JSON, or its text where it is none. */
export async function call(base: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { token, origin = SHOP, body } = options
  const headers: Record<string, string> = { ...options.headers }
  if (origin !== null) headers.Origin ??= origin
  if (token) headers.Authorization ??= `Bearer ${token}`
  if (body !== undefined) headers['Content-Type'] ??= 'application/json'
  const init = {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual' as const,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }
  for (let tries = 1; ; tries++) {
    const response = await request(base + path, init)
    const text = await response.text()
    // The development proxy's words, never the worker's: of many requests at once some meet a connection that has idled away.
    if (tries < 3 && text.startsWith('Error: Network connection lost')) continue
    return { status: response.status, body: readJson(text), headers: response.headers }
  }
}

/** A connection that was kept may have been closed meanwhile, before the request was read: then it goes again. */
async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } }
    if (cause?.code !== 'UND_ERR_SOCKET') throw error
    return fetch(url, init)
  }
}

function readJson(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
