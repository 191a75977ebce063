import type { Context } from 'hono'
import { MAX_BATCH_BYTES } from '../../protocol/bounds.ts'
import type { HookSource } from '../../protocol/operator.ts'
import { database } from '../db/client.ts'
import type { AppContext, Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { readBytes } from '../http/validate.ts'
import { loadHook } from '../sites/hook-keys.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { count } from './store.ts'
import { isSignedBy } from './verify-signature.ts'

/** Anybody may send rubbish, so refusals are written down at most this often a site. */
const COUNT_EVERY_MS = 10_000
const MOST_REMEMBERED = 1_000
const countedAt = new Map<string, number>()

/** The site of the path and the body as it came: 403 `forbidden` from a browser, 403 `site_unknown`, 413 over 1 MiB. */
export async function readDelivery(c: Context<AppContext>) {
  if (c.req.header('Origin') !== undefined) throw new AppError('forbidden', { detail: 'Hooks come from servers.' })
  const site = await loadSite(c.env, c.req.param('site') ?? '')
  if (!site) throw new AppError('site_unknown')
  const bytes = new Uint8Array(await readBytes(c, MAX_BATCH_BYTES))
  return { site, bytes }
}

/** Refuses what none of the site's secrets has signed: 401 `signature_invalid`. */
export async function requireSignature(
  env: Env,
  site: Site,
  source: HookSource,
  signature: string | undefined,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const { keys } = await loadHook(env, site.id, source)
  if (await isSignedBy(keys, signature, bytes)) return
  await countRefusal(env, site, source)
  const detail = keys.length === 0 ? 'This site has no secret for these hooks: npm run site -- hook add' : undefined
  throw new AppError('signature_invalid', detail ? { detail } : {})
}

/** WooCommerce falls silent at the seventh refusal in a row (`failed_delivery`), so somebody must be able to see them. */
async function countRefusal(env: Env, site: Site, source: HookSource): Promise<void> {
  const key = `${site.id} ${source}`
  if (Date.now() - (countedAt.get(key) ?? 0) < COUNT_EVERY_MS) return
  if (countedAt.size >= MOST_REMEMBERED) countedAt.clear()
  countedAt.set(key, Date.now())
  await count(database(env, site.db), { site: site.id, source }, 'refused')
}
