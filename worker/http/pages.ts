import { type Context, Hono } from 'hono'
import { directory } from '../db/client.ts'
import type { AppContext } from '../env.ts'

// The hosted pages run no inline code and talk to their own deployment alone.
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: data:; media-src 'self' blob:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  "manifest-src 'self'; trusted-types shopbell shopbell-worker"

/** `/healthz`, and the hosted inbox and panel. */
export const pageRoutes = new Hono<AppContext>()
  .get('/healthz', async (c) => {
    await directory(c.env).prepare('SELECT 1 FROM sites LIMIT 1').first()
    return c.json({ ok: true })
  })
  .get('/inbox', (c) => page(c, 'inbox.html'))
  .get('/admin', (c) => page(c, 'admin.html'))

async function page(c: Context<AppContext>, file: string) {
  const { body, status } = await c.env.ASSETS.fetch(new URL(`/${file}`, c.req.url))
  return new Response(body, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': CSP,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
  })
}
