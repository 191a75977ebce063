import type { Context, MiddlewareHandler } from 'hono'
import { directory } from '../db/client.ts'
import type { AppContext, Env } from '../env.ts'
import { remember } from '../remember.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { AppError, problem } from './errors.ts'

const PREFLIGHT_SECONDS = '7200'
const FRESH_MS = 10_000
const known = remember<boolean>(FRESH_MS)

/**
 * CORS for everything under /v1. A preflight carries no token, so it allows what any site has registered; the
 * request itself must come from an origin of its own site (`admit`). Never with credentials.
 */
export const cors: MiddlewareHandler<AppContext> = async (c, next) => {
  const origin = c.req.header('Origin')
  c.header('Vary', 'Origin')
  if (!origin) return c.req.method === 'OPTIONS' ? c.body(null, 204) : next()
  if (!isSameOrigin(c) && !(await mayRead(c, origin))) return problem(c, 'origin_refused')
  c.header('Access-Control-Allow-Origin', origin)
  if (c.req.method !== 'OPTIONS') {
    c.header('Access-Control-Expose-Headers', 'Retry-After, Shopbell-Parts')
    return next()
  }
  c.header('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
  c.header('Access-Control-Allow-Headers', 'Authorization, Content-Type, Shopbell-File-Name, Shopbell-Thumbnail-Bytes')
  c.header('Access-Control-Max-Age', PREFLIGHT_SECONDS)
  return c.body(null, 204)
}

/**
 * Where the database fails, a page is to read that, rather than think that its own network has failed. Nothing more is
 * answered then: `admit` and the session have the last word, and they ask the same database.
 */
const mayRead = ({ env }: Context<AppContext>, origin: string) => isKnown(env, origin).catch(() => true)

/** The site, if this request may speak to it: its origin is listed for `use`, or it comes from our own pages. */
export async function admit(c: Context<AppContext>, id: string, use: 'shop' | 'admin' = 'shop'): Promise<Site> {
  const site = await loadSite(c.env, id)
  if (!site) throw new AppError('site_unknown')
  if (!isAdmitted(c, site, use)) throw new AppError('origin_refused')
  return site
}

function isAdmitted(c: Context<AppContext>, site: Site, use: 'shop' | 'admin') {
  const origin = c.req.header('Origin')
  if (origin === undefined) return c.req.header('Sec-Fetch-Site') === 'same-origin'
  return isSameOrigin(c) || (use === 'shop' ? site.shopOrigins : site.adminOrigins).has(origin)
}

/** Signing in as staff or by a code belongs to our own pages alone: 403 `origin_refused` from any other. */
export function requireHosted(c: Context<AppContext>): void {
  const isOwn = c.req.header('Origin') === undefined && c.req.header('Sec-Fetch-Site') === 'same-origin'
  if (!isOwn && !isSameOrigin(c)) throw new AppError('origin_refused')
}

/** Our own hosted pages: /inbox, /admin. */
export const isSameOrigin = (c: Context<AppContext>) => c.req.header('Origin') === new URL(c.req.url).origin

/**
 * Where a page is that reads. A browser names no origin where it reads from its own; the page's address tells then, which
 * our hosted pages keep to themselves (`Referrer-Policy: no-referrer`).
 */
export function originOfPage(c: Context<AppContext>): string | undefined {
  const page = c.req.header('Referer')
  return c.req.header('Origin') ?? (page !== undefined && URL.canParse(page) ? new URL(page).origin : undefined)
}

const isKnown = (env: Env, origin: string): Promise<boolean> =>
  known.get(origin, async () => {
    const asked = directory(env).prepare('SELECT 1 FROM site_origins WHERE origin = ? LIMIT 1').bind(origin)
    return (await asked.first()) !== null
  })

/** Called after an origin is added, so that this isolate knows it at once. */
export const forgetOrigin = (origin: string) => known.forget(origin)
