import { type Context, Hono } from 'hono'
import { MAX_SETTINGS_BYTES, PutSettings, settingsSchema, UndoSettings } from '../../protocol/settings/index.ts'
import { noteScript } from '../diagnostics/hello.ts'
import type { AppContext } from '../env.ts'
import { admit, originOfPage } from '../http/origin.ts'
import { body } from '../http/validate.ts'
import { sha256 } from '../ids.ts'
import { keyOrStaff } from './key-or-staff.ts'
import { publicSite } from './public-site.ts'
import { describeSettings } from './read.ts'
import { saveSettings, undoSettings } from './save.ts'

/** The settings of a site, and the part of them that browsers may know. */
export const settingsRoutes = new Hono<AppContext>()
  .get('/settings', keyOrStaff('analyst', 'admin', 'owner'), async (c) =>
    c.json(await describeSettings(c.env, c.var.site)),
  )
  .put('/settings', keyOrStaff('admin', 'owner'), body(PutSettings, MAX_SETTINGS_BYTES), async (c) =>
    c.json(await saveSettings(c.env, c.var.site, c.req.valid('json'), c.var.actor)),
  )
  .post('/settings/undo', keyOrStaff('admin', 'owner'), body(UndoSettings), async (c) =>
    c.json(await undoSettings(c.env, c.var.site, c.req.valid('json').version, c.var.actor)),
  )
  .get('/settings/schema', keyOrStaff('analyst', 'admin', 'owner'), (c) => c.json(settingsSchema()))
  .get('/sites/:site/public', async (c) => {
    const site = await admit(c, c.req.param('site'))
    c.executionCtx.waitUntil(noteScript(c.env, site, originOfPage(c)))
    return cacheable(c, JSON.stringify(publicSite(site)))
  })

/**
 * JSON that a browser may keep for four seconds: together with the five that an isolate keeps a site, a change is obeyed
 * within ten. After that it asks again and is answered 304, which is as fast as the first view.
 */
async function cacheable(c: Context<AppContext>, json: string) {
  const tag = `"${(await sha256(json)).slice(0, 32)}"`
  c.header('ETag', tag)
  c.header('Cache-Control', 'public, max-age=4')
  // A proxy that compresses makes the tag a weak one.
  const held = c.req
    .header('If-None-Match')
    ?.split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
  return held?.includes(tag) ? c.body(null, 304) : c.body(json, 200, { 'Content-Type': 'application/json' })
}
