import type { Env } from '../env.ts'
import { encryptFor } from './encrypt.ts'
import { isPushService } from './services.ts'
import type { Subscription } from './store.ts'
import { vapidHeader } from './vapid.ts'

const PATIENCE_MS = 10_000
/** A message that is not read by then is old news. */
const TTL_SEC = 12 * 3600

export interface Note {
  /** Notes of the same topic replace each other while the phone is off: at most 32 letters of base64url. */
  topic: string
  payload: object
}

/**
 * `gone`: the browser has unsubscribed, or the subscription was made for another key. `later`: the service is busy.
 * `refused`: it will never take this note.
 */
export type Sent = 'sent' | 'gone' | 'later' | 'refused'

export async function sendNote(env: Env, to: Subscription, { topic, payload }: Note): Promise<Sent> {
  if (!isPushService(env, to.endpoint)) return 'gone'
  const body = await encryptFor(to, JSON.stringify(payload))
  const contact = env.MAIL_FROM?.match(/[^<\s]+@[^>\s]+/)?.[0]
  const service = new URL(to.endpoint).origin
  const response = await fetch(to.endpoint, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      Authorization: await vapidHeader(env, service, contact ? `mailto:${contact}` : to.origin, Date.now()),
      'Content-Encoding': 'aes128gcm',
      'Content-Type': 'application/octet-stream',
      TTL: String(TTL_SEC),
      Urgency: 'high',
      Topic: topic,
    },
    body,
  }).catch(() => null)
  await response?.body?.cancel()
  return outcomeOf(response?.status)
}

function outcomeOf(status: number | undefined): Sent {
  if (status === undefined || status === 429 || status >= 500) return 'later'
  if (status >= 200 && status < 300) return 'sent'
  return [401, 403, 404, 410].includes(status) ? 'gone' : 'refused'
}
