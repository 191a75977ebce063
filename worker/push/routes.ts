import { type Context, Hono } from 'hono'
import { PushBrowser, PushEndpoint, PushSubscriptionIn } from '../../protocol/reach.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { isSameOrigin } from '../http/origin.ts'
import { requireSession } from '../http/session.ts'
import { body, query } from '../http/validate.ts'
import { pushState, subscribe, unsubscribe } from './subscribe.ts'

/** Web push for who uses the hosted inbox: its service worker is this deployment's, so no other page may subscribe. */
export const pushRoutes = new Hono<AppContext>()
  .get('/push', requireSession, query(PushEndpoint), async (c) => {
    const { site, session } = c.var
    return c.json(await pushState(c.env, site, session, c.req.valid('query').endpoint))
  })
  .put('/push', requireSession, body(PushSubscriptionIn), async (c) => {
    requireOwnPage(c)
    const { site, session } = c.var
    await subscribe(c.env, site, session, c.req.valid('json'), new URL(c.req.url).origin)
    return c.body(null, 204)
  })
  .delete('/push', requireSession, query(PushBrowser), async (c) => {
    const { site, session } = c.var
    await unsubscribe(c.env, site, session, c.req.valid('query').endpoint)
    return c.body(null, 204)
  })

function requireOwnPage(c: Context<AppContext>) {
  if (!isSameOrigin(c)) throw new AppError('forbidden', { detail: 'Only the hosted inbox has a service worker.' })
}
