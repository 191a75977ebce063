import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { directory } from '../../db/client.ts'
import type { AppContext } from '../../env.ts'
import { isDevMailbox } from '../transport.ts'
import { mailboxPage } from './page.ts'
import { readDevMail, readDevMails } from './store.ts'
import { STYLE } from './style.ts'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

const headers = (csp: string) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': csp,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
})
const PAGE_CSP =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
// As a mail program does: no scripts, and its links open beside it.
const MAIL_CSP =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'"

/** Codes to sign in with are in there: for this computer alone, and never where mails go out for real. */
const onlyInDevelopment: MiddlewareHandler<AppContext> = async (c, next) =>
  isDevMailbox(c.env) && LOOPBACK.test(new URL(c.req.url).hostname) ? next() : c.notFound()

/** `/dev/mail`: what would have been mailed, while there is no mail provider. `/dev/mail.json` for programs. */
export const devMailboxRoutes = new Hono<AppContext>()
  .use('/dev/*', onlyInDevelopment)
  .get('/dev/mail', async (c) => show(c))
  .get('/dev/mail.json', async (c) => c.json({ mails: await readDevMails(directory(c.env)) }))
  .get('/dev/mail.css', (c) =>
    c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  )
  .get('/dev/mail/:id', async (c) => show(c, c.req.param('id')))
  .get('/dev/mail/:id/html', async (c) => {
    const mail = await readDevMail(directory(c.env), c.req.param('id'))
    return mail
      ? c.body(mail.html.replace('<head>', '<head><base target="_blank">'), 200, headers(MAIL_CSP))
      : c.notFound()
  })

async function show(c: Context<AppContext>, id?: string) {
  const mails = await readDevMails(directory(c.env))
  const open = id === undefined ? mails[0] : mails.find((mail) => mail.id === id)
  if (id !== undefined && !open) return c.notFound()
  const { as, width, theme } = c.req.query()
  return c.body(mailboxPage(mails, open ?? null, { as, width, theme }), 200, headers(PAGE_CSP))
}
