import type { Context, ErrorHandler } from 'hono'
import { ERRORS, type ErrorCode, type Issue, type Problem } from '../../protocol/errors.ts'
import type { SettingsConflict } from '../../protocol/settings/index.ts'
import type { AppContext } from '../env.ts'
import { logFailure } from '../log-failure.ts'

interface Particulars {
  detail?: string
  issues?: Issue[]
  retryAfterMs?: number
  conflict?: SettingsConflict
  cause?: unknown
}

/** A refusal with a code of the protocol; thrown inside a request, answered as a problem document. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly particulars: Particulars = {},
  ) {
    super(code, { cause: particulars.cause })
  }
}

/** RFC 9457 `application/problem+json`; a 429 or 503 also says `Retry-After` in whole seconds, at least 1. */
export function problem(
  c: Context<AppContext>,
  code: ErrorCode,
  { detail, issues, retryAfterMs, conflict }: Particulars = {},
) {
  const [status, title] = ERRORS[code]
  const body: Problem = { code, title }
  if (detail) body.detail = detail
  if (issues) body.issues = issues
  if (conflict) body.conflict = conflict
  if (retryAfterMs !== undefined) {
    body.retryAfterMs = Math.max(1, Math.ceil(retryAfterMs))
    c.header('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1000))))
  }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}

export const onError: ErrorHandler<AppContext> = (error, c) => {
  if (error instanceof AppError) return problem(c, error.code, error.particulars)
  logFailure({ requestId: c.get('requestId') }, error)
  return isBusy(error) ? problem(c, 'unavailable', { retryAfterMs: 1000 }) : problem(c, 'internal')
}

/** Durable Objects mark what a later try may mend: `retryable`, `overloaded`. */
const isBusy = (error: object) =>
  ('retryable' in error && error.retryable) || ('overloaded' in error && error.overloaded)
