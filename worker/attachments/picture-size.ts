import { bytesAt, sizeAt } from './file-type.ts'

export interface PictureSize {
  width: number
  height: number
}

/**
 * How large a picture is shown, from its first bytes and without decoding it; null where they do not tell, which no
 * whole picture does.
 */
export function readPictureSize(head: Uint8Array, type: string): PictureSize | null {
  const size = READERS[type]?.(head)
  return size && size.width > 0 && size.height > 0 ? size : null
}

const READERS: Record<string, (head: Uint8Array) => PictureSize | null> = {
  'image/png': png,
  'image/gif': gif,
  'image/jpeg': jpeg,
  'image/webp': webp,
  'image/avif': boxes,
  'image/heic': boxes,
}

const viewOf = (head: Uint8Array) => new DataView(head.buffer, head.byteOffset, head.byteLength)

function png(head: Uint8Array): PictureSize | null {
  if (head.length < 33 || sizeAt(head, 8) !== 13 || bytesAt(head, 12, 4) !== 'IHDR') return null
  return { width: sizeAt(head, 16), height: sizeAt(head, 20) }
}

/** After the screen and its colours a picture or an extension must follow: a script that begins like a GIF has neither. */
function gif(head: Uint8Array): PictureSize | null {
  if (head.length < 14) return null
  const view = viewOf(head)
  const flags = view.getUint8(10)
  const next = head[13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)]
  if (next !== 0x21 && next !== 0x2c) return null
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** SOF markers but those of tables: DHT, JPG and DAC lie between them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpeg(head: Uint8Array): PictureSize | null {
  const view = viewOf(head)
  let turned = false
  for (let at = 2; at + 9 <= head.length && head[at] === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (isFrame(marker)) return turn({ width: view.getUint16(at + 7), height: view.getUint16(at + 5) }, turned)
    if (marker === 0xe1) turned ||= isTurned(head.subarray(at + 4, at + 2 + view.getUint16(at + 2)))
    // Fill bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

const turn = ({ width, height }: PictureSize, turned: boolean) =>
  turned ? { width: height, height: width } : { width, height }

/** Exif: orientations 5 to 8 lie on their side. */
function isTurned(segment: Uint8Array) {
  if (bytesAt(segment, 0, 6) !== 'Exif\0\0' || segment.length < 16) return false
  const tiff = segment.subarray(6)
  const view = viewOf(tiff)
  const little = bytesAt(tiff, 0, 2) === 'II'
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return false
  const count = view.getUint16(directory, little)
  for (let entry = directory + 2; entry + 12 <= tiff.length && entry < directory + 2 + 12 * count; entry += 12) {
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little) >= 5
  }
  return false
}

function webp(head: Uint8Array): PictureSize | null {
  if (head.length < 30) return null
  const view = viewOf(head)
  const chunk = bytesAt(head, 12, 4)
  if (chunk === 'VP8X')
    return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
  }
  if (chunk !== 'VP8 ') return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

/** AVIF and HEIC: the largest of the extents that it names, since a picture may be put together from tiles. */
function boxes(head: Uint8Array): PictureSize | null {
  const text = bytesAt(head, 0, head.length)
  const extents = [...text.matchAll(/ispe/g)].map(({ index }) => ({
    width: sizeAt(head, index + 8),
    height: sizeAt(head, index + 12),
  }))
  const [largest] = extents.sort((a, b) => b.width * b.height - a.width * a.height)
  const angle = head[text.indexOf('irot') + 4] ?? 0
  return largest ? turn(largest, text.includes('irot') && angle % 2 === 1) : null
}
