import type { SiteId } from '../../protocol/ids.ts'
import type { SweepSource } from '../../protocol/operator.ts'
import { auditIfChanged } from '../audit/record.ts'
import { directory } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from './load.ts'
import { deleteSource, readDue, saveSource, writeSwept } from './sweep-store.ts'
import { unwrapSecret, wrapSecret } from './wrap-secret.ts'

export interface DueShop {
  site: SiteId
  address: string
  key: string
  /** Wrapped: `withSecret` opens it. */
  secret: string
  /** Ms since 1970. */
  sweptUntil: number
}

/** How often a shop is asked for orders that never came. */
const EVERY_MS = 15 * 60_000
/** The first time, orders of the last day count. */
const FIRST_MS = DAY_MS
/** A minute's cron does no more; the others' turn comes with the next. */
const MOST_SHOPS = 5
const MOST_AT_ONCE = 50

const boundTo = (site: string) => `sweep of ${site}`

/** Says where a site's missed orders are asked for, from now on; 422 for an address that is neither https nor loopback. */
export async function setSweepSource(
  env: Env,
  site: Site,
  { url, key, secret }: SweepSource,
  actor: Actor,
): Promise<void> {
  const address = readAddress(url)
  if (address === null) {
    const message = 'must be an address like https://shop.example, without user, query or fragment'
    throw new AppError('invalid', { issues: [{ path: 'url', message }] })
  }
  const wrapped = await wrapSecret(env, boundTo(site.id), secret)
  const log = auditIfChanged(directory(env), { ...deedOf(site, actor), action: 'sweep.set', to: address })
  await saveSource(env, site.id, { address, key, secret: wrapped, firstMs: FIRST_MS }, log)
}

export const removeSweepSource = (env: Env, site: Site, actor: Actor) =>
  deleteSource(env, site.id, auditIfChanged(directory(env), { ...deedOf(site, actor), action: 'sweep.removed' }))

const deedOf = (site: Site, actor: Actor) => ({ site: site.id, actor, subject: 'woocommerce' })

function readAddress(text: string): string | null {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.search || url.hash) return null
  const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return null
  return url.origin + url.pathname.replace(/\/+$/, '')
}

/** Takes on the shops whose time has come, or `all` of them; nobody else asks them for a while. */
export const shopsToSweep = (env: Env, all: boolean): Promise<DueShop[]> =>
  readDue(env, { all, everyMs: EVERY_MS, most: all ? MOST_AT_ONCE : MOST_SHOPS })

/** The shop with its read key, to ask it with. Throws where the deployment's secret was replaced since. */
export const withSecret = async (env: Env, shop: DueShop): Promise<DueShop> => ({
  ...shop,
  secret: await unwrapSecret(env, boundTo(shop.site), shop.secret),
})

/** How a sweep went: how far it came, unless it failed. */
export const saveSwept = (env: Env, site: SiteId, swept: { until: number | null; trouble: string | null }) =>
  writeSwept(env, site, swept)
