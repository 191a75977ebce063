import type { FileId, SessionId, SiteId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { base64url } from '../ids.ts'
import { remember } from '../remember.ts'
import { deriveKey } from '../sites/derive-key.ts'

/** How long a link is good for. */
export const LINK_MS = 15 * 60_000

/** What a link says; all of it is signed. */
export interface Link {
  site: SiteId
  file: FileId
  /** It is good for as long as this session is. */
  session: SessionId
  /** The small picture instead of the file. */
  thumbnail: boolean
  /** Seconds since 1970. */
  expires: number
}

const utf8 = new TextEncoder()
const keys = remember<CryptoKey>()

/** The path and query of a file for one session. */
export async function signLink(env: Env, link: Link): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(env), signed(link))
  const { site, session, thumbnail, expires } = link
  const parts = [site, session, thumbnail ? 't' : 'f', expires, base64url(new Uint8Array(signature))]
  return `/v1/files/${link.file}?link=${parts.join('.')}`
}

const LINK = /^(site_[\w-]{10,40})\.(ses_[\w-]{10,40})\.([ft])\.(\d{1,12})\.([\w-]{43})$/

/** The link of an address, if it is one that we signed and its time is not over. */
export async function readLink(env: Env, file: FileId, text: string, nowMs: number): Promise<Link | null> {
  const [, site, session, what, expires, signature] = text.match(LINK) ?? []
  if (!signature || Number(expires) * 1000 <= nowMs) return null
  const link = {
    site: site as SiteId,
    file,
    session: session as SessionId,
    thumbnail: what === 't',
    expires: Number(expires),
  }
  const bytes = Uint8Array.fromBase64(signature, { alphabet: 'base64url' })
  return (await crypto.subtle.verify('HMAC', await keyOf(env), bytes, signed(link))) ? link : null
}

const signed = ({ site, file, session, thumbnail, expires }: Link) =>
  utf8.encode([site, file, session, thumbnail ? 't' : 'f', expires].join('\n'))

const keyOf = (env: Env): Promise<CryptoKey> =>
  keys.get(env.SHOPBELL_SECRET, () => deriveKey(env, 'file links', 'sign'))
