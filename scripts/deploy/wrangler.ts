import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const WRANGLER = 'node_modules/wrangler/bin/wrangler.js'

/** What stops a deployment, in words for the person at the keyboard. */
export class Stopped extends Error {}

interface Ran {
  code: number
  out: string
  err: string
}

/** Runs a script on this Node. `show` lets the person see its output, and answer what it asks. */
export function run(args: string[], { show = false, env = {} } = {}): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    stdio: ['inherit', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    env: { ...process.env, ...env },
  })
  const ran: Ran = { code: 1, out: '', err: '' }
  child.stdout?.on('data', (part) => {
    ran.out += part
  })
  child.stderr?.on('data', (part) => {
    ran.err += part
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...ran, code: code ?? 1 }))
  })
}

export const wrangler = (...args: string[]) => run([WRANGLER, ...args], { env: { WRANGLER_HIDE_BANNER: 'true' } })

/** As `wrangler`, for the person to see; throws when it fails. */
export async function mustRun(title: string, args: string[], env: Record<string, string> = {}) {
  const { code } = await run(args, { show: true, env: { WRANGLER_HIDE_BANNER: 'true', ...env } })
  if (code !== 0) throw new Stopped(`${title} failed; what it said is above.`)
}

export const mustWrangle = (title: string, ...args: string[]) => mustRun(title, [WRANGLER, ...args])

/** The JSON that a command of wrangler prints; throws with its words when it fails. */
export async function wrangleJson<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await wrangler(...args)
  if (code !== 0) {
    throw new Stopped(`wrangler ${args.join(' ')} failed:\n${`${out}${err}`.trim()}\nNot signed in? Run: npm run login`)
  }
  return JSON.parse(out)
}

/** Deploys, and answers the address that it got; null where wrangler does not say. */
export async function deployWorker(...args: string[]): Promise<string | null> {
  const report = join(tmpdir(), `shopbell-deploy-${randomUUID()}.ndjson`)
  try {
    await mustRun('wrangler deploy', [WRANGLER, 'deploy', ...args], { WRANGLER_OUTPUT_FILE_PATH: report })
    return existsSync(report) ? addressIn(readFileSync(report, 'utf8')) : null
  } finally {
    rmSync(report, { force: true })
  }
}

function addressIn(report: string): string | null {
  const entries = report
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const target = entries.find(({ type }) => type === 'deploy')?.targets?.[0]
  if (typeof target !== 'string') return null
  return new URL(target.startsWith('http') ? target : `https://${target}`).origin
}
