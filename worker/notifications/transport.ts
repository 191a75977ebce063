import { Resend } from 'resend'
import type { Env } from '../env.ts'

/** What the provider gets, to the letter the same at every try. */
export interface MailRequest {
  from: string
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  tags: { name: string; value: string }[]
}
/** `retry`: it may work later. `restMs`: how long the provider wants nothing at all. `refused`: it never will. */
export type Outcome =
  | { sent: true; providerId: string }
  | { sent: false; retry: true; reason: string; restMs?: number }
  | { sent: false; retry: false; reason: string }

export type Transport = (id: string, request: MailRequest) => Promise<Outcome>

const TIMEOUT_MS = 10_000
/** A 429 without Retry-After. */
const REST_MS = 1_000
/** A key or a domain that is not right yet: nothing gets through until a person has mended it. */
const REFUSED_REST_MS = 30_000
// Statuses that may be another later: the account's own, in progress under the same key, too many, the provider's own.
const isPassing = (status: number | null) =>
  status === null || [401, 403, 408, 409, 429].includes(status) || status >= 500

/** How this deployment sends mails; null where nothing is set up, and mails wait. */
export function transportOf(env: Env): Transport | null {
  if (env.RESEND_API_KEY && env.MAIL_FROM) return byResend(env.RESEND_API_KEY, env.RESEND_BASE_URL)
  return isDevMailbox(env) ? toDevMailbox : null
}

/** Without a key, and where `npm start` has said that this is a computer to develop on. */
export const isDevMailbox = (env: Env) => env.DEV_MAILBOX === 'on' && !env.RESEND_API_KEY

/** Its request stays in the outbox, which is where /dev/mail reads. */
const toDevMailbox: Transport = async (id) => ({ sent: true, providerId: `dev ${id}` })

function byResend(key: string, baseUrl: string | undefined): Transport {
  const resend = new Resend(key, baseUrl ? { baseUrl } : {})
  return async (id, request) => {
    const options = { idempotencyKey: id, signal: AbortSignal.timeout(TIMEOUT_MS) }
    // It never throws; what went wrong is in `error`.
    const { data, error, headers } = await resend.emails.send(request, options)
    if (data) return { sent: true, providerId: data.id }
    const reason = `${error.statusCode ?? 'no answer'} ${error.name}: ${error.message}`.slice(0, 300)
    // The same key with another body cannot be: an earlier try of this very mail was taken.
    if (error.name === 'invalid_idempotent_request') return { sent: true, providerId: '' }
    if (!isPassing(error.statusCode)) return { sent: false, retry: false, reason }
    const restMs = restAfter(error.statusCode, headers?.['retry-after'])
    return { sent: false, retry: true, reason, ...(restMs === null ? {} : { restMs }) }
  }
}

function restAfter(status: number | null, retryAfter: string | undefined): number | null {
  if (status === 401 || status === 403) return REFUSED_REST_MS
  return retryAfterMs(retryAfter) ?? (status === 429 ? REST_MS : null)
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfterMs(header: string | undefined): number | null {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
