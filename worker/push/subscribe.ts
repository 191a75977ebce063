import type { PushState, PushSubscriptionIn } from '../../protocol/reach.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { sha256 } from '../ids.ts'
import { inboxOf } from '../rooms/nudge.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { isPushService } from './services.ts'
import { deleteSubscription, putSubscription, readSubscription } from './store.ts'
import { vapid } from './vapid.ts'

const MOST_BROWSERS = 10

/** The key to subscribe with, and whether this browser rings for this person. */
export async function pushState(env: Env, site: Site, { sub }: SessionClaims, endpoint?: string): Promise<PushState> {
  const { publicKey } = await vapid(env)
  const place = { site: site.id, user: sub }
  const mine = endpoint ? await readSubscription(database(env, site.db), place, await sha256(endpoint)) : null
  return { key: publicKey, subscribed: mine !== null, words: mine?.words === 1 }
}

/** Has a browser ring for this person while the session holds, else 401: 422 for an address that is no push service's. */
export async function subscribe(
  env: Env,
  site: Site,
  { sub, sid }: SessionClaims,
  { endpoint, keys, words, locale }: PushSubscriptionIn,
  origin: string,
): Promise<void> {
  if (!isPushService(env, endpoint)) {
    throw new AppError('invalid', { issues: [{ path: 'endpoint', message: 'is not of a push service known here' }] })
  }
  const row = {
    id: await sha256(endpoint),
    site: site.id,
    user: sub,
    session: sid,
    endpoint,
    ...keys,
    words,
    locale,
    origin,
  }
  if (!(await putSubscription(database(env, site.db), row, MOST_BROWSERS))) throw new AppError('session_ended')
  await inboxOf(env, site.id, sub).setBell({ db: site.db, site: site.id, user: sub })
}

export async function unsubscribe(env: Env, site: Site, { sub }: SessionClaims, endpoint: string): Promise<void> {
  const place = { site: site.id, user: sub }
  const left = await deleteSubscription(database(env, site.db), place, await sha256(endpoint))
  if (left === 0) await inboxOf(env, site.id, sub).setBell(null)
}
