import { eq } from 'drizzle-orm'
import type { MiddlewareHandler } from 'hono'
import { directory, orm } from '../db/client.ts'
import { siteKeys } from '../db/schema/sites.ts'
import type { AppContext, Env } from '../env.ts'
import { sha256 } from '../ids.ts'
import { loadSite } from '../sites/load.ts'
import { AppError } from './errors.ts'
import { bearer } from './session.ts'

// The secret has a fixed length, so an `_` in either part leaves no doubt where the id ends.
const SERVER_KEY = /^sk_([\w-]{10,40})_[\w-]{43}$/

/**
 * A shop's server, by `Authorization: Bearer sk_…`: sets `site` and `actor`. 403 `forbidden` from a browser (an `Origin` header: the
 * key has leaked into a page), 401 `session_required` for an unknown or revoked key.
 */
export const requireServerKey: MiddlewareHandler<AppContext> = async (c, next) => {
  if (c.req.header('Origin') !== undefined) {
    throw new AppError('forbidden', {
      detail: 'Server keys are for servers: keep them out of pages, and revoke this one.',
    })
  }
  const key = await readServerKey(c.env, bearer(c.req.header('Authorization')) ?? '')
  const site = key && (await loadSite(c.env, key.site))
  if (!site)
    throw new AppError('session_required', { detail: 'Send a server key of the site: Authorization: Bearer sk_…' })
  c.set('site', site)
  c.set('actor', { id: key.id, role: null })
  await next()
}

/** Read anew each time, so that a revoked key opens nothing from then on. */
async function readServerKey(env: Env, key: string): Promise<{ id: string; site: string } | null> {
  const id = key.match(SERVER_KEY)?.[1]
  if (!id) return null
  const [row] = await orm(directory(env))
    .select()
    .from(siteKeys)
    .where(eq(siteKeys.id, `key_${id}`))
  if (row?.use !== 'server' || row.revokedAt !== null) return null
  return row.secret === (await sha256(key)) ? row : null
}
