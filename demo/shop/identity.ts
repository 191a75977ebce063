import type { DemoEnv } from './env.ts'
import type { Person } from './people.ts'

const GOOD_FOR_SECONDS = 300

/** What a shop's server does for its signed-in visitor: a JWT signed with the site's identity key. */
export async function signAssertion(env: DemoEnv, person: Person, nowMs: number): Promise<string> {
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: env.DEMO_KEY })
  const signed = `${header}.${encode(claims(env, person, nowMs))}`
  return `${signed}.${(await hmac(env.DEMO_KEY_SECRET, signed)).toBase64({ alphabet: 'base64url', omitPadding: true })}`
}

/** The same in two parts, for template languages that can only make a hex HMAC; the key's id is then inside. */
export async function signInTwoParts(env: DemoEnv, person: Person, nowMs: number): Promise<string> {
  const payload = encode({ ...claims(env, person, nowMs), kid: env.DEMO_KEY })
  return `${payload}.${(await hmac(env.DEMO_KEY_SECRET, payload)).toHex()}`
}

function claims(env: DemoEnv, { id, name, email, sellers }: Person, nowMs: number) {
  const iat = Math.floor(nowMs / 1000)
  const person = { sub: id, name, email, email_verified: true }
  const role = sellers ? { role: 'seller', sellers } : { role: 'customer' }
  return { iss: env.DEMO_SITE, aud: 'shopbell', iat, exp: iat + GOOD_FOR_SECONDS, ...person, ...role }
}

const encode = (value: object) =>
  new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: 'base64url', omitPadding: true })

async function hmac(secret: string, text: string) {
  const bytes = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text)))
}
