import { Hono } from 'hono'
import { ChangeMe } from '../../protocol/admin/me.ts'
import { ChangeStaff, InviteStaff } from '../../protocol/admin/people.ts'
import type { AppContext } from '../env.ts'

import { assertSteppedUp, requireStaff, requireStepUp } from '../http/staff.ts'
import { body } from '../http/validate.ts'
import { endStaffSession, staffSessions } from '../sessions/staff-sessions.ts'
import { inviteStaff } from './invite.ts'
import { changeMe, staffMe } from './me.ts'
import { changeRole, people, removePerson } from './people.ts'

const anyStaff = requireStaff('analyst', 'admin', 'owner')
const manager = requireStaff('admin', 'owner')

/** Who runs the site: me, and who is signed in. */
export const staffRoutes = new Hono<AppContext>()
  .get('/me', anyStaff, async (c) => c.json(await staffMe(c.env, c.var.site, c.var.session)))
  .put('/me', anyStaff, body(ChangeMe), async (c) => {
    const change = c.req.valid('json')
    if (change.email !== undefined) await assertSteppedUp(c)
    return c.json(await changeMe(c.env, c.var.site, c.var.session, change))
  })
  .get('/people', anyStaff, async (c) => c.json({ people: await people(c.env, c.var.site, c.var.session.sub) }))
  .post('/people', manager, requireStepUp, body(InviteStaff), async (c) => {
    const at = new URL(c.req.url).origin
    return c.json(await inviteStaff(c.env, c.var.site, c.var.actor, c.req.valid('json'), at), 201)
  })
  .put('/people/:user', manager, requireStepUp, body(ChangeStaff), async (c) => {
    await changeRole(c.env, c.var.site, c.var.actor, c.req.param('user'), c.req.valid('json').role)
    return c.body(null, 204)
  })
  .delete('/people/:user', manager, requireStepUp, async (c) => {
    await removePerson(c.env, c.var.site, c.var.actor, c.req.param('user'))
    return c.body(null, 204)
  })
  .get('/sessions', anyStaff, async (c) => c.json({ sessions: await staffSessions(c.env, c.var.site, c.var.session) }))
  .delete('/sessions/:session', anyStaff, async (c) => {
    await endStaffSession(c.env, c.var.site, c.var.session, c.req.param('session'))
    return c.body(null, 204)
  })
