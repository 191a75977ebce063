import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A note as its browser reads it, once it is decrypted. */
export interface Rung {
  browser: string
  note: any
  topic: string | undefined
  ttl: string | undefined
}

/**
 * A push service (RFC 8030) with browsers: it takes notes that are rightly signed (RFC 8292) for who subscribed, and a
 * browser decrypts them (RFC 8291). Anything else is refused as Chrome's service does.
 */
export async function openPushService() {
  const rung: Rung[] = []
  const refused: string[] = []
  const answers = new Map<string, number>()
  const browsers = new Map<string, ReturnType<typeof newBrowser>>()
  let busy = 0

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const id = request.url?.slice('/push/'.length) ?? ''
      const browser = browsers.get(id)
      const end = (status: number) => void response.writeHead(status).end()
      if (busy > 0) {
        busy--
        service.turnedAway++
        return end(503)
      }
      if (!browser) return end(410)
      const forced = answers.get(id)
      if (forced) return end(forced)
      try {
        requireVapid(request.headers.authorization ?? '', service.origin, browser.key)
        if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm')
        const note = JSON.parse(browser.decrypt(Buffer.concat(chunks)))
        rung.push({ browser: id, note, topic: request.headers.topic as string, ttl: request.headers.ttl as string })
        end(201)
      } catch (error) {
        refused.push(String(error))
        end(400)
      }
    })
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const service = {
    host,
    origin: `http://${host}`,
    rung,
    refused,
    /** Notes that came while it was busy. */
    turnedAway: 0,
    /** What a browser's `pushManager.subscribe()` answers, with the key of the deployment. */
    subscribe(key: string) {
      const id = randomBytes(8).toString('hex')
      const browser = newBrowser(key)
      browsers.set(id, browser)
      return { id, endpoint: `http://${host}/push/${id}`, keys: browser.keys }
    },
    /** The next notes for this browser are answered so. */
    answerWith: (id: string, status: number) => answers.set(id, status),
    /** As many notes are answered 503. */
    beBusy(times: number) {
      busy = times
    },
    forget: (id: string) => browsers.delete(id),
    close: () => new Promise<void>((down) => server.close(() => down())),
  }
  return service
}

function newBrowser(key: string) {
  const ecdh = createECDH('prime256v1')
  const point = ecdh.generateKeys()
  const auth = randomBytes(16)
  const expand = (input: Buffer, salt: Buffer, info: Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, info, bytes))
  return {
    key,
    keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    decrypt(body: Buffer): string {
      const salt = body.subarray(0, 16)
      const length = body.readUInt8(20)
      const theirs = body.subarray(21, 21 + length)
      const sealed = body.subarray(21 + length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, theirs])
      const input = expand(ecdh.computeSecret(theirs), auth, info, 32)
      const aes = expand(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = expand(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const cipher = createDecipheriv('aes-128-gcm', aes, nonce)
      cipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
      return text.subarray(0, text.lastIndexOf(2)).toString()
    },
  }
}

function requireVapid(header: string, audience: string, key: string) {
  const [, token = '', shown] = header.match(/^vapid t=([\w.-]+), k=([\w-]+)$/) ?? []
  if (shown !== key) throw new Error('another key than the subscription was made for')
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url')))
    throw new Error('wrongly signed')
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const left = exp - Date.now() / 1000
  if (aud !== audience || left < 0 || left > 24 * 3600) throw new Error('not for here and now')
  if (!/^(mailto:|https?:)/.test(sub)) throw new Error('nobody to write to')
}
