import { Hono } from 'hono'
import { SOCKET_PROTOCOL } from '../../protocol/bounds.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { admitPerson } from '../http/session.ts'
import { endedSessions } from '../sessions/store.ts'
import { readToken } from '../sessions/token.ts'
import type { SocketOwner } from './inbox.ts'
import { inboxOf } from './nudge.ts'

/**
 * `GET /v1/socket`: WebSocket with subprotocols `shopbell.v1` and `token.<jwt>` (browsers cannot set headers there,
 * and a URL would be logged); answers `shopbell.v1`. 426 without an upgrade, 401 and 403 as everywhere.
 */
export const socketRoutes = new Hono<AppContext>().get('/socket', async (c) => {
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') return c.text('Expected a WebSocket', 426)
  const offered = (c.req.header('Sec-WebSocket-Protocol') ?? '').split(',').map((name) => name.trim())
  const token = offered.find((name) => name.startsWith('token.'))?.slice('token.'.length)
  const session = token && offered.includes(SOCKET_PROTOCOL) ? await readToken(c.env, token) : null
  if (!session) throw new AppError('session_required')
  const site = await admitPerson(c, session.site, session.role)
  const { sid, sub, exp, role } = session
  if ((await endedSessions(database(c.env, site.db), [sid])).has(sid)) throw new AppError('session_ended')
  const owner: SocketOwner = { sid, sub, exp, role, site: site.id, db: site.db }
  // Built anew, so that no header of the client's can pose as ours.
  const headers = { Upgrade: 'websocket', 'Shopbell-Session': JSON.stringify(owner) }
  return inboxOf(c.env, site.id, sub).fetch('https://inbox/', { headers })
})
