import type { Env } from '../env.ts'

const utf8 = new TextEncoder()

/** A key for one purpose out of the deployment's secret (HKDF, RFC 5869), so that no two uses share a key. */
export async function deriveKey(env: Env, purpose: string, use: 'encrypt' | 'sign'): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', utf8.encode(env.SHOPBELL_SECRET), 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8.encode(`shopbell ${purpose}`) }
  return use === 'encrypt'
    ? crypto.subtle.deriveKey(hkdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    : crypto.subtle.deriveKey(hkdf, base, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify'])
}
