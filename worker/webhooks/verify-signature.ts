import { decodeBase64 } from 'hono/utils/encode'

const BASE64 = /^[A-Za-z0-9+/]{43}=$/

/** A secret as the key of HMAC-SHA256. */
export const hmacKey = (secret: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])

/**
 * Whether base64(HMAC-SHA256) of the body as it was sent fits one of the keys: two during a rotation. Compared by
 * WebCrypto in constant time. WooCommerce: X-WC-Webhook-Signature; Shopify: X-Shopify-Hmac-Sha256.
 */
export async function isSignedBy(
  keys: readonly CryptoKey[],
  signature: string | undefined,
  body: Uint8Array<ArrayBuffer>,
) {
  if (!signature || !BASE64.test(signature)) return false
  const bytes = decodeBase64(signature)
  const fits = await Promise.all(keys.map((key) => crypto.subtle.verify('HMAC', key, bytes, body)))
  return fits.includes(true)
}
