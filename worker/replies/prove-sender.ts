import { addressParser } from 'postal-mime'

/** A mail's headers from the top, values as they came. */
export type MailHeaders = readonly { key: string; value: string }[]

const SERVER = /^\s*mx\.cloudflare\.net\s*(?:1\s*)?;/i

/**
 * The address that a mail is provably from: the one mailbox in its one `From`, where Email Routing says that DMARC passed
 * for that very domain. Null for anything else.
 *
 * Email Routing writes its own `Authentication-Results: mx.cloudflare.net; …` (RFC 8601) above all that came with the
 * mail. Whatever the sender put in lies below, so only the topmost counts, and only above the sender's own `Received`.
 */
export function provenSender(headers: MailHeaders): string | null {
  const from = senderOf(headers)
  const domain = from?.split('@')[1]
  return from && domain && passedDomain(headers) === domain ? from : null
}

/** The one address of the one `From`, in small letters. */
export function senderOf(headers: MailHeaders): string | null {
  const all = headers.filter(({ key }) => key === 'from')
  const [mailbox, more] = all.length === 1 ? addressParser(all[0]?.value ?? '') : []
  const address = more ? undefined : mailbox?.address?.trim().toLowerCase()
  return address && /^[^@\s"()<>,;:\\]+@[^@\s"()<>,;:\\]+$/.test(address) ? address : null
}

function passedDomain(headers: MailHeaders): string | null {
  const top = headers.findIndex(({ key }) => key === 'authentication-results')
  const value = headers[top]?.value ?? ''
  const received = headers.slice(0, Math.max(0, top)).filter(({ key }) => key === 'received').length
  if (!SERVER.test(value) || received > 1) return null
  // From here on it quotes what the sender's server said of itself: names in which anything may be written.
  const [ours = ''] = withoutComments(value.replace(SERVER, '')).split(/\bsmtp\.(?:helo|mailfrom|rcpttodomain)\s*=/i)
  const verdicts = ours.split(';').filter((part) => /^\s*dmarc\s*=/i.test(part))
  const [only] = verdicts
  if (verdicts.length !== 1 || !only || !/^\s*dmarc\s*=\s*pass\b/i.test(only)) return null
  return only.match(/\bheader\.from\s*=\s*"?([^\s;"]+)/i)?.[1]?.toLowerCase() ?? null
}

/** RFC 5322 comments may be nested; one that does not end takes the rest with it. */
function withoutComments(value: string): string {
  let depth = 0
  let out = ''
  for (const letter of value) {
    if (letter === '(') depth++
    else if (letter === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += letter
  }
  return out
}
