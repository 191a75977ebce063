/** A new id of ours: prefix and 128 random bits, base64url. */
export const newId = <T extends string>(prefix: string) =>
  `${prefix}_${base64url(crypto.getRandomValues(new Uint8Array(16)))}` as T

/** 256 random bits as text, for what must not be guessed. */
export const newSecret = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

export const base64url = (bytes: Uint8Array) => bytes.toBase64({ alphabet: 'base64url', omitPadding: true })

/** SHA-256 as hex: how secrets that are only ever compared are kept. */
export async function sha256(of: string | Uint8Array<ArrayBuffer>) {
  const bytes = typeof of === 'string' ? new TextEncoder().encode(of) : of
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
}
