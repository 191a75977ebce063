import { Hono } from 'hono'
import { ListOutbox, MailDraft, RetryMails } from '../../protocol/notifications.ts'
import type { AppContext } from '../env.ts'
import { requireStaff } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { keyOrStaff } from '../settings/key-or-staff.ts'
import { listOutbox, retryMails } from './look-after.ts'
import { previewMail, sendTest } from './preview.ts'

/** Templates to look at, and the outbox to look after. */
export const notificationRoutes = new Hono<AppContext>()
  .post('/notifications/preview', keyOrStaff('analyst', 'admin', 'owner'), body(MailDraft), (c) =>
    c.json(previewMail({ env: c.env, site: c.var.site, home: new URL(c.req.url).origin }, c.req.valid('json'))),
  )
  .post('/notifications/test', requireStaff('admin', 'owner'), body(MailDraft), async (c) => {
    const to = await sendTest(c.env, c.var.site, c.var.session.sub, c.req.valid('json'))
    return c.json({ to }, 202)
  })
  .get('/notifications/outbox', keyOrStaff('analyst', 'admin', 'owner'), query(ListOutbox), async (c) =>
    c.json(await listOutbox(c.env, c.var.site, c.req.valid('query'))),
  )
  .post('/notifications/outbox/retry', keyOrStaff('admin', 'owner'), body(RetryMails), async (c) =>
    c.json({ retried: await retryMails(c.env, c.var.site, c.var.actor, c.req.valid('json').ids) }),
  )
