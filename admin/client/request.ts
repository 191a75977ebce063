import type { ErrorCode, Issue, Problem } from '../../protocol/errors.ts'

/** `offline`: no answer came, so the same request may simply go again. */
export type Refusal = ErrorCode | 'offline'

/** What a refusal says; with `settings_conflict` also what was changed meanwhile, and by whom. */
type Told = Partial<Problem> & { conflict?: { changes: readonly { by: string; at: number }[] | null } }

/** The one way a request fails. */
export class ApiError extends Error {
  constructor(
    readonly code: Refusal,
    readonly problem: Told = {},
  ) {
    super(code)
  }

  get issues(): readonly Issue[] {
    return this.problem.issues ?? []
  }

  /** The server may never have seen it, or was busy: the same request again is right. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'unavailable' || this.code === 'internal'
  }
}

export const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal'))

export type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

const PATIENCE_MS = 30_000

async function parsed(response: Response) {
  try {
    return JSON.parse(await response.text())
  } catch {
    return null // A portal or a proxy that answers in our place sends no JSON.
  }
}

/** One JSON request. Throws an ApiError and nothing else. */
export async function request<T>(method: string, url: string, token = '', body?: unknown): Promise<T> {
  const answer = await send(method, url, token, body)
  const content = await parsed(answer)
  if (answer.status === 204 || (answer.ok && content !== null)) return content
  if (!content?.code) throw new ApiError(answer.status >= 500 ? 'unavailable' : 'offline')
  throw new ApiError(content.code, content)
}

/** The answer as it comes, for files. Throws an ApiError where none comes. */
export function send(method: string, url: string, token = '', body?: unknown): Promise<Response> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  const init: RequestInit = { method, headers, credentials: 'omit', cache: 'no-store' }
  if (body !== undefined) init.body = JSON.stringify(body)
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {
    throw new ApiError('offline')
  })
}
