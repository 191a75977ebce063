import type { Chat, ChatPage, Message, MessagePage, NewChat, NewMessage, Sync } from '../../protocol/chats.ts'
import type { ErrorCode, Issue } from '../../protocol/errors.ts'
import type { Me } from '../../protocol/sessions.ts'

/** `offline`: no answer came, so the same request may simply go again. */
export type Refusal = ErrorCode | 'offline'

/** The one way a request fails. `retryAfterMs` is 0 where the server named no time. */
export class ApiError extends Error {
  constructor(
    readonly code: Refusal,
    readonly retryAfterMs = 0,
    readonly issues: readonly Issue[] = [],
  ) {
    super(code)
  }

  /** The server may never have seen it, or was busy: the same request again is right. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'unavailable' || this.code === 'internal'
  }
}

export const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal'))

const PATIENCE_MS = 15_000

async function parsed(response: Response) {
  try {
    return JSON.parse(await response.text())
  } catch {
    return null
  }
}

/** One JSON request. Throws an ApiError and nothing else. */
export async function request<T>(method: string, url: string, token?: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
  if (token) headers.authorization = `Bearer ${token}`
  const response = await fetch(url, {
    method,
    headers,
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => null)
  const answer = response && (await parsed(response))
  if (response?.status === 204 || (response?.ok && answer)) return answer
  // A portal or a proxy that answers in our place sends no problem document.
  if (!answer?.code) throw new ApiError(response && response.status >= 500 ? 'unavailable' : 'offline')
  throw new ApiError(answer.code, answer.retryAfterMs, answer.issues)
}

export type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>
export type Api = ReturnType<typeof api>
export interface ListQuery {
  filter?: string
  q?: string
  before?: string
  about?: string
}
type MessageRange = { before?: number | undefined; after?: number | undefined; limit?: number }

const query = (values: object): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value || value === 0) search.set(name, value)
  return search.size ? `?${search}` : ''
}

/** The routes that need a session; `call` adds it. */
export const api = (call: Call) => ({
  me: () => call<Me>('GET', '/me'),
  signOut: () => call<null>('DELETE', '/sessions/current'),
  start: (chat: NewChat) => call<{ chat: Chat; message?: Message }>('POST', '/chats', chat),
  chats: (list: ListQuery) => call<ChatPage>('GET', `/chats${query(list)}`),
  chat: (id: string) => call<{ chat: Chat }>('GET', `/chats/${id}`),
  messages: (id: string, range: MessageRange) => call<MessagePage>('GET', `/chats/${id}/messages${query(range)}`),
  send: (id: string, message: NewMessage) => call<{ message: Message }>('POST', `/chats/${id}/messages`, message),
  read: (id: string, seq: number) => call<unknown>('PUT', `/chats/${id}/read`, { seq }),
  setState: (id: string, state: 'open' | 'closed') => call<unknown>('PUT', `/chats/${id}/state`, { state }),
  block: (id: string, blocked: boolean) => call<unknown>('PUT', `/chats/${id}/block`, { blocked }),
  sync: (since: string | null) => call<Sync>('GET', `/sync${query({ since })}`),
})
