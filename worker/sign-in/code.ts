import type { Env } from '../env.ts'
import { deriveKey } from '../sites/derive-key.ts'

const utf8 = new TextEncoder()

/** Six digits, each of the million as likely as the others. */
export function newCode(): string {
  const most = 4_294_000_000 // The largest multiple of a million below 2^32: what is above it would favour small codes.
  for (;;) {
    const [number = most] = crypto.getRandomValues(new Uint32Array(1))
    if (number < most) return String(number % 1_000_000).padStart(6, '0')
  }
}

/** How a code, or an address to count by, is kept: a million codes are soon tried against a hash without a key. */
export async function keyedHash(env: Env, ...parts: string[]): Promise<string> {
  const key = await deriveKey(env, 'sign-in', 'sign')
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(JSON.stringify(parts)))).toHex()
}
