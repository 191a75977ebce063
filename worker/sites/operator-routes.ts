import { type Context, Hono } from 'hono'
import { MAX_BATCH_BYTES } from '../../protocol/bounds.ts'
import {
  AddHook,
  AddKey,
  AllowAddress,
  DefaultSeller,
  NewInvite,
  NewSite,
  SiteOrigin,
  SweepSource,
} from '../../protocol/operator.ts'
import { PutSellers } from '../../protocol/sessions.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { body, query } from '../http/validate.ts'
import { allowAddress } from '../replies/allow-address.ts'
import { sweepOrders } from '../webhooks/sweep.ts'
import { createSite } from './create.ts'
import { addHook, listHooks } from './hooks.ts'
import { inviteSeller } from './invite.ts'
import { addKey, revokeKey } from './keys.ts'
import { listSites } from './list.ts'
import { loadSite } from './load.ts'
import { requireOperator } from './operator.ts'
import { addOrigin, removeOrigin } from './origins.ts'
import { makeOwnerLink } from './owner-link.ts'
import { putSellers, setDefaultSeller } from './put-sellers.ts'
import { noteRestored } from './restored.ts'
import { removeSweepSource, setSweepSource } from './sweep-source.ts'

/** What the deployment's operator does with sites, keys, origins and sellers. */
export const operatorRoutes = new Hono<AppContext>()
  .use(requireOperator)
  .post('/sites', body(NewSite), async (c) =>
    c.json(await createSite(c.env, c.req.valid('json'), new URL(c.req.url).origin), 201),
  )
  .get('/sites', async (c) => c.json({ sites: await listSites(c.env) }))
  .post('/sites/:site/owner-link', async (c) =>
    c.json(await makeOwnerLink(c.env, await named(c), new URL(c.req.url).origin), 201),
  )
  .post('/sites/:site/restored', async (c) => {
    await noteRestored(c.env, await named(c))
    return c.body(null, 204)
  })
  .post('/mail/allow', body(AllowAddress), async (c) =>
    c.json({ lifted: await allowAddress(c.env, c.req.valid('json').email) }),
  )
  .post('/sites/:site/keys', body(AddKey), async (c) =>
    c.json(await addKey(c.env, await named(c), c.req.valid('json').use, c.var.actor), 201),
  )
  .delete('/sites/:site/keys/:key', async (c) => {
    await revokeKey(c.env, await named(c), c.req.param('key'), c.var.actor)
    return c.body(null, 204)
  })
  .post('/sites/:site/hooks', body(AddHook), async (c) => {
    const at = new URL(c.req.url).origin
    return c.json(await addHook(c.env, await named(c), c.req.valid('json'), { at, actor: c.var.actor }), 201)
  })
  .get('/sites/:site/hooks', async (c) => c.json(await listHooks(c.env, await named(c), new URL(c.req.url).origin)))
  .put('/sites/:site/sweep', body(SweepSource), async (c) => {
    await setSweepSource(c.env, await named(c), c.req.valid('json'), c.var.actor)
    return c.body(null, 204)
  })
  .delete('/sites/:site/sweep', async (c) => {
    await removeSweepSource(c.env, await named(c), c.var.actor)
    return c.body(null, 204)
  })
  .post('/sweep', async (c) => c.json({ sites: await sweepOrders(c.env, true) }))
  .put('/sites/:site/origins', body(SiteOrigin), async (c) => {
    await addOrigin(c.env, await named(c), c.req.valid('json'), c.var.actor)
    return c.body(null, 204)
  })
  .delete('/sites/:site/origins', query(SiteOrigin), async (c) => {
    await removeOrigin(c.env, await named(c), c.req.valid('query'), c.var.actor)
    return c.body(null, 204)
  })
  .put('/sites/:site/sellers', body(PutSellers, MAX_BATCH_BYTES), async (c) =>
    c.json({ saved: await putSellers(c.env, await named(c), c.req.valid('json'), c.var.actor) }),
  )
  .put('/sites/:site/default-seller', body(DefaultSeller), async (c) => {
    await setDefaultSeller(c.env, await named(c), c.req.valid('json').seller, c.var.actor)
    return c.body(null, 204)
  })
  .post('/sites/:site/invites', body(NewInvite), async (c) => {
    const at = new URL(c.req.url).origin
    const made = await inviteSeller(c.env, await named(c), c.req.valid('json'), { at, actor: c.var.actor })
    return c.json({ link: made.link, expiresAt: made.expiresAt }, 201)
  })

/** The site of the path; 404 where there is none, for only the operator asks. */
async function named(c: Context<AppContext>) {
  const site = await loadSite(c.env, c.req.param('site') ?? '')
  if (!site) throw new AppError('not_found', { detail: 'No site has this id.' })
  return site
}
