import type { Env } from '../env.ts'
import { readKey } from './store.ts'
import { unwrapSecret } from './wrap-secret.ts'

export interface SigningKey {
  id: string
  use: 'identity' | 'admin'
  secret: string
}

/** The site's key that may sign people in now, else null; a hook's secret is none. Read anew each time: revoking one holds from the next sign-in on. */
export async function findSigningKey(env: Env, site: string, id: string): Promise<SigningKey | null> {
  const key = await readKey(env, id)
  if (key?.site !== site || key.revokedAt !== null) return null
  if (key.use !== 'identity' && key.use !== 'admin') return null
  return { id, use: key.use, secret: await unwrapSecret(env, id, key.secret) }
}
