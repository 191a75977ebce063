import type { Context, MiddlewareHandler } from 'hono'
import type { Role } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { readStepUp, touchStaff } from '../sessions/store.ts'
import { AppError } from './errors.ts'
import { requireSession } from './session.ts'

/**
 * A session of one of these roles, its row read on every request: a revoked or idle one ends at once (401
 * `session_ended`). 403 `forbidden` for any other role. Sets `session`, `site` and `actor`.
 */
export const requireStaff =
  (...roles: Role[]): MiddlewareHandler<AppContext> =>
  (c, next) =>
    requireSession(c, async () => {
      const { session, site } = c.var
      if (!roles.includes(session.role)) throw new AppError('forbidden')
      if (!(await touchStaff(database(c.env, site.db), session.sid))) throw new AppError('session_ended')
      c.set('actor', { id: session.sub, role: session.role })
      await next()
    })

/** For how long a proof that it is still the same person holds. */
export const STEP_UP_MS = 10 * 60_000

/**
 * After `requireStaff` or `keyOrStaff`: whoever changes keys, origins or people, or erases, has shown within the last ten minutes
 * that it is still the same person. 403 `step_up_required`. A server key proves itself with every request.
 */
export const requireStepUp: MiddlewareHandler<AppContext> = async (c, next) => {
  await assertSteppedUp(c)
  await next()
}

/** The same, where it depends on what the body says. */
export async function assertSteppedUp(c: Context<AppContext>): Promise<void> {
  const { session, site } = c.var
  const until = session && (await readStepUp(database(c.env, site.db), session.sid, STEP_UP_MS))
  if (session && until === null) throw new AppError('step_up_required')
}
