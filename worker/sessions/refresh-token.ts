import { SessionId, SiteId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { base64url, sha256 } from '../ids.ts'
import { deriveKey } from '../sites/derive-key.ts'

/** A refresh token, taken apart. It names its site, whose column says in which database the session lies. */
export interface RefreshToken {
  site: SiteId
  sid: SessionId
  secret: string
}

export const writeRefreshToken = ({ site, sid, secret }: RefreshToken) => `${site}.${sid}.${secret}`

/** Null for what has not the form of one. */
export function readRefreshToken(text: string): RefreshToken | null {
  const [site, sid, secret, more] = text.split('.')
  const ids = { site: SiteId.safeParse(site), sid: SessionId.safeParse(sid) }
  if (!ids.site.success || !ids.sid.success || !secret || more !== undefined) return null
  return { site: ids.site.data, sid: ids.sid.data, secret }
}

/**
 * The secret that follows this one. It depends on nothing but the one before, so that two tabs which refresh at once,
 * or a client whose answer got lost, are given the same next token instead of ending each other's.
 */
export async function nextSecret(env: Env, { sid, secret }: RefreshToken): Promise<string> {
  const key = await deriveKey(env, 'refresh tokens', 'sign')
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${sid}.${secret}`))))
}

/** How a refresh secret is kept. */
export const hashSecret = (secret: string) => sha256(secret)
