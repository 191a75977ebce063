import { sign, verify } from 'hono/jwt'
import * as z from 'zod'
import { SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { Role } from '../../protocol/sessions.ts'
import type { Env } from '../env.ts'
import { remember } from '../remember.ts'

export const TOKEN_SECONDS = 15 * 60

/** What a session token says; signed by the deployment, so that checking it needs no I/O. */
export const SessionClaims = z.object({
  aud: z.literal('shopbell-session'),
  sid: SessionId,
  sub: UserId,
  site: SiteId,
  role: Role,
  /** Seconds since 1970. */
  exp: z.number().int(),
})
export type SessionClaims = z.infer<typeof SessionClaims>

export function signToken(env: Env, claims: Omit<SessionClaims, 'aud' | 'exp'>, nowMs: number) {
  const exp = Math.floor(nowMs / 1000) + TOKEN_SECONDS
  const full: SessionClaims = { ...claims, aud: 'shopbell-session', exp }
  return sign(full, env.SHOPBELL_SECRET, 'HS256').then((token) => ({ token, expiresAt: exp * 1000 }))
}

/** The claims of a token of ours that still holds, else null. */
export async function readToken(env: Env, token: string): Promise<SessionClaims | null> {
  try {
    return SessionClaims.parse(await verify(token, await verifyingKey(env.SHOPBELL_SECRET), 'HS256'))
  } catch {
    return null // Whatever is wrong with a token, it opens nothing; the caller answers 401.
  }
}

const imported = remember<CryptoKey>()

/** Imported once an isolate: every request verifies a token. */
const verifyingKey = (secret: string): Promise<CryptoKey> =>
  imported.get(secret, () => {
    const raw = new TextEncoder().encode(secret)
    return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  })
