import * as z from 'zod'
import { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { base64url } from '../ids.ts'
import { deriveKey } from '../sites/derive-key.ts'

/** What a link in a mail says of itself. It proves that its holder reads the mailbox, and opens nothing else. */
const MailLink = z.discriminatedUnion('to', [
  /** To the preferences of who got the mail, about one chat or all. */
  z.strictObject({ to: z.literal('preferences'), site: SiteId, user: UserId, chat: ChatId.optional() }),
  /** Confirms an address; `until` in ms since 1970. */
  z.strictObject({ to: z.literal('verify'), site: SiteId, user: UserId, email: z.string(), until: z.number().int() }),
])
export type MailLink = z.infer<typeof MailLink>

const utf8 = new TextEncoder()

/** The claims and their HMAC, to be put into an address of ours. */
export async function signMailLink(env: Env, link: MailLink): Promise<string> {
  const claims = base64url(utf8.encode(JSON.stringify(link)))
  return `${claims}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', await key(env), utf8.encode(claims))))}`
}

/** Null for what we have not signed. */
export async function readMailLink(env: Env, token: string): Promise<MailLink | null> {
  const [claims = '', mac = '', more] = token.split('.')
  if (more !== undefined || !/^[\w-]{2,800}$/.test(claims) || !/^[\w-]{43}$/.test(mac)) return null
  const right = base64url(new Uint8Array(await crypto.subtle.sign('HMAC', await key(env), utf8.encode(claims))))
  if (!isSame(right, mac)) return null
  const text = new TextDecoder().decode(Uint8Array.fromBase64(claims, { alphabet: 'base64url' }))
  return MailLink.safeParse(JSON.parse(text)).data ?? null
}

const key = (env: Env) => deriveKey(env, 'mail links', 'sign')

function isSame(a: string, b: string) {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
