import { Hono } from 'hono'
import { StepUp } from '../../protocol/admin/me.ts'
import type { AppContext } from '../env.ts'
import { requireHosted } from '../http/origin.ts'
import { requireStaff } from '../http/staff.ts'
import { body } from '../http/validate.ts'
import { askToStepUp } from './ask-for-code.ts'
import { passkeyOptions } from './confirm-passkey.ts'
import { localeOf, pageOf } from './page.ts'
import { shedTries } from './shed.ts'
import { stepUp, whoIs } from './step-up.ts'

const member = requireStaff('seller', 'analyst', 'admin', 'owner')

/** How somebody who runs a site shows that it is still the same person. */
export const stepUpRoutes = new Hono<AppContext>()
  .post('/step-up/code', member, async (c) => {
    requireHosted(c)
    const { site, session } = c.var
    const { challenge, send } = await askToStepUp(c.env, site, await whoIs(c.env, site, session), localeOf(c))
    c.executionCtx.waitUntil(send())
    return c.json(challenge, 202)
  })
  .post('/step-up/passkey', member, async (c) => {
    requireHosted(c)
    return c.json(await passkeyOptions(c.env, c.var.site, c.var.session.sub, pageOf(c)))
  })
  .post('/step-up', member, body(StepUp), async (c) => {
    await shedTries(c.env, c.req.header('CF-Connecting-IP'))
    return c.json({ until: await stepUp(c.env, c.var.site, c.var.session, c.req.valid('json'), pageOf(c)) })
  })
