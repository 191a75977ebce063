import { Hono } from 'hono'
import { analyticsRoutes } from './analytics/routes.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { catalogRoutes } from './catalog/routes.ts'
import { siteChatRoutes } from './chats/admin-routes.ts'
import { chatRoutes } from './chats/routes.ts'
import { diagnosticsRoutes } from './diagnostics/routes.ts'
import type { AppContext } from './env.ts'
import { onError, problem } from './http/errors.ts'
import { cors } from './http/origin.ts'
import { pageRoutes } from './http/pages.ts'
import { messageRoutes } from './messages/routes.ts'
import { devMailboxRoutes } from './notifications/dev-mailbox/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { pushRoutes } from './push/routes.ts'
import { linkRoutes, mailHookRoutes, mailPageRoutes } from './replies/routes.ts'
import { socketRoutes } from './rooms/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { passkeyRoutes, signInRoutes } from './sign-in/routes.ts'
import { stepUpRoutes } from './sign-in/step-up-routes.ts'
import { siteAdminRoutes } from './sites/admin-routes.ts'
import { operatorRoutes } from './sites/operator-routes.ts'
import { siteRoutes } from './sites/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { hookRoutes } from './webhooks/routes.ts'

/** Every route of the product, feature by feature. */
export const app = new Hono<AppContext>()

app.use(async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  await next()
})
app.onError(onError)
app.notFound((c) => problem(c, 'not_found'))

app.use('/v1/*', cors)
app.route('/v1', sessionRoutes)
app.route('/v1', signInRoutes)
app.route('/v1', passkeyRoutes)
app.route('/v1/admin', stepUpRoutes)
app.route('/v1/admin', staffRoutes)
app.route('/v1/admin', siteAdminRoutes)
app.route('/v1/admin', auditRoutes)
app.route('/v1/admin', siteChatRoutes)
app.route('/v1', siteRoutes)
app.route('/v1', settingsRoutes)
app.route('/v1', catalogRoutes)
app.route('/v1', orderRoutes)
app.route('/v1', hookRoutes)
app.route('/v1', mailHookRoutes)
app.route('/v1', linkRoutes)
app.route('/v1', pushRoutes)
app.route('/v1', chatRoutes)
app.route('/v1', messageRoutes)
app.route('/v1', attachmentRoutes)
app.route('/v1', socketRoutes)
app.route('/v1', analyticsRoutes)
app.route('/v1', privacyRoutes)
app.route('/v1', notificationRoutes)
app.route('/v1', diagnosticsRoutes)
app.route('/v1/operator', operatorRoutes)
app.route('/', pageRoutes)
app.route('/', devMailboxRoutes)
app.route('/', mailPageRoutes)
