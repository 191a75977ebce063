import type { UserId } from '../../protocol/ids.ts'
import type { OwnerLink } from '../../protocol/operator.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import { DAY_MS, HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { OPERATOR } from '../http/actor.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import { firstOwner, insertLink } from './link-store.ts'
import type { Site } from './load.ts'

const SETUP_LIFE_MS = 30 * DAY_MS
const STAFF_LIFE_MS = 7 * DAY_MS
const OWNER_LIFE_MS = HOUR_MS

/** A one-time link for a site's owner, for whoever runs the deployment: to become it, or to get in where mail does not. */
export async function makeOwnerLink(env: Env, site: Site, at: string): Promise<OwnerLink> {
  const db = database(env, site.db)
  await auditRow(db, { site: site.id, actor: OPERATOR, action: 'owner.link_made' }).run()
  const owner = await firstOwner(db, site.id)
  if (owner === null) return { ...(await makeSetupLink(db, site.id, at)), isSetup: true }
  return { ...(await makeStaffLink(db, { site: site.id, user: owner, at, lifeMs: OWNER_LIFE_MS })), isSetup: false }
}

interface StaffLink {
  site: string
  user: string
  /** The deployment's address. */
  at: string
  lifeMs?: number
}

/** A link that opens one session of somebody who runs the site, in the role they have by then. */
export async function makeStaffLink(db: D1Database, { site, user, at, lifeMs = STAFF_LIFE_MS }: StaffLink) {
  const token = newSecret()
  const expiresAt = await insertLink(db, { hash: await sha256(token), site, use: 'staff', user, lifeMs })
  return { link: `${at}/admin?site=${site}#invite=${token}`, expiresAt }
}

/** A setup code, as a link: whoever opens it first becomes the owner, and every other one of the site is void. */
export async function makeSetupLink(db: D1Database, site: string, at: string) {
  const token = newSecret()
  const link = {
    hash: await sha256(token),
    site,
    use: 'setup',
    user: newId<UserId>('usr'),
    lifeMs: SETUP_LIFE_MS,
  } as const
  const expiresAt = await insertLink(db, link)
  return { link: `${at}/admin?site=${site}#setup=${token}`, expiresAt }
}
