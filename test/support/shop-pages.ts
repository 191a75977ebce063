import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
}

/** What a site's public settings are before anybody changes them. */
export const PUBLIC_SITE = {
  site: 'site_sample00001',
  name: 'Northfold',
  accent: '#0b655f',
  theme: 'auto',
  locale: 'en',
  timeZone: 'UTC',
  guests: 'free',
  opens: 'auto',
  chatsPage: null,
  contexts: {
    product: {
      enabled: true,
      routing: 'static',
      page: null,
      position: 'summary',
      label: 'Ask about this product',
      endpointLabel: 'My chats',
    },
    order: {
      enabled: true,
      routing: 'static',
      page: null,
      button: true,
      position: 'view_order',
      label: 'Ask about this order',
      endpointLabel: 'My chats',
    },
    post: { enabled: false, page: null },
  },
}
type PublicSite = typeof PUBLIC_SITE

/** A deployment with our built files and public settings, and a shop on another origin whose pages a test writes. */
export async function openShop() {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  let site: PublicSite | null = PUBLIC_SITE
  const asked: string[] = []

  const deployment = await listen(async (request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname
    asked.push(path)
    response.setHeader('access-control-allow-origin', '*')
    if (path === `/v1/sites/${PUBLIC_SITE.site}/public`) return json(response, site)
    const file = await readFile(join(root, 'dist', path)).catch(() => null)
    response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(file ?? '')
  })
  const shop = await listen((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname
    if (path === '/whoami') {
      asked.push(`shop ${path} ${request.headers.cookie ?? ''}`)
      return json(response, { assertion: 'an.assertion.here' })
    }
    const page = pages.get(path)
    response
      .writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers })
      .end(page?.html ?? '')
  })

  return {
    /** Origin of the deployment: ours, or a real one named by `SHOPBELL_URL`. */
    base: process.env.SHOPBELL_URL ?? deployment.origin,
    origin: shop.origin,
    /** Paths asked of the deployment, and of the shop's own identity endpoint, so far. */
    asked,
    settle(change: Partial<PublicSite> | null) {
      site = change && { ...PUBLIC_SITE, ...change }
    },
    /** Puts a page up and says its address. */
    put(path: string, html: string, headers: Record<string, string> = {}) {
      pages.set(path, { html, headers })
      return `${shop.origin}${path}`
    },
    async close() {
      await Promise.all([deployment.close(), shop.close()])
    },
  }
}

export const sample = (name: string) => readFile(join(root, 'test/samples', name), 'utf8')

/** The script tag as a merchant pastes it. */
export const tagFor = (base: string, more = '') =>
  `<script async src="${base}/shopbell.js" data-site="${process.env.SHOPBELL_SITE ?? PUBLIC_SITE.site}" ${more}></script>`

function json(response: ServerResponse, body: unknown) {
  const status = body ? 200 : 403
  const refusal = { code: 'origin_refused', title: 'This address is not one of the site’s origins.' }
  response.writeHead(status, { 'content-type': body ? 'application/json' : 'application/problem+json' })
  response.end(JSON.stringify(body ?? refusal))
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server: Server = createServer(answer)
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const close = () =>
    new Promise<void>((down) => {
      server.close(() => down())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
