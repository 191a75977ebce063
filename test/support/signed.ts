import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { base32 } from '../../worker/replies/base32.ts'
import { TEST_SECRET } from './worker.ts'

// Made here by hand, so that a change of what is signed is noticed: addresses and links of mails on their way must go on working.

const macOf = (purpose: string, text: string) => {
  const key = hkdfSync('sha256', TEST_SECRET, new Uint8Array(32), `shopbell ${purpose}`, 32)
  return createHmac('sha256', new Uint8Array(key)).update(text).digest()
}

const chatBytes = (chat: string) => {
  const text = chat.slice('chat_'.length)
  return Buffer.from(text, /^[0-9a-f]{32}$/.test(text) ? 'hex' : 'base64url')
}

export interface Place {
  site: string
  chat: string
  user: string
}

/** The local part of a reply address, whole or with another signature. */
export const replyToken = (
  { site, chat, user }: Place,
  signature: Uint8Array = macOf('reply addresses', `${site}/${chat}/${user}`).subarray(0, 16),
): string => base32(new Uint8Array([...chatBytes(chat), ...signature]))

/** The path of a link in a mail. */
export function mailPath(claims: object): string {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `/mail/${text}.${macOf('mail links', text).toString('base64url')}`
}

/** As an address is kept where only its sameness counts. */
export const addressKeyOf = (email: string): string => createHash('sha256').update(`address ${email}`).digest('hex')
