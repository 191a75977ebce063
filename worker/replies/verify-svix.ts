import { decodeBase64 } from 'hono/utils/encode'

const TOLERANCE_SEC = 5 * 60

/** What Resend (by Svix) sends along with a hook. */
export interface SvixHeaders {
  id: string | undefined
  /** Seconds since 1970. */
  timestamp: string | undefined
  /** `v1,<base64>`, several with spaces while a secret is being replaced. */
  signature: string | undefined
}

/**
 * Whether one of the signatures is HMAC-SHA256 over `id.timestamp.body` under the secret (`whsec_` and base64) and was made
 * in these five minutes: docs.svix.com/receiving/verifying-payloads/how-manual.
 */
export async function isSvixSigned(
  secret: string,
  { id, timestamp, signature }: SvixHeaders,
  body: Uint8Array,
  nowSec: number,
): Promise<boolean> {
  if (!id || !signature || !/^\d{1,12}$/.test(timestamp ?? '')) return false
  if (Math.abs(nowSec - Number(timestamp)) > TOLERANCE_SEC) return false
  const key = await importSecret(secret)
  const head = new TextEncoder().encode(`${id}.${timestamp}.`)
  const signed = new Uint8Array([...head, ...body])
  const offered = signature.split(' ').flatMap((one) => one.match(/^v1,([A-Za-z0-9+/]{43}=)$/)?.[1] ?? [])
  const fits = await Promise.all(
    offered.slice(0, 10).map((one) => crypto.subtle.verify('HMAC', key, decodeBase64(one), signed)),
  )
  return fits.includes(true)
}

const importSecret = (secret: string) =>
  crypto.subtle.importKey(
    'raw',
    decodeBase64(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
