import type { Env } from '../env.ts'
import { base64url } from '../ids.ts'
import { remember } from '../remember.ts'
import { deriveKey } from '../sites/derive-key.ts'

const LIFE_SEC = 12 * 3600
const utf8 = new TextEncoder()

interface Vapid {
  sign: CryptoKey
  /** As `PushManager.subscribe` wants it. */
  publicKey: string
}

const known = remember<Vapid>()

/**
 * The deployment's own key towards push services (RFC 8292), made out of its secret: there is nothing to set up, to keep
 * or to lose. With another secret browsers subscribe anew, and what was made for the old key goes at its first refusal.
 */
export const vapid = (env: Env): Promise<Vapid> => known.get(env.SHOPBELL_SECRET, () => make(env))

// PKCS #8 of a P-256 key up to its 32 bytes; the public half is left out, and found by whoever reads it (RFC 5915).
const PKCS8_P256 = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'

async function make(env: Env): Promise<Vapid> {
  const mac = await crypto.subtle.sign('HMAC', await deriveKey(env, 'web push', 'sign'), utf8.encode('P-256'))
  const pkcs8 = new Uint8Array([...Uint8Array.fromHex(PKCS8_P256), ...new Uint8Array(mac)])
  const sign = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', sign)) as JsonWebKey
  const decode = (text: string) => Uint8Array.fromBase64(text, { alphabet: 'base64url' })
  return { sign, publicKey: base64url(new Uint8Array([4, ...decode(x), ...decode(y)])) }
}

/** `Authorization` for a push service; `contact` is whom it may write to, `mailto:` or https. */
export async function vapidHeader(env: Env, service: string, contact: string, nowMs: number): Promise<string> {
  const { sign, publicKey } = await vapid(env)
  const part = (value: object) => base64url(utf8.encode(JSON.stringify(value)))
  const exp = Math.floor(nowMs / 1000) + LIFE_SEC
  const claims = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: service, exp, sub: contact })}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign, utf8.encode(claims))
  return `vapid t=${claims}.${base64url(new Uint8Array(signature))}, k=${publicKey}`
}
