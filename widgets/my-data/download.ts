import type { ApiError, Refusal } from '../client/api.ts'
import type { ChatStore } from '../client/store.ts'

/** A blob's address is given back once the browser must have begun to save it. */
const KEPT_MS = 60_000

interface Asked {
  /** The mailed code of a guest. */
  code: string | undefined
  /** Hears of each part before it is fetched, once it is known how many there are. */
  told(part: number, parts: number): void
}

/** Saves a copy of one's own data among the browser's downloads, a file for each part. Throws an ApiError. */
export async function download(store: ChatStore, { code, told }: Asked): Promise<void> {
  for (let part = 1, parts = 1; part <= parts; part++) {
    if (parts > 1) told(part, parts)
    const answer = await ask(store, code ? { part, code } : { part })
    parts = Number(answer.headers.get('shopbell-parts')) || 1
    const file = await answer.blob().catch(() => Promise.reject(store.refusal('offline')))
    save(file, parts > 1 ? `personal-data-${part}-of-${parts}.zip` : 'personal-data.zip')
  }
}

async function ask(store: ChatStore, body: object): Promise<Response> {
  const post = async (renew = false) => taken(store, await send(store, body, renew))
  return post().catch((error: ApiError) => {
    if (error.code !== 'session_ended') throw error
    return post(true)
  })
}

async function send(store: ChatStore, body: object, renew: boolean): Promise<Response> {
  const token = await store.token(renew)
  return fetch(`${store.base}/v1/me/data/export`, {
    method: 'POST',
    credentials: 'omit',
    cache: 'no-store',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => Promise.reject(store.refusal('offline')))
}

async function taken(store: ChatStore, answer: Response): Promise<Response> {
  if (answer.ok) return answer
  const problem: { code?: Refusal; retryAfterMs?: number } = await answer.json().catch(() => ({}))
  throw store.refusal(problem.code ?? 'unavailable', problem.retryAfterMs)
}

function save(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS)
}
