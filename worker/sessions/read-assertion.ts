import { verify } from 'hono/jwt'
import { decodeBase64Url } from 'hono/utils/encode'
import * as z from 'zod'
import { KeyId } from '../../protocol/ids.ts'

/** Longest assertion, in characters. */
const MOST_CHARS = 8192

/** An assertion that has its form, but is not trusted: what it says, and whether a secret made it. */
export interface SignedClaims {
  kid: KeyId
  claims: Record<string, unknown>
  isSignedWith(secret: string): Promise<boolean>
}

// Strict: a header that names an algorithm or a key of its own choice (crit, jwk, jku, x5u) is refused unread.
const JwtHeader = z.strictObject({ alg: z.literal('HS256'), kid: KeyId, typ: z.string().regex(/^jwt$/i).optional() })
const Claims = z.record(z.string(), z.unknown())
const HexPayload = Claims.and(z.object({ kid: KeyId }))

const PART = /^[\w-]+={0,2}$/
const HMAC_HEX = /^[0-9a-f]{64}$/i
const utf8 = new TextEncoder()

/** The three-part JWT or the two-part hex form; null for anything else. Reads only, trusts nothing. */
export function readAssertion(text: string): SignedClaims | null {
  if (text.length > MOST_CHARS) return null
  try {
    const [first = '', second = '', third] = text.split('.', 4)
    return third === undefined ? readHexForm(first, second) : readJwt(text, first, second)
  } catch {
    return null // What does not parse is no assertion; the caller refuses it.
  }
}

/** RFC 7519 with the algorithm fixed: it follows from our key, never from the token. */
function readJwt(text: string, header: string, payload: string): SignedClaims {
  const { kid } = JwtHeader.parse(readPart(header))
  const claims = Claims.parse(readPart(payload))
  const options = { alg: 'HS256', exp: false, iat: false, nbf: false } as const
  const isSignedWith = (secret: string) =>
    verify(text, secret, options).then(
      () => true,
      () => false,
    )
  return { kid, claims, isSignedWith }
}

/** For template languages that can only make a hex HMAC: it covers the first part as sent, padding included. */
function readHexForm(payload: string, signature: string): SignedClaims | null {
  if (!HMAC_HEX.test(signature)) return null
  const { kid, ...claims } = HexPayload.parse(readPart(payload))
  return { kid, claims, isSignedWith: (secret) => isHmac(secret, Uint8Array.fromHex(signature), payload) }
}

async function isHmac(secret: string, signature: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, signature, utf8.encode(text))
}

function readPart(part: string): unknown {
  if (!PART.test(part)) throw new SyntaxError('not base64url')
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodeBase64Url(part))
  const value: unknown = JSON.parse(text)
  if (membersIn(text) !== membersOf(value)) throw new SyntaxError('a member is there twice')
  return value
}

/** Members as written: readers differ on which of two equal names counts, so there may be only one. */
const membersIn = (json: string) => [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce<number>((sum, inner) => sum + membersOf(inner), own)
}
