import { Hono, type MiddlewareHandler } from 'hono'
import { AnalyticsQuery } from '../../protocol/analytics.ts'
import { DiagnosticsQuery, HelloQuery, ShopVersions } from '../../protocol/diagnostics.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { admit } from '../http/origin.ts'
import { requireServerKey } from '../http/server-key.ts'
import { bearer, isStaff } from '../http/session.ts'
import { requireStaff } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { logFailure } from '../log-failure.ts'
import { readToken } from '../sessions/token.ts'
import { noteMyChats } from './hello.ts'
import { diagnose, diagnoseDatabase } from './run.ts'
import { keepVersions } from './shop-versions.ts'
import { makeSnapshot } from './snapshot.ts'

const staff = requireStaff('analyst', 'admin', 'owner')

/**
 * A session is looked up in the database. Where that fails, it is what staff came to hear: their token alone, which is
 * signed, says who they are, and nothing that the database holds is told.
 */
const staffOrOutage: MiddlewareHandler<AppContext> = async (c, next) => {
  try {
    return await staff(c, next)
  } catch (error) {
    if (error instanceof AppError) throw error
    const session = await readToken(c.env, bearer(c.req.header('Authorization')) ?? '')
    const found = session && isStaff(session.role) && (await diagnoseDatabase(c.env, Date.now()))
    if (!found) throw error
    logFailure({ check: 'database' }, error)
    return c.json(found)
  }
}

/** Whether everything works, and what a helper needs to know. */
export const diagnosticsRoutes = new Hono<AppContext>()
  .get('/diagnostics', staffOrOutage, query(DiagnosticsQuery), async (c) =>
    c.json(await diagnose(c.env, c.var.site, Date.now(), c.req.valid('query').only)),
  )
  .get('/diagnostics/snapshot', staff, query(AnalyticsQuery), async (c) =>
    c.json(await makeSnapshot(c.env, c.var.site, c.req.valid('query'), Date.now())),
  )
  .post('/sites/:site/hello', query(HelloQuery), async (c) => {
    const site = await admit(c, c.req.param('site'))
    await noteMyChats(c.env, site, c.req.header('Origin'), c.req.valid('query').page)
    return c.body(null, 204)
  })
  .put('/shop-versions', requireServerKey, body(ShopVersions), async (c) => {
    await keepVersions(c.env, c.var.site, c.req.valid('json'))
    return c.body(null, 204)
  })
