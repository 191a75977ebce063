const RECORD_BYTES = 4096
const LAST_RECORD = 2
const utf8 = new TextEncoder()

/** The keys of a browser's subscription, base64url: its P-256 point and 16 bytes only it and we know. */
export interface BrowserKeys {
  p256dh: string
  auth: string
}

/** A text that only the browser of this subscription can read (RFC 8291, one record of RFC 8188’s `aes128gcm`). */
export async function encryptFor({ p256dh, auth }: BrowserKeys, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const theirs = decode(p256dh)
  const ours = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])) as CryptoKeyPair
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', ours.publicKey)) as ArrayBuffer)
  const shared = await agree(ours.privateKey, theirs)
  const input = await expand(shared, decode(auth), join(utf8.encode('WebPush: info\0'), theirs, point), 32)
  const salt = new Uint8Array(16)
  crypto.getRandomValues(salt)
  const key = await expand(input, salt, utf8.encode('Content-Encoding: aes128gcm\0'), 16)
  const iv = await expand(input, salt, utf8.encode('Content-Encoding: nonce\0'), 12)
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    aes,
    join(utf8.encode(text), new Uint8Array([LAST_RECORD])),
  )
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, RECORD_BYTES)
  return join(salt, size, new Uint8Array([point.length]), point, new Uint8Array(sealed))
}

async function agree(ours: CryptoKey, theirs: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const point = await crypto.subtle.importKey('raw', theirs, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  // The runtime's types call it `$public`.
  const algorithm = { name: 'ECDH', public: point } as unknown as SubtleCryptoDeriveKeyAlgorithm
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, ours, 256))
}

async function expand(
  input: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: new Uint8Array(info) }, key, bytes * 8),
  )
}

const decode = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Uint8Array.fromBase64(text, { alphabet: 'base64url' }))

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
