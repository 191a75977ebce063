import { MAX_THUMBNAIL_BYTES, MAX_THUMBNAIL_PIXELS } from '../../protocol/bounds.ts'
import type { Settings } from '../../protocol/settings/index.ts'
import { AppError } from '../http/errors.ts'
import { allowedKinds } from './allowed.ts'
import { type FileType, readFileType } from './file-type.ts'
import { type PictureSize, readPictureSize } from './picture-size.ts'

/** A browser takes 4 bytes of memory for each pixel, so that a small file may ask for more than a phone has. */
const MOST_PIXELS = 50_000_000
const MOST_PIXELS_A_SIDE = 16_384

const THUMBNAILS = ['image/jpeg', 'image/png', 'image/webp']

export interface Inspected extends FileType {
  width: number | null
  height: number | null
}

/**
 * What a file is, by its first bytes alone. Throws file_refused for what the site takes no files of, for what could
 * run, and for a picture that is none; picture_too_large.
 */
export function inspect(head: Uint8Array, settings: Settings['attachments']): Inspected {
  const found = readFileType(head)
  if (!found || !allowedKinds(settings).includes(found.kind)) throw new AppError('file_refused')
  if (found.kind !== 'image') return { ...found, width: null, height: null }
  const size = readPictureSize(head, found.type)
  if (!size) throw new AppError('file_refused', { detail: 'It begins like a picture and is none.' })
  const { width, height } = size
  if (Math.max(width, height) > MOST_PIXELS_A_SIDE || width * height > MOST_PIXELS) {
    throw new AppError('picture_too_large', { detail: `${width} × ${height}` })
  }
  return { ...found, ...size }
}

/** Size and media type of a thumbnail that came along; throws file_refused for anything but a small picture. */
export function inspectThumbnail(bytes: Uint8Array): PictureSize & { type: string } {
  const found = readFileType(bytes)
  const size = found && THUMBNAILS.includes(found.type) ? readPictureSize(bytes, found.type) : null
  if (
    !found ||
    !size ||
    bytes.byteLength > MAX_THUMBNAIL_BYTES ||
    Math.max(size.width, size.height) > MAX_THUMBNAIL_PIXELS
  ) {
    throw new AppError('file_refused', { detail: 'The thumbnail is no small picture.' })
  }
  return { ...size, type: found.type }
}
