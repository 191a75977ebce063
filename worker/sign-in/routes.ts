import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { AddPasskey, AskForPasskey, SignInWithPasskey } from '../../protocol/admin/passkeys.ts'
import { AskForCode, HostedQuery, SignInWithCode } from '../../protocol/admin/sign-in.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireHosted } from '../http/origin.ts'
import { requireStaff, requireStepUp } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { deviceOf } from '../sessions/device.ts'
import { loadSite } from '../sites/load.ts'
import { askForCode } from './ask-for-code.ts'
import { passkeyOptions } from './confirm-passkey.ts'
import { hostedSite } from './hosted-site.ts'
import { localeOf, pageOf } from './page.ts'
import { addPasskey, passkeysOf, registrationOptions, removePasskey, signInWithPasskey } from './passkeys.ts'
import { shedTries } from './shed.ts'
import { signInWithCode } from './use-code.ts'

const requireMember = requireStaff('seller', 'analyst', 'admin', 'owner')
const requireOwnPage: MiddlewareHandler<AppContext> = (c, next) => {
  requireHosted(c)
  return requireMember(c, next)
}

/** How sellers and those who run a site get into the hosted pages. */
export const signInRoutes = new Hono<AppContext>()
  .get('/hosted', query(HostedQuery), async (c) => {
    requireHosted(c)
    return c.json(await hostedSite(c.env, c.req.valid('query').site))
  })
  .post('/sign-in/codes', body(AskForCode), async (c) => {
    const asked = c.req.valid('json')
    const site = await admitHosted(c, asked.site)
    const from = c.req.header('CF-Connecting-IP')
    const { challenge, send } = await askForCode(c.env, site, asked, { locale: localeOf(c), from })
    c.executionCtx.waitUntil(send())
    return c.json(challenge, 202)
  })
  .post('/sign-in/code', body(SignInWithCode), async (c) => {
    const { site: id, ...answer } = c.req.valid('json')
    const site = await admitHosted(c, id)
    return c.json(await signInWithCode(c.env, site, answer, deviceOf(c.req.header('User-Agent'))), 201)
  })
  .post('/sign-in/passkey/options', body(AskForPasskey), async (c) => {
    const site = await admitHosted(c, c.req.valid('json').site)
    return c.json(await passkeyOptions(c.env, site, null, pageOf(c)))
  })
  .post('/sign-in/passkey', body(SignInWithPasskey), async (c) => {
    const { site: id, ...answer } = c.req.valid('json')
    const site = await admitHosted(c, id)
    const page = { ...pageOf(c), device: deviceOf(c.req.header('User-Agent')) }
    return c.json(await signInWithPasskey(c.env, site, answer, page), 201)
  })

/** My own passkeys, for staff and sellers on the hosted pages. */
export const passkeyRoutes = new Hono<AppContext>()
  .get('/passkeys', requireOwnPage, async (c) =>
    c.json({ passkeys: await passkeysOf(c.env, c.var.site, c.var.session) }),
  )
  .post('/passkeys/options', requireOwnPage, requireStepUp, async (c) =>
    c.json(await registrationOptions(c.env, c.var.site, c.var.session, pageOf(c))),
  )
  .post('/passkeys', requireOwnPage, requireStepUp, body(AddPasskey), async (c) => {
    const { site, session } = c.var
    return c.json({ passkeys: await addPasskey(c.env, site, session, c.req.valid('json'), pageOf(c)) }, 201)
  })
  .delete('/passkeys/:passkey', requireOwnPage, requireStepUp, async (c) => {
    await removePasskey(c.env, c.var.site, c.var.session, c.req.param('passkey'))
    return c.body(null, 204)
  })

/** The site of a try to sign in, from a page of ours, unless its network tries too often. */
async function admitHosted(c: Context<AppContext>, id: string) {
  requireHosted(c)
  await shedTries(c.env, c.req.header('CF-Connecting-IP'))
  const site = await loadSite(c.env, id)
  if (!site) throw new AppError('site_unknown')
  return site
}
