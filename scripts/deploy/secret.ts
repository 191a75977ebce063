import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseEnv } from 'node:util'
import { OWN_CONFIG } from './own-config.ts'
import { Stopped, wrangler } from './wrangler.ts'

/** Git-ignored. Cloudflare never gives a secret back, and the operator's commands must sign with it. */
export const KEPT = '.shopbell/deploy.env'
const NAME = 'SHOPBELL_SECRET'

export const readKept = (): Record<string, string | undefined> =>
  existsSync(KEPT) ? parseEnv(readFileSync(KEPT, 'utf8')) : {}

function keep(values: Record<string, string>) {
  mkdirSync(dirname(KEPT), { recursive: true })
  const all = { ...readKept(), ...values }
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(KEPT, lines.join(''), { mode: 0o600 })
}

export const keepAddress = (url: string) => keep({ SHOPBELL_URL: url })

/**
 * The secret to deploy with; null where the deployment has one that is not kept here. A new one is made only when
 * Cloudflare says that there is none: all keys are wrapped with it, so replacing it would end every one of them.
 */
export async function ensureSecret(worker: string): Promise<string | null> {
  const known = process.env[NAME] || readKept()[NAME]
  if (known) return known
  if (await isSet(worker)) return null
  const secret = randomBytes(32).toString('base64url')
  keep({ [NAME]: secret })
  return secret
}

async function isSet(worker: string): Promise<boolean> {
  const { code, out, err } = await wrangler('secret', 'list', '--config', OWN_CONFIG, '--format', 'json')
  if (code === 0) return (JSON.parse(out) as { name: string }[]).some(({ name }) => name === NAME)
  // wrangler has no code for this; the words are those of the version that package-lock.json pins.
  if (`${out}${err}`.includes(`Worker "${worker}" not found`)) return false
  throw new Stopped(`Whether ${NAME} is set cannot be told:\n${`${out}${err}`.trim()}`)
}
