import type { Attachment } from '../../protocol/attachments.ts'
import type { Message } from '../../protocol/chats.ts'
import type { ApiError } from '../client/api.ts'
import { type Held, held, hold, type LocalFile, letGo, progress, sentAs } from './local.ts'

/** What uploading needs of the store. */
export interface Line {
  readonly base: string
  token(renew?: boolean): Promise<string>
  /** A refusal as its own requests throw it. */
  refusal(code: ApiError['code'], retryAfterMs?: number): ApiError
}

const codeOf = (error: unknown) => (error as Partial<ApiError>).code

/** Nothing moved for this long: the network is gone, whatever the browser believes. */
const STALLED_MS = 30_000

const running = new Map<string, Promise<string>>()

/** The id of a file at the server, uploaded unless it is there already. Throws an ApiError. */
export function upload(line: Line, file: Held): Promise<string> {
  if (file.file) return Promise.resolve(file.file)
  const mine =
    running.get(file.key) ??
    transfer(line, file).finally(() => {
      running.delete(file.key)
      progress.set(file.key, null)
    })
  running.set(file.key, mine)
  return mine
}

const stops = new Map<string, () => void>()

/** Ends an upload that nobody wants any more, and takes it back if it has ended by itself. */
export function cancel(line: Line, file: Held): void {
  stops.get(file.key)?.()
  void letGo(file.key)
  const { file: id } = file
  if (!id) return
  void line
    .token()
    .then((token) =>
      fetch(`${line.base}/v1/files/${id}`, {
        method: 'DELETE',
        credentials: 'omit',
        headers: { authorization: `Bearer ${token}` },
      }),
    )
    .catch(() => undefined)
}

async function transfer(line: Line, file: Held): Promise<string> {
  progress.set(file.key, 0)
  const sent = await post(line, file, await line.token()).catch(async (error) => {
    if (codeOf(error) !== 'session_ended') throw error
    return post(line, file, await line.token(true))
  })
  file.file = sent.id
  sentAs(file, sent.id)
  await hold(file)
  return sent.id
}

function answerOf(request: XMLHttpRequest): { file?: Attachment; code?: ApiError['code']; retryAfterMs?: number } {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return {} // A proxy that answers in the server's place.
  }
}

/** `fetch` does not tell how far an upload is. */
function post({ base, refusal }: Line, { key, name, bytes, thumbnail }: Held, token: string): Promise<Attachment> {
  const request = new XMLHttpRequest()
  return new Promise<Attachment>((resolve, reject) => {
    let timer = 0
    const wait = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => request.abort(), STALLED_MS)
    }
    request.open('POST', `${base}/v1/files`)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('shopbell-file-name', encodeURIComponent(name.replace(/\p{Cs}/gu, '')))
    if (thumbnail) request.setRequestHeader('shopbell-thumbnail-bytes', String(thumbnail.size))
    request.upload.onprogress = ({ loaded, total }) => {
      wait()
      progress.set(key, loaded / (total || 1))
    }
    request.onloadend = () => {
      clearTimeout(timer)
      stops.delete(key)
      const { file, code, retryAfterMs } = answerOf(request)
      if (request.status === 201 && file) resolve(file)
      else reject(refusal(code ?? (request.status >= 500 ? 'unavailable' : 'offline'), retryAfterMs))
    }
    stops.set(key, () => request.abort())
    wait()
    request.send(thumbnail ? new Blob([thumbnail, bytes]) : bytes)
  })
}

async function uploaded(line: Line, files: readonly LocalFile[]): Promise<string[]> {
  const all = await Promise.all(files.map(({ key }) => held(key)))
  if (all.some((file) => !file)) throw line.refusal('attachment_unknown')
  const ids: string[] = []
  // One after the other: the first of them shows soonest, and a thin line is not shared.
  for (const file of all) if (file) ids.push(await upload(line, file))
  return ids
}

/**
 * Sends a message with its files. Where the server no longer has one of them (a day has passed), they are uploaded once
 * more.
 */
export async function withFiles<T extends { message?: Message }>(
  line: Line,
  files: readonly LocalFile[],
  send: (attachments: string[]) => Promise<T>,
): Promise<T> {
  const first = await uploaded(line, files)
  const answer = await send(first).catch(async (error) => {
    if (codeOf(error) !== 'attachment_unknown') throw error
    for (const { key } of files) {
      const file = await held(key)
      if (file) file.file = null
    }
    return send(await uploaded(line, files))
  })
  for (const { key } of files) void letGo(key)
  return answer
}
