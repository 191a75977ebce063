import type { Context, MiddlewareHandler } from 'hono'
import type { Role } from '../../protocol/sessions.ts'
import type { AppContext } from '../env.ts'
import { readToken } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { AppError } from './errors.ts'
import { admit } from './origin.ts'

/**
 * A bearer session of a person, from an origin of its own site: sets `session` and `site`, with no I/O but the
 * cached site. Guests are refused here wherever the site admits none.
 */
export const requireSession: MiddlewareHandler<AppContext> = async (c, next) => {
  const token = bearer(c.req.header('Authorization'))
  const session = token && (await readToken(c.env, token))
  if (!session) throw new AppError('session_required')
  c.set('session', session)
  c.set('site', await admitPerson(c, session.site, session.role))
  await next()
}

/** The site, if somebody of this role may speak to it from where the request comes. 403 as `admit`, `guests_refused`. */
export async function admitPerson(c: Context<AppContext>, id: string, role: Role): Promise<Site> {
  const site = await admit(c, id, isStaff(role) ? 'admin' : 'shop')
  if (role === 'guest' && site.settings.guests.mode === 'none') throw new AppError('guests_refused')
  return site
}

export const isStaff = (role: Role) => role === 'analyst' || role === 'admin' || role === 'owner'

export const bearer = (header: string | undefined) => header?.match(/^Bearer ([\w.~+/=-]+)$/)?.[1]
