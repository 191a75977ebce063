import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const FILE = '.dev.vars'

/** The local deployment's own secret; made once, kept in `.dev.vars`. */
export function ensureSecret(): string {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
  const found = text.match(/^\s*SHOPBELL_SECRET\s*=\s*["']?([^"'\s]+)/m)?.[1]
  if (found) return found
  const secret = randomBytes(32).toString('base64url')
  const others = text.replace(/^\s*SHOPBELL_SECRET\s*=.*\n?/m, '')
  writeFileSync(FILE, `${others}SHOPBELL_SECRET=${secret}\n`, { mode: 0o600 })
  return secret
}

/** Tells one secret from another without giving it away. */
export const fingerprint = (secret: string) => createHash('sha256').update(`print:${secret}`).digest('hex').slice(0, 16)
