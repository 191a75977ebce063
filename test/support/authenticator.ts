import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const base64url = (data: Buffer | string) => Buffer.from(data).toString('base64url')

/** The little CBOR (RFC 8949) that WebAuthn needs: small integers, byte and text strings, maps. */
function cbor(value: number | string | Buffer | Map<number | string, any>): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map) {
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)])])
  }
  return Buffer.concat([head(2, value.length), value])
}
function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n])
  if (n < 256) return Buffer.from([(major << 5) | 24, n])
  return Buffer.from([(major << 5) | 25, n >> 8, n & 255])
}

const USER_PRESENT = 1
const USER_VERIFIED = 4
const WITH_CREDENTIAL = 64

export interface AuthenticatorFaults {
  origin?: string
  rpId?: string
  /** Whether the person gave a finger or a PIN. */
  verified?: boolean
  challenge?: string
  /** Signs with another key than the one registered. */
  forged?: boolean
  /** Keeps the counter where it is, as a copy of the key does. */
  stuck?: boolean
}

/** A passkey as a device keeps it: answers what a browser would hand over, faults included (WebAuthn level 3, ES256). */
export function makeAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const id = randomBytes(32)
  let counter = 0

  const authData = (flags: number, faults: AuthenticatorFaults, rest: Buffer = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const all = flags | USER_PRESENT | (faults.verified === false ? 0 : USER_VERIFIED)
    return Buffer.concat([sha256(faults.rpId ?? new URL(origin).hostname), Buffer.from([all]), count, rest])
  }
  const clientData = (type: string, challenge: string, faults: AuthenticatorFaults) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const credential = (response: object) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  return {
    id: base64url(id),
    create(options: any, faults: AuthenticatorFaults = {}) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const key = cbor(
        new Map<number, any>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const size = Buffer.from([0, id.length])
      const data = authData(WITH_CREDENTIAL, faults, Buffer.concat([Buffer.alloc(16), size, id, key]))
      const attestation = new Map<string, any>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ])
      const made = clientData('webauthn.create', options.challenge, faults)
      return credential({
        clientDataJSON: base64url(made),
        attestationObject: base64url(cbor(attestation)),
        transports: ['internal'],
      })
    },
    get(options: any, faults: AuthenticatorFaults = {}) {
      if (!faults.stuck) counter += 1
      const data = authData(0, faults)
      const asked = clientData('webauthn.get', options.challenge, faults)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(asked)]))
        .sign(faults.forged ? other : privateKey)
      return credential({
        clientDataJSON: base64url(asked),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      })
    },
  }
}
