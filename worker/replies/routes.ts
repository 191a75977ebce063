import { type Context, Hono } from 'hono'
import { MAX_BODY_BYTES } from '../../protocol/bounds.ts'
import { ContinueLink } from '../../protocol/reach.ts'
import type { AppContext } from '../env.ts'
import { deploymentAddress } from '../http/address.ts'
import { AppError } from '../http/errors.ts'
import { requireSession } from '../http/session.ts'
import { body, readBytes } from '../http/validate.ts'
import { loadSite } from '../sites/load.ts'
import { readJson } from '../webhooks/read-json.ts'
import { mailContinueLink } from './continue-link.ts'
import { heedResend } from './heed-resend.ts'
import { type MailLink, readMailLink } from './mail-link.ts'
import { messagePage, preferencesPage, verifyPage } from './pages/pages.ts'
import { speak } from './pages/words.ts'
import { changePreferences, readPreferences } from './preferences.ts'
import { verifyAddress } from './verify-address.ts'
import { isSvixSigned } from './verify-svix.ts'

const MAX_FORM_BYTES = 4096

/** What a guest asks for. */
export const linkRoutes = new Hono<AppContext>().post('/me/link', requireSession, body(ContinueLink), async (c) => {
  const { site, session } = c.var
  const at = (await deploymentAddress(c.env)) ?? new URL(c.req.url).origin
  await mailContinueLink(c.env, site, session, c.req.valid('json'), at)
  return c.body(null, 204)
})

/** Where Resend tells what became of a mail. */
export const mailHookRoutes = new Hono<AppContext>().post('/hooks/resend', async (c) => {
  if (c.req.header('Origin') !== undefined) throw new AppError('forbidden', { detail: 'Hooks come from servers.' })
  const bytes = await readBytes(c, MAX_BODY_BYTES)
  const secret = c.env.RESEND_WEBHOOK_SECRET
  const headers = {
    id: c.req.header('svix-id'),
    timestamp: c.req.header('svix-timestamp'),
    signature: c.req.header('svix-signature'),
  }
  if (!secret) throw new AppError('signature_invalid', { detail: 'This deployment has no RESEND_WEBHOOK_SECRET.' })
  if (!(await isSvixSigned(secret, headers, bytes, Date.now() / 1000))) throw new AppError('signature_invalid')
  await heedResend(c.env, readJson(bytes))
  return c.body(null, 200)
})

/**
 * Where the links in a mail's foot lead: `/mail/<signed link>`. A GET changes nothing, since mail scanners follow links;
 * a POST does what the page's button says, or unsubscribes in one click (RFC 8058), which asks for a 200 without detours.
 */
export const mailPageRoutes = new Hono<AppContext>()
  .get('/mail/:token', async (c) => {
    const { link, words, name } = await open(c)
    if (!link) return page(c, messagePage(words, 'unknown'), 404)
    if (link.to === 'verify') return page(c, verifyPage(words, name, link))
    return page(c, preferencesPage(words, name, link, await readPreferences(c.env, link)))
  })
  .post('/mail/:token', async (c) => {
    const { link, words, name } = await open(c)
    if (!link) return page(c, messagePage(words, 'unknown'), 404)
    const choice = (await readForm(c)).get('choice')
    if (link.to === 'verify') {
      const done = await verifyAddress(c.env, link, Date.now())
      return page(c, messagePage(words, done ? 'verified' : 'too_old', name), done ? 200 : 410)
    }
    const kept = await changePreferences(c.env, link, String(choice ?? 'one_click'))
    return page(c, preferencesPage(words, name, link, kept, true))
  })

async function open(
  c: Context<AppContext>,
): Promise<{ link: MailLink | null; words: ReturnType<typeof speak>; name: string }> {
  const link = await readMailLink(c.env, c.req.param('token') ?? '')
  const site = link && (await loadSite(c.env, link.site))
  const words = speak(c.req.header('Accept-Language'), site?.settings.region.locale)
  return { link: site ? link : null, words, name: site?.settings.brand.name ?? site?.name ?? '' }
}

/** Of a page or of a mail program: RFC 8058 allows both encodings. Anything else says nothing. */
async function readForm(c: Context<AppContext>): Promise<FormData> {
  const bytes = await readBytes(c, MAX_FORM_BYTES)
  const headers = { 'Content-Type': c.req.header('Content-Type') ?? '' }
  return new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]), { headers }).formData().catch(() => new FormData())
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  'Cache-Control': 'no-store',
}

const page = (c: Context<AppContext>, html: string, status: 200 | 404 | 410 = 200) => c.html(html, status, HEADERS)
