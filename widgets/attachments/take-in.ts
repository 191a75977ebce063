import type { FileKind } from '../../protocol/attachments.ts'
import type { Held } from './local.ts'

const MOST_PIXELS_A_SIDE = 2048
const THUMBNAIL_PIXELS = 640
const THUMBNAIL_BYTES = 90_000
const LARGE_PNG_BYTES = 1_500_000
const VIDEO_PATIENCE_MS = 4_000

type Place = Pick<Held, 'owner' | 'place'>

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A guess, for showing it: what it is, the server decides by its bytes. */
function kindOf({ type, name }: File): FileKind {
  const kind = type.split('/')[0]
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind
  return /\.zip$/i.test(name) ? 'archive' : 'document'
}

/**
 * A file as it is sent. Pictures are drawn anew, at a size that a chat needs: what a camera wrote into them (the place,
 * the device) stays behind. What this browser cannot draw goes as it is.
 */
export async function takeIn(file: File, place: Place): Promise<Held> {
  const kind = kindOf(file)
  const plain: Held = {
    ...place,
    key: newKey(),
    name: file.name || kind,
    kind,
    type: file.type,
    size: file.size,
    width: null,
    height: null,
    bytes: file,
    thumbnail: null,
    at: Date.now(),
    file: null,
  }
  try {
    if (kind === 'image') return { ...plain, ...(await redrawn(file)) }
    if (kind === 'video') return { ...plain, ...(await firstPicture(file)) }
  } catch {
    // Damaged, or of a kind that this browser cannot draw: the server will tell.
  }
  return plain
}

const within = (width: number, height: number, most: number) => {
  const scale = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

type Drawable = ImageBitmap | HTMLVideoElement

async function draw(source: Drawable, size: { width: number; height: number }, type: string, quality?: number) {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // JPEG has no transparency: black would take its place.
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, size.width, size.height)
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, size.width, size.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  if (!blob) throw new Error('not drawn')
  return blob
}

/** A small picture that fits into what the server takes; null where it does not get small. */
async function thumbnailOf(source: Drawable, width: number, height: number): Promise<Blob | null> {
  for (const quality of [0.75, 0.5, 0.3]) {
    const blob = await draw(source, within(width, height, THUMBNAIL_PIXELS), 'image/jpeg', quality)
    if (blob.size <= THUMBNAIL_BYTES) return blob
  }
  return null
}

const ENDING = /(\.\w{1,5})?$/
const renamed = (name: string, type: string) =>
  name.replace(ENDING, type === 'image/jpeg' ? '.jpg' : type === 'image/webp' ? '.webp' : '.png')

async function redrawn(file: File) {
  const source = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const { width, height } = source
    const thumbnail = await thumbnailOf(source, width, height)
    // Drawn anew it would not move any more; nobody's camera makes one.
    if (file.type === 'image/gif') return { width, height, thumbnail }
    const size = within(width, height, MOST_PIXELS_A_SIDE)
    const bytes = await smallest(source, size, file.type)
    return {
      ...size,
      thumbnail,
      bytes,
      size: bytes.size,
      type: bytes.type,
      name: renamed(file.name || 'photo', bytes.type),
    }
  } finally {
    source.close()
  }
}

/** Drawings keep their sharp edges and their transparency; photos become JPEG. */
async function smallest(source: ImageBitmap, size: { width: number; height: number }, type: string): Promise<Blob> {
  const mayBeClear = type === 'image/png' || type === 'image/webp' || type === 'image/avif'
  if (!mayBeClear) return draw(source, size, 'image/jpeg', 0.85)
  const sharp = await draw(source, size, type === 'image/png' ? type : 'image/webp', 0.9)
  return sharp.size <= LARGE_PNG_BYTES ? sharp : draw(source, size, 'image/jpeg', 0.85)
}

/** The shape of a video, and its first picture. */
async function firstPicture(file: File) {
  const video = document.createElement('video')
  const address = URL.createObjectURL(file)
  try {
    video.muted = true
    video.playsInline = true
    video.preload = 'auto'
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), VIDEO_PATIENCE_MS)
      video.onerror = () => reject(new Error('not a video'))
      video.onloadeddata = () => {
        video.currentTime = Math.min(0.1, video.duration / 2 || 0)
      }
      video.onseeked = () => resolve()
      video.src = address
    })
    const { videoWidth: width, videoHeight: height } = video
    return { width, height, thumbnail: await thumbnailOf(video, width, height) }
  } finally {
    URL.revokeObjectURL(address)
  }
}
