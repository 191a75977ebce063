import type { Attachment } from '../../protocol/attachments.ts'
import { MAX_THUMBNAIL_BYTES } from '../../protocol/bounds.ts'
import type { FileId, SessionId, UserId } from '../../protocol/ids.ts'
import type { Settings } from '../../protocol/settings/index.ts'
import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { maxBytes } from './allowed.ts'
import { fileName } from './file-name.ts'
import { inspect, inspectThumbnail } from './inspect.ts'
import { readHead } from './read-head.ts'
import { markStored, type NewFileRow, type NotReserved, reserveFile, type UploadLimit } from './store.ts'

/** Where a picture says its size: a photo's profiles and previews lie before it. */
const HEAD_BYTES = 256 * 1024
/** Room for this many of the largest files an hour. */
const LARGEST_AN_HOUR = 20
/** No upload runs longer; the sweep counts on it. */
export const UPLOAD_MS = HOUR_MS / 2

export interface Upload {
  /** Who uploads; the session is null for what comes by another way than the API. */
  user: UserId
  session: SessionId | null
  /** As the sender calls it. */
  name: string
  /** Of all bytes, the thumbnail's included. */
  length: number
  /** How many of them come first as a small picture of the file. */
  thumbnail: number
  body: ReadableStream<Uint8Array>
}

/**
 * Stores one file as it streams in, for the next message of this person. Throws attachments_off, file_empty,
 * file_too_large, file_refused, picture_too_large, uploads_limited, session_ended, blocked, and
 * unavailable where the bytes did not arrive or could not be kept.
 */
export async function uploadFile(env: Env, site: Site, upload: Upload): Promise<Attachment> {
  const settings = site.settings.attachments
  const size = checkedSize(upload, settings)
  const head = await readHead(upload.body, Math.min(upload.length, upload.thumbnail + HEAD_BYTES))
  const thumbnail = upload.thumbnail > 0 ? head.bytes.subarray(0, upload.thumbnail) : null
  const start = head.bytes.subarray(upload.thumbnail)
  const found = inspect(start, settings)
  const small = thumbnail && inspectThumbnail(thumbnail)
  const key = `${site.id}/${newSecret()}`
  const row: NewFileRow = {
    id: newId<FileId>('file'),
    site: site.id,
    user: upload.user,
    session: upload.session,
    key,
    thumbKey: thumbnail && `${key}.thumbnail`,
    name: fileName(upload.name, found),
    kind: found.kind,
    type: found.type,
    size,
    // Of a video its first picture tells the shape.
    width: found.width ?? small?.width ?? null,
    height: found.height ?? small?.height ?? null,
    limit: uploadLimit(settings),
  }
  const db = database(env, site.db)
  const refused = await reserveFile(db, row)
  if (refused) throw refusal(refused)
  if (small && row.thumbKey) await env.FILES.put(row.thumbKey, thumbnail, { httpMetadata: { contentType: small.type } })
  await store(env, key, { start, rest: head.rest, size })
  const stored = await markStored(db, row.id)
  if (stored) return stored
  // Taken back while it was on its way: an erasure may have run.
  await env.FILES.delete([key, ...(row.thumbKey ? [row.thumbKey] : [])])
  throw new AppError('session_ended')
}

function checkedSize({ length, thumbnail }: Upload, settings: Settings['attachments']): number {
  if (!settings.enabled) throw new AppError('attachments_off')
  if (thumbnail > MAX_THUMBNAIL_BYTES) throw new AppError('file_refused', { detail: 'The thumbnail is too large.' })
  const size = length - thumbnail
  if (size <= 0) throw new AppError('file_empty')
  if (size > maxBytes(settings)) {
    throw new AppError('file_too_large', { detail: `At most ${settings.maxMegabytes} MB.` })
  }
  return size
}

const uploadLimit = (settings: Settings['attachments']): UploadLimit => ({
  files: settings.uploadsPerHour,
  bytes: LARGEST_AN_HOUR * maxBytes(settings),
  windowMs: HOUR_MS,
})

interface Bytes {
  start: Uint8Array
  rest: ReadableStream<Uint8Array> | null
  size: number
}

/** R2 wants to know how long a stream is; a file whose bytes are all here already is no stream. */
async function store(env: Env, key: string, { start, rest, size }: Bytes): Promise<void> {
  if (!rest) return void (await env.FILES.put(key, start))
  const { readable, writable } = new FixedLengthStream(size)
  const put = env.FILES.put(key, readable)
  try {
    await Promise.all([put, pour(start, rest, writable)])
  } catch (cause) {
    throw new AppError('unavailable', { retryAfterMs: 1000, cause })
  }
}

async function pour(start: Uint8Array, rest: ReadableStream<Uint8Array>, into: WritableStream<Uint8Array>) {
  const writer = into.getWriter()
  await writer.write(start)
  writer.releaseLock()
  await rest.pipeTo(into, { signal: AbortSignal.timeout(UPLOAD_MS) })
}

function refusal(no: NotReserved): AppError {
  if (no.sessionEnded) return new AppError('session_ended')
  if (no.blocked) return new AppError('blocked')
  return new AppError('uploads_limited', { retryAfterMs: Math.max(1000, no.waitMs ?? 0) })
}
