import { type Context, Hono } from 'hono'
import { UserId } from '../../protocol/ids.ts'
import {
  Decide,
  Erase,
  ExportQuery,
  FindPeople,
  type HeldPerson,
  ListRequests,
  OwnErase,
  OwnExport,
  RequestId,
  SetHold,
  WordPressErase,
  WordPressExportQuery,
} from '../../protocol/privacy.ts'
import { auditIfChanged, auditRow, type Deed } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireServerKey } from '../http/server-key.ts'
import { requireSession } from '../http/session.ts'
import { requireStepUp } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { logFailure } from '../log-failure.ts'
import { keyOrStaff } from '../settings/key-or-staff.ts'
import { carryOn } from './carry-on.ts'
import { askErasure } from './erase.ts'
import { exportPerson, zip } from './export-person.ts'
import { readHold, saveHold } from './hold-store.ts'
import { eraseOwn, exportOwn, mailProof, ownData } from './own-data.ts'
import { countHoldings, findPeople, personOf } from './person-store.ts'
import { decideRequest, listRequests, readRequests, requestsOf } from './request-store.ts'
import { eraseForWordPress } from './wordpress.ts'
import { exportForWordPress } from './wordpress-export.ts'

const PAGE_REQUESTS = 50
const runsTheSite = keyOrStaff('admin', 'owner')
/** One or the other is named in a receipt and in the audit log. */
const sourceOf = (c: Context<AppContext>) => (c.var.actor.role ? 'admin' : 'server')

/** Requests about people's data: of the people who run a site, of its server, and of its platform. */
export const privacyRoutes = new Hono<AppContext>()
  .get('/privacy/people', runsTheSite, query(FindPeople), async (c) => {
    const { site } = c.var
    return c.json({ people: await findPeople(database(c.env, site.db), site.id, c.req.valid('query').q) })
  })
  .get('/privacy/people/:user', runsTheSite, async (c) => c.json(await readPerson(c)))
  .put('/privacy/people/:user/hold', runsTheSite, requireStepUp, body(SetHold), async (c) => {
    const { person } = await readPerson(c)
    const { held, reason } = c.req.valid('json')
    const { site, actor } = c.var
    const hold = { site: site.id, user: person.id, held, reason: reason || null, by: actor.id }
    const deed: Deed = { site: site.id, actor, action: held ? 'person.held' : 'person.released', subject: person.id }
    const db = database(c.env, site.db)
    await saveHold(db, hold, auditRow(db, deed))
    return c.json(await readPerson(c))
  })
  .get('/privacy/export', runsTheSite, requireStepUp, query(ExportQuery), async (c) => {
    const { site, actor } = c.var
    const { part, ...whom } = c.req.valid('query')
    return zip(c, await exportPerson(c.env, site, whom, { part, actor, source: sourceOf(c) }))
  })
  .post('/privacy/erase', runsTheSite, requireStepUp, body(Erase), async (c) => {
    const { site, actor } = c.var
    const requests = await askErasure(c.env, site, c.req.valid('json'), { source: sourceOf(c), actor })
    for (const { id } of requests) start(c, id)
    return c.json({ requests }, 202)
  })
  .get('/privacy/requests', runsTheSite, query(ListRequests), async (c) => {
    const { site } = c.var
    const [at, id = ''] = c.req.valid('query').before?.split('.') ?? []
    const before = at ? { at: Number(at), id } : null
    const requests = await listRequests(database(c.env, site.db), site.id, before, PAGE_REQUESTS)
    const last = requests.length === PAGE_REQUESTS ? requests.at(-1) : undefined
    return c.json({ requests, next: last ? `${last.askedAt}.${last.id}` : null })
  })
  .get('/privacy/requests/:request', runsTheSite, async (c) => c.json({ request: await readRequest(c) }))
  .put('/privacy/requests/:request', runsTheSite, requireStepUp, body(Decide), async (c) => {
    const { site, actor } = c.var
    const { id, kind, user } = await readRequest(c)
    const isStart = c.req.valid('json').decision === 'carry_out'
    const db = database(c.env, site.db)
    const action = `${kind}.${isStart ? 'carried_out' : 'dismissed'}` as const
    const log = auditIfChanged(db, { site: site.id, actor, action, subject: user })
    await decideRequest(db, { site: site.id, id, start: isStart }, log)
    if (isStart) start(c, id)
    return c.json({ request: await readRequest(c) })
  })
  .get('/me/data', requireSession, async (c) => c.json(await ownData(c.env, c.var.site, c.var.session)))
  .post('/me/data/code', requireSession, async (c) => {
    await mailProof(c.env, c.var.site, c.var.session)
    return c.body(null, 204)
  })
  .post('/me/data/export', requireSession, body(OwnExport), async (c) =>
    zip(c, await exportOwn(c.env, c.var.site, c.var.session, c.req.valid('json'))),
  )
  .post('/me/data/erase', requireSession, body(OwnErase), async (c) => {
    const requests = await eraseOwn(c.env, c.var.site, c.var.session, c.req.valid('json').code)
    for (const { id, state } of requests) if (state === 'running') start(c, id)
    return c.json({ requests }, 202)
  })
  .get('/privacy/wordpress/export', requireServerKey, query(WordPressExportQuery), async (c) =>
    c.json(await exportForWordPress(c.env, c.var.site, c.req.valid('query'))),
  )
  .post('/privacy/wordpress/erase', requireServerKey, body(WordPressErase), async (c) =>
    c.json(await eraseForWordPress(c.env, c.var.site, c.req.valid('json').email)),
  )

/** At once, as far as one call reaches; the cron does the rest. */
function start(c: Context<AppContext>, id: string) {
  c.executionCtx.waitUntil(carryOn(c.env, c.var.site.db, id).catch((error) => logFailure({ request: id }, error)))
}

async function readPerson(c: Context<AppContext>): Promise<HeldPerson> {
  const db = database(c.env, c.var.site.db)
  const site = c.var.site.id
  const user = UserId.safeParse(c.req.param('user')).data
  const person = user ? await personOf(db, site, user) : null
  if (!person) throw new AppError('not_found')
  const [holds, hold, requests] = await Promise.all([
    countHoldings(db, site, person.id),
    readHold(db, site, person.id),
    requestsOf(db, site, person.id),
  ])
  return { person, holds, hold, requests }
}

async function readRequest(c: Context<AppContext>) {
  const id = RequestId.safeParse(c.req.param('request')).data
  const [request] = id ? await readRequests(database(c.env, c.var.site.db), c.var.site.id, [id]) : []
  if (!request) throw new AppError('not_found')
  return request
}
