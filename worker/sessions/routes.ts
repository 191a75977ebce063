import { type Context, Hono } from 'hono'
import { MAX_BODY_BYTES } from '../../protocol/bounds.ts'
import { ChangeGuest, NewSession, Refresh, type Session } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { admit, requireHosted } from '../http/origin.ts'
import { admitPerson, requireSession } from '../http/session.ts'
import { body, parse, readJson } from '../http/validate.ts'
import { spokenLanguage } from '../notifications/words/words.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { deviceOf } from './device.ts'
import { endSession } from './end.ts'
import { shedFlood } from './guest.ts'
import { changeGuest } from './guest-details.ts'
import { openAsGuest, openAsPerson, openWithLink } from './open.ts'
import { findStaffLink, openWithStaffLink } from './open-known.ts'
import { readClaim } from './read-claim.ts'
import { refresh } from './refresh.ts'
import { readRefreshToken } from './refresh-token.ts'
import { readMe, readSession, saveLocale } from './store.ts'
import { verifyAssertion } from './verify-assertion.ts'

/** Opening, refreshing and ending sessions; who I am. */
export const sessionRoutes = new Hono<AppContext>()
  .post('/sessions', async (c) => {
    const raw = await readJson(c, MAX_BODY_BYTES)
    const claim = readClaim(raw)
    const site = await admit(c, claim.site, claim.staff ? 'admin' : 'shop')
    if (claim.assertion === null) throw new AppError('assertion_invalid', { detail: 'Neither of the two forms.' })
    const { guest = {}, guestToken, link, owner } = parse(NewSession, raw)
    const device = deviceOf(c.req.header('User-Agent'))
    if (claim.assertion) {
      const proven = await verifyAssertion(c.env, site, claim.assertion, Date.now() / 1000)
      return opened(c, site, await openAsPerson(c.env, site, proven, { guestToken, device }))
    }
    const found = link && (await findStaffLink(c.env, site, link))
    if (link && found) {
      requireHosted(c)
      return opened(c, site, await openWithStaffLink(c.env, site, { link, found, owner, device }))
    }
    if (link) return opened(c, site, await openWithLink(c.env, site, link, guestToken))
    await shedFlood(c.env, site, c.req.header('CF-Connecting-IP'))
    return opened(c, site, await openAsGuest(c.env, site, guest))
  })
  .post('/sessions/refresh', body(Refresh), async (c) => {
    const { site, session, shown } = await admitRefresh(c, c.req.valid('json').refreshToken)
    return c.json(await refresh(c.env, site, session, shown))
  })
  .delete('/sessions/current', requireSession, async (c) => {
    await endSession(c.env, c.var.site, c.var.session)
    return c.body(null, 204)
  })
  .get('/me', requireSession, async (c) => {
    const me = await readMe(database(c.env, c.var.site.db), c.var.session.sid)
    if (!me) throw new AppError('session_ended')
    return c.json(me)
  })
  .put('/me', requireSession, body(ChangeGuest), async (c) =>
    c.json(await changeGuest(c.env, c.var.site, c.var.session, c.req.valid('json'))),
  )

/** Answers a new session, and keeps the language that the browser asks for: the person's mails are in it. */
async function opened(c: Context<AppContext>, site: Site, session: Session) {
  const locale = spokenLanguage(c.req.header('Accept-Language'))
  if (locale) await saveLocale(database(c.env, site.db), session.user.id, locale)
  return c.json(session, 201)
}

/** The session of a refresh token, once its own site admits where the request comes from. */
async function admitRefresh(c: Context<AppContext>, text: string) {
  const shown = readRefreshToken(text)
  const known = shown && (await loadSite(c.env, shown.site))
  const session = known && (await readSession(database(c.env, known.db), known.id, shown.sid))
  if (!session) throw new AppError('session_ended')
  const site = await admitPerson(c, known.id, session.role)
  return { site, session, shown }
}
