import type { FileId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { loadSite } from '../sites/load.ts'
import { contentDisposition } from './file-name.ts'
import { readLink } from './link.ts'
import { readLinked, type StoredFile } from './link-store.ts'

/**
 * What an upload is served with, whatever it is: a browser that opens it saves it, and one that would rather run it may
 * not. Pictures, videos and sound play in their elements all the same: those do not look at Content-Disposition.
 */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cache-Control': 'private, no-store',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Accept-Ranges': 'bytes',
}

/**
 * The bytes of a file, streamed, for a link that still holds: its session is not revoked, its person has their place
 * in the chat and is not blocked, and the file is still kept. Anything else is not_found.
 */
export async function serveFile(env: Env, file: FileId, text: string, range: string | undefined): Promise<Response> {
  const link = await readLink(env, file, text, Date.now())
  const site = link && (await loadSite(env, link.site))
  const found = site && (await readLinked(database(env, site.db), link.site, link.session, file))
  if (!found || (found.role === 'guest' && site.settings.guests.mode === 'none')) throw new AppError('not_found')
  if (!link.thumbnail) return wholeOrPart(env, found, range)
  const thumbnail = found.thumbKey === null ? null : await env.FILES.get(found.thumbKey)
  if (!thumbnail) throw new AppError('not_found')
  return respond(found, thumbnail.body, {
    type: thumbnail.httpMetadata?.contentType ?? 'image/jpeg',
    length: thumbnail.size,
  })
}

async function wholeOrPart(env: Env, file: StoredFile, range: string | undefined): Promise<Response> {
  const part = range === undefined ? null : readRange(range, file.size)
  if (part === 'beyond') {
    return new Response(null, { status: 416, headers: { ...HEADERS, 'Content-Range': `bytes */${file.size}` } })
  }
  const object = await env.FILES.get(file.key, part ? { range: part } : {})
  if (!object) throw new AppError('not_found')
  if (!part) return respond(file, object.body, { type: file.type, length: file.size })
  const { offset, length } = part
  const response = respond(file, object.body, { type: file.type, length }, 206)
  response.headers.set('Content-Range', `bytes ${offset}-${offset + length - 1}/${file.size}`)
  return response
}

function respond(file: StoredFile, body: ReadableStream, sent: { type: string; length: number }, status = 200) {
  return new Response(body, {
    status,
    headers: {
      ...HEADERS,
      'Content-Type': sent.type,
      'Content-Length': String(sent.length),
      'Content-Disposition': contentDisposition(file.name),
    },
  })
}

/** One range of RFC 9110; null, which is the whole, for what we do not know. */
function readRange(text: string, size: number): { offset: number; length: number } | 'beyond' | null {
  const [, from = '', to = ''] = text.match(/^bytes=(\d*)-(\d*)$/) ?? []
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first > last ? 'beyond' : { offset: first, length: last - first + 1 }
}
