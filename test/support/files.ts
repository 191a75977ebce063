import { deflateSync } from 'node:zlib'
import { type Answer, SHOP, type TestWorker } from './worker.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
const u32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

function crc(bytes: Buffer) {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

const chunk = (type: string, data: Buffer) =>
  Buffer.concat([u32(data.length), ascii(type), data, u32(crc(Buffer.concat([ascii(type), data])))])

/** A whole PNG of one colour. `claimed`: what its header says instead, as a bomb would. */
export function makePng(width: number, height: number, claimed = { width, height }): Buffer {
  const header = Buffer.concat([u32(claimed.width), u32(claimed.height), Buffer.from([8, 2, 0, 0, 0])])
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * width, 0x7a)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    ascii('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const PDF = ascii('%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF')

interface Sent {
  name?: string
  thumbnail?: Buffer
  headers?: Record<string, string>
}

/** One upload as a page of the shop makes it. */
export async function upload(
  worker: Pick<TestWorker, 'url'>,
  token: string | undefined,
  bytes: Uint8Array,
  { name = 'photo.png', thumbnail, headers = {} }: Sent = {},
): Promise<Answer> {
  const response = await fetch(`${worker.url}/v1/files`, {
    method: 'POST',
    headers: {
      Origin: SHOP,
      'Content-Type': 'application/octet-stream',
      'Shopbell-File-Name': encodeURIComponent(name),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(thumbnail ? { 'Shopbell-Thumbnail-Bytes': String(thumbnail.length) } : {}),
      ...headers,
    },
    body: (thumbnail ? Buffer.concat([thumbnail, bytes]) : bytes) as BodyInit,
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

/** Keys of every object that is stored. */
export async function storedKeys({ FILES }: TestWorker['env']): Promise<string[]> {
  const { objects } = await FILES.list({ limit: 1000 })
  return objects.map(({ key }) => key).sort()
}
