import type * as z from 'zod'
import type { ErrorCode } from '../errors.ts'

/** How a request proves who it is; `docs/api.md` says each in words. */
export type Auth =
  | 'none'
  | 'origin'
  | 'hosted'
  | 'session'
  | 'socket'
  | 'key'
  | 'staff'
  | 'key_or_staff'
  | 'operator'
  | 'signature'

export interface Answer {
  status: number
  /** None where the answer is empty. */
  schema?: z.ZodType
  /** It is bytes, not JSON. */
  bytes?: boolean
  /** When it is this one. */
  when?: string
}

export interface Header {
  name: string
  help: string
  required?: boolean
}

/** One route, as it is documented. `path` is Hono's: `/v1/chats/:chat`. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  summary: string
  help?: string
  auth: Auth
  query?: z.ZodType
  body?: z.ZodType
  /** A body of bytes instead of JSON: what it is. */
  bytes?: string
  headers?: readonly Header[]
  answers: readonly Answer[]
  /** Beside those that its `auth` and a body bring along (`errorsOf`). */
  errors?: readonly ErrorCode[]
}

export interface RouteGroup {
  title: string
  about: string
  routes: readonly Route[]
}

/** What a request without it, or with a wrong one, is refused with. */
export const BY_AUTH: Record<Auth, readonly ErrorCode[]> = {
  none: [],
  origin: ['site_unknown', 'origin_refused'],
  hosted: ['site_unknown', 'origin_refused'],
  session: ['session_required', 'site_unknown', 'origin_refused', 'guests_refused'],
  socket: ['session_required', 'session_ended', 'site_unknown', 'origin_refused', 'guests_refused'],
  key: ['session_required', 'forbidden'],
  staff: ['session_required', 'session_ended', 'site_unknown', 'origin_refused', 'forbidden'],
  key_or_staff: ['session_required', 'session_ended', 'site_unknown', 'origin_refused', 'forbidden'],
  operator: ['session_required', 'forbidden'],
  signature: ['signature_invalid', 'site_unknown', 'forbidden', 'body_too_large'],
}
export const OF_BODY: readonly ErrorCode[] = ['invalid_json', 'body_too_large', 'not_json_type', 'invalid']

/** Every code that a route may answer with, beside `internal` and `unavailable`, which any may. */
export function errorsOf({ auth, body, query, errors = [] }: Route): ErrorCode[] {
  const ofInput: readonly ErrorCode[] = body ? OF_BODY : query ? ['invalid'] : []
  return [...new Set([...BY_AUTH[auth], ...ofInput, ...errors])]
}
