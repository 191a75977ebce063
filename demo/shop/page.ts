import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { topBar } from './bar.ts'
import type { DemoContext } from './env.ts'
import { whoIs } from './who.ts'

export type Html = ReturnType<typeof html>

export interface Page {
  title: string
  /** What the top bar calls this page. */
  kind: string
  /** Name of the page's own stylesheet. */
  style: string
  lang?: string
  htmlClass?: string
  bodyClass?: string
  head?: Html | string
  body: Html
}

/** A page of the demo shop under the strictest policy that a shop could set; the one tag of ours is its last script. */
export function show(c: Context<DemoContext>, page: Page) {
  const nonce = crypto.getRandomValues(new Uint8Array(16)).toBase64()
  c.header('Content-Security-Policy', policy(nonce, new URL(c.req.url).host))
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'same-origin')
  c.header('X-Content-Type-Options', 'nosniff')
  return c.html(html`<!doctype html>
<html lang="${page.lang ?? 'en-GB'}"${attribute('class', page.htmlClass)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} – Northfold</title>
<link rel="icon" href="/demo/pictures/northfold.svg">
<link rel="stylesheet" href="/demo/styles/bar.css">
<link rel="stylesheet" href="/demo/styles/${page.style}.css">
${page.head ?? ''}
<script async src="/shopbell.js" data-site="${c.env.DEMO_SITE}" data-identity="/demo/identity" nonce="${nonce}"></script>
</head>
<body${attribute('class', page.bodyClass)}>
${topBar(page.kind, whoIs(c), c.req.path)}
${page.body}
</body>
</html>`)
}

/** JSON-LD is data: no policy stops it, and `<` is all that could end it early. */
export const jsonLd = (data: object) =>
  html`<script type="application/ld+json">${raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>`

const attribute = (name: string, value: string | undefined) => (value ? html` ${raw(name)}="${value}"` : '')

function policy(nonce: string, host: string) {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    // 'self' alone leaves the socket out in some browsers.
    `connect-src 'self' ws://${host} wss://${host}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types shopbell',
  ].join('; ')
}
