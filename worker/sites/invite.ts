import type { UserId } from '../../protocol/ids.ts'
import type { Invite, NewInvite } from '../../protocol/operator.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import { ensureInvited, insertLink } from './link-store.ts'
import type { Site } from './load.ts'
import { changeMembers } from './members.ts'
import { deskExists } from './seller-store.ts'

const LIFE_MS = 7 * DAY_MS

/** A one-time link by which a person without an account at the shop becomes a seller; `at` is the deployment's address. */
export async function inviteSeller(
  env: Env,
  site: Site,
  { seller, email, name }: NewInvite,
  { at, actor }: { at: string; actor: Actor },
): Promise<Invite & { user: UserId }> {
  const db = database(env, site.db)
  if (!(await deskExists(db, site.id, seller))) {
    throw new AppError('invalid', { issues: [{ path: 'seller', message: 'is not one of the sellers' }] })
  }
  const user = await ensureInvited(db, site.id, { id: newId<UserId>('usr'), email, name: name ?? null })
  await changeMembers(env, site, [{ seller, user }])
  await auditRow(db, { site: site.id, actor, action: 'seller.member_invited', subject: seller, to: user }).run()
  const token = newSecret()
  const expiresAt = await insertLink(db, {
    hash: await sha256(token),
    site: site.id,
    use: 'invite',
    user,
    lifeMs: LIFE_MS,
  })
  // After the `#`, so that no server and no log on the way sees it.
  return { user, link: `${at}/inbox?site=${site.id}#invite=${token}`, expiresAt }
}
