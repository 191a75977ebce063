import { Hono } from 'hono'
import { AddMember, ChangeDesk, ListDesks, NewDesk } from '../../protocol/admin/sellers.ts'
import { PutWizard } from '../../protocol/admin/wizard.ts'
import { AddHook, AddKey, SiteOrigin, SweepSource } from '../../protocol/operator.ts'
import type { AppContext } from '../env.ts'
import { requireStaff, requireStepUp } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { addMember, removeMember } from './desk-members.ts'
import { addDesk, changeDesk, deskPage } from './desks.ts'
import { addHook } from './hooks.ts'
import { installOf, putWizard, wizardOf } from './install.ts'
import { addKey, revokeKey } from './keys.ts'
import { addOrigin, removeOrigin } from './origins.ts'
import { removeSweepSource, setSweepSource } from './sweep-source.ts'

const reader = requireStaff('analyst', 'admin', 'owner')
const manager = requireStaff('admin', 'owner')
const at = (c: { req: { url: string } }) => new URL(c.req.url).origin

/** What the people who run a site do with its keys, origins, hooks and desks. */
export const siteAdminRoutes = new Hono<AppContext>()
  .get('/install', reader, async (c) => c.json(await installOf(c.env, c.var.site, at(c))))
  .post('/keys', manager, requireStepUp, body(AddKey), async (c) =>
    c.json(await addKey(c.env, c.var.site, c.req.valid('json').use, c.var.actor), 201),
  )
  .delete('/keys/:key', manager, requireStepUp, async (c) => {
    await revokeKey(c.env, c.var.site, c.req.param('key'), c.var.actor)
    return c.body(null, 204)
  })
  .put('/origins', manager, requireStepUp, body(SiteOrigin), async (c) => {
    await addOrigin(c.env, c.var.site, c.req.valid('json'), c.var.actor)
    return c.body(null, 204)
  })
  .delete('/origins', manager, requireStepUp, query(SiteOrigin), async (c) => {
    await removeOrigin(c.env, c.var.site, c.req.valid('query'), c.var.actor)
    return c.body(null, 204)
  })
  .post('/hooks', manager, requireStepUp, body(AddHook), async (c) =>
    c.json(await addHook(c.env, c.var.site, c.req.valid('json'), { at: at(c), actor: c.var.actor }), 201),
  )
  .put('/sweep', manager, requireStepUp, body(SweepSource), async (c) => {
    await setSweepSource(c.env, c.var.site, c.req.valid('json'), c.var.actor)
    return c.body(null, 204)
  })
  .delete('/sweep', manager, requireStepUp, async (c) => {
    await removeSweepSource(c.env, c.var.site, c.var.actor)
    return c.body(null, 204)
  })
  .get('/wizard', reader, async (c) => c.json(await wizardOf(c.env, c.var.site)))
  .put('/wizard', manager, body(PutWizard), async (c) =>
    c.json(await putWizard(c.env, c.var.site, c.var.actor, c.req.valid('json'))),
  )
  .get('/sellers', reader, query(ListDesks), async (c) =>
    c.json(await deskPage(c.env, c.var.site, c.req.valid('query'))),
  )
  .post('/sellers', manager, body(NewDesk), async (c) =>
    c.json({ desk: await addDesk(c.env, c.var.site, c.var.actor, c.req.valid('json')) }, 201),
  )
  .put('/sellers/:seller', manager, body(ChangeDesk), async (c) =>
    c.json({ desk: await changeDesk(c.env, c.var.site, c.var.actor, c.req.param('seller'), c.req.valid('json')) }),
  )
  .post('/sellers/:seller/members', manager, body(AddMember), async (c) => {
    const joining = { actor: c.var.actor, desk: c.req.param('seller'), at: at(c) }
    return c.json(await addMember(c.env, c.var.site, joining, c.req.valid('json')), 201)
  })
  .delete('/sellers/:seller/members/:user', manager, async (c) => {
    await removeMember(c.env, c.var.site, c.var.actor, c.req.param('seller'), c.req.param('user'))
    return c.body(null, 204)
  })
