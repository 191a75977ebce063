import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Problem } from '../../protocol/errors.ts'
import { operatorToken } from '../start/operator-token.ts'

/** What went wrong, in words for the person at the keyboard. */
export class Told extends Error {}

/** A deployment as its operator reaches it. */
export interface Deployment {
  url: string
  ask<T>(method: string, path: string, body?: object): Promise<T>
}

const LOCAL_URL = 'http://localhost:8787'
/** What `npm run deploy` has made: address and secret. */
const DEPLOYED = '.shopbell/deploy.env'

export const WHICH = `--url takes the address of the deployment (default: $SHOPBELL_URL, else the one that npm run deploy has made,
else ${LOCAL_URL}); the secret comes from $SHOPBELL_SECRET, else from .dev.vars (local) or ${DEPLOYED} (deployed).`

/**
 * The deployment at an address, else at $SHOPBELL_URL, else the one that was deployed from `root`, else a local one. Its
 * secret: SHOPBELL_SECRET, else what `npm start` or `npm run deploy` kept in `root`.
 */
export function deploymentAt(url: string | undefined, root: string): Deployment {
  const base = readAddress(url ?? process.env.SHOPBELL_URL ?? readKept(join(root, DEPLOYED)).SHOPBELL_URL ?? LOCAL_URL)
  const kept = isLocal(base) ? '.dev.vars' : DEPLOYED
  const secret = process.env.SHOPBELL_SECRET || readKept(join(root, kept)).SHOPBELL_SECRET
  if (!secret) throw new Told(`No SHOPBELL_SECRET: it is neither in the environment nor in ${kept}.`)
  return { url: base, ask: (method, path, body) => ask({ base, secret }, method, path, body) }
}

function readAddress(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) throw new Told(`--url must be an address like ${LOCAL_URL}, not ${text}`)
  return url.origin
}

const isLocal = (base: string) => /^(localhost|127\.|\[::1\])/.test(new URL(base).hostname)

const readKept = (file: string): Record<string, string | undefined> =>
  existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}

async function ask<T>(to: { base: string; secret: string }, method: string, path: string, body?: object): Promise<T> {
  const token = await operatorToken(to.secret)
  const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) }
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const response = await fetch(`${to.base}/v1/operator${path}`, init).catch(() => {
    throw new Told(`No Shopbell answers at ${to.base}: start it with npm start, or name it with --url.`)
  })
  const text = await response.text()
  if (!response.ok) throw new Told(explain(to.base, response.status, text))
  return (text ? JSON.parse(text) : undefined) as T
}

function explain(base: string, status: number, text: string): string {
  const problem = readProblem(text)
  if (!problem) return `${base} answered ${status}, and not as a Shopbell does. Is --url right?`
  if (problem.code === 'session_required') {
    return `${base} does not know this SHOPBELL_SECRET. Use the one that it was deployed with.`
  }
  const issues = problem.issues?.map(({ path, message }) => `\n  ${path}: ${message}`) ?? []
  return [problem.detail ?? problem.title, ...issues].join('')
}

function readProblem(text: string): Problem | null {
  try {
    const value = JSON.parse(text)
    return typeof value?.code === 'string' ? value : null
  } catch {
    return null // Not ours; the caller says so.
  }
}
