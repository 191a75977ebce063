import type { Env } from '../env.ts'
import { base64url } from '../ids.ts'
import { deriveKey } from './derive-key.ts'

/** Says how a stored secret is wrapped, so that a later way can live beside this one. */
const VERSION = 'v1.'
const IV_BYTES = 12
const utf8 = new TextEncoder()

/** AES-256-GCM under a key of the deployment; bound to its key id, so that a row's secret opens no other row. */
export async function wrapSecret(env: Env, keyId: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await deriveKey(env, 'site keys', 'encrypt')
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8.encode(keyId) },
    key,
    utf8.encode(secret),
  )
  return VERSION + base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

/** Throws for what was wrapped under another secret of the deployment: an operator's mistake, not a caller's. */
export async function unwrapSecret(env: Env, keyId: string, wrapped: string): Promise<string> {
  if (!wrapped.startsWith(VERSION)) throw new Error(`The secret of ${keyId} is wrapped in a way unknown here`)
  const bytes = Uint8Array.fromBase64(wrapped.slice(VERSION.length), { alphabet: 'base64url' })
  const key = await deriveKey(env, 'site keys', 'encrypt')
  const params = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData: utf8.encode(keyId) }
  return new TextDecoder().decode(await crypto.subtle.decrypt(params, key, bytes.subarray(IV_BYTES)))
}
