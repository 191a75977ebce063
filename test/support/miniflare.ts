import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Miniflare } from 'miniflare'
import type { Env } from '../../worker/env.ts'
import { askDoor, databaseBehind } from './database.ts'
import { type CallOptions, call, TEST_SECRET, type TestWorker } from './worker.ts'

export type FastWorker = Omit<TestWorker, 'handle' | 'server' | 'evict'> & { miniflare: Miniflare }

interface Options {
  /** Where D1 and the objects keep their state; `startFastWorker` takes one of the system's that goes with `stop()`. */
  persistTo: string
  port?: number
  /** Another entry than the product's own: the floor of a benchmark. */
  main?: string
  /** Variables beside the secret. */
  vars?: Record<string, string>
  /** Whether a worker beside it takes the test's own statements (`sql-door.ts`). */
  door?: boolean
}

/**
 * The worker as it is deployed, straight in Miniflare: without wrangler's development proxy in front, which answers
 * 500 requests a second at most. For tests and benchmarks that load or kill it.
 */
export async function startFastWorker({ persistTo, ...options }: Partial<Options> = {}): Promise<FastWorker> {
  const state = persistTo ?? mkdtempSync(join(tmpdir(), 'shopbell-state-'))
  const { miniflare, url } = await runWorker({ persistTo: state, door: true, ...options })
  const door = await miniflare.unsafeGetDirectURL('sql-door')
  const env = {
    ...((await miniflare.getBindings()) as unknown as Env),
    DB: databaseBehind((all) => askDoor(door, all)),
  }
  await migrate(env.DB)
  return {
    url,
    env,
    miniflare,
    call: (path: string, options?: CallOptions) => call(url, path, options),
    async stop() {
      await miniflare.dispose()
      if (!persistTo) rmSync(state, { recursive: true, force: true })
    },
  }
}

/** Only runs it; the state has its tables already. */
export async function runWorker({ persistTo, port = 0, main, vars = {}, door = false }: Options) {
  const { scriptPath, ...bindings } = await prepareBundle(main)
  const product = {
    name: 'shopbell',
    modules: true,
    scriptPath,
    rootPath: '/',
    modulesRoot: dirname(scriptPath),
    ...bindings,
    serviceBindings: { ASSETS: () => new Response('Not found', { status: 404 }) as never },
    bindings: { SHOPBELL_SECRET: TEST_SECRET, ...vars },
  }
  const miniflare = new Miniflare({
    workers: door ? [product, sqlDoor(bindings)] : [product],
    host: '127.0.0.1',
    port,
    defaultPersistRoot: persistTo,
    d1Persist: true,
    durableObjectsPersist: true,
    r2Persist: true,
    cf: false,
    unsafeTriggerHandlers: true,
  })
  return { miniflare, url: (await miniflare.ready).href.replace(/\/$/, '') }
}

const sqlDoor = ({ compatibilityDate, d1Databases }: Omit<Prepared, 'scriptPath'>) => ({
  name: 'sql-door',
  modules: true,
  script: stripTypeScriptTypes(readFileSync('test/support/sql-door.ts', 'utf8')),
  unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
  ...pick({ compatibilityDate, d1Databases }),
})

/** What Miniflare needs to run an entry: the artefact that a deployment would upload, and wrangler.toml's bindings. */
export type Prepared = { scriptPath: string } & Record<string, unknown>

const prepared = new Map<string, Promise<Prepared>>()

/** Bundles once a process. A child that only serves gets the result in SHOPBELL_BUNDLE, since loading wrangler takes a second. */
export function prepareBundle(main = 'worker/index.ts'): Promise<Prepared> {
  if (process.env.SHOPBELL_BUNDLE) return Promise.resolve(JSON.parse(process.env.SHOPBELL_BUNDLE))
  const done = prepared.get(main) ?? bundle(main)
  prepared.set(main, done)
  return done
}

async function bundle(main: string): Promise<Prepared> {
  const { unstable_getMiniflareWorkerOptions } = await import('wrangler')
  const { workerOptions } = unstable_getMiniflareWorkerOptions('wrangler.toml')
  const { compatibilityDate, d1Databases, durableObjects, r2Buckets, ratelimits } = workerOptions
  mkdirSync('dist', { recursive: true })
  const out = mkdtempSync(join(tmpdir(), 'shopbell-bundle-'))
  const wrangler = join('node_modules', 'wrangler', 'bin', 'wrangler.js')
  execFileSync(process.execPath, [wrangler, 'deploy', main, '--dry-run', '--outdir', out], {
    stdio: 'pipe',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  })
  process.once('exit', () => rmSync(out, { recursive: true, force: true }))
  const script = readdirSync(out).find((file) => file.endsWith('.js')) ?? 'index.js'
  const scriptPath = join(out, script)
  return { scriptPath, ...pick({ compatibilityDate, d1Databases, durableObjects, r2Buckets, ratelimits }) }
}

async function migrate(db: Env['DB']) {
  await db.prepare('CREATE TABLE IF NOT EXISTS migrated (name TEXT PRIMARY KEY)').run()
  const { results } = await db.prepare('SELECT name FROM migrated').all<{ name: string }>()
  const done = new Set(results.map((row) => row.name))
  const missing = readdirSync('migrations').filter((file) => file.endsWith('.sql') && !done.has(file))
  if (missing.length === 0) return
  const { unstable_splitSqlQuery } = await import('wrangler')
  for (const name of missing.sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join('migrations', name), 'utf8'))
    await db.batch([
      ...statements.map((sql) => db.prepare(sql)),
      db.prepare('INSERT INTO migrated (name) VALUES (?)').bind(name),
    ])
  }
}

const pick = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
