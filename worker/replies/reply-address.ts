import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { base64url } from '../ids.ts'
import { deriveKey } from '../sites/derive-key.ts'
import { base32, fromBase32 } from './base32.ts'

const CHAT_BYTES = 16
const SIGN_BYTES = 16
/** RFC 5321 4.5.3.1.1. */
const MAX_LOCAL_CHARS = 64

/** Whose answers an address takes, and where to. */
export interface ReplyPlace {
  site: SiteId
  chat: ChatId
  user: UserId
}

/**
 * The `Reply-To` of a mail about a chat, which works for this user alone: the chat's id and a MAC over site, chat and
 * user, in letters that survive being folded. Null where no Email Routing is set up (`MAIL_REPLY_DOMAIN`).
 */
export async function replyAddress(env: Env, site: SiteId, chat: ChatId, user: UserId): Promise<string | null> {
  const place = env.MAIL_REPLY_DOMAIN?.trim().toLowerCase()
  const id = chatBytes(chat)
  if (!place || !id) return null
  const token = base32(new Uint8Array([...id, ...(await sign(env, { site, chat, user }))]))
  const [name, domain] = place.includes('@') ? place.split('@') : ['', place]
  const local = name ? `${name}+${token}` : token
  return domain && local.length <= MAX_LOCAL_CHARS ? `${local}@${domain}` : null
}

/** What an address of ours says before its signature is checked: the chat, in both spellings of ids. */
export interface ReplyToken {
  chats: [ChatId, ChatId]
  signature: Uint8Array<ArrayBuffer>
}

/** Null for an address that cannot be one of ours. */
export function readReplyAddress(env: Env, address: string): ReplyToken | null {
  const [local = '', domain] = address.toLowerCase().split('@')
  const [ownName = '', ownDomain] =
    env.MAIL_REPLY_DOMAIN?.trim()
      .toLowerCase()
      .split(/(?<=^[^@]*)@/) ?? []
  if (domain === undefined || domain !== (ownDomain ?? ownName)) return null
  const prefix = ownDomain === undefined ? '' : `${ownName}+`
  if (!local.startsWith(prefix)) return null
  const bytes = fromBase32(local.slice(prefix.length))
  if (bytes?.length !== CHAT_BYTES + SIGN_BYTES) return null
  const id = bytes.slice(0, CHAT_BYTES)
  return {
    chats: [`chat_${base64url(id)}` as ChatId, `chat_${id.toHex()}` as ChatId],
    signature: bytes.slice(CHAT_BYTES),
  }
}

/** Whether the address was made for this user of this chat; takes the same time for any wrong one. */
export async function isMadeFor(env: Env, { signature }: ReplyToken, place: ReplyPlace): Promise<boolean> {
  const right = await sign(env, place)
  return right.reduce((difference, byte, at) => difference | (byte ^ (signature[at] ?? 256)), 0) === 0
}

async function sign(env: Env, { site, chat, user }: ReplyPlace): Promise<Uint8Array> {
  const key = await deriveKey(env, 'reply addresses', 'sign')
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${site}/${chat}/${user}`))
  return new Uint8Array(mac).slice(0, SIGN_BYTES)
}

/** Ids that the worker makes are base64url, those that the database makes hex; other ids have no address. */
function chatBytes(chat: ChatId): Uint8Array | null {
  const text = chat.slice('chat_'.length)
  if (/^[0-9a-f]{32}$/.test(text)) return Uint8Array.fromHex(text)
  if (!/^[\w-]{21}[AQgw]$/.test(text)) return null
  return Uint8Array.fromBase64(text, { alphabet: 'base64url' })
}
