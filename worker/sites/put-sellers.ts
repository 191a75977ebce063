import type { PutSellers } from '../../protocol/sessions.ts'
import { auditIfChanged, type Deed } from '../audit/record.ts'
import { database, directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { forgetSite, type Site } from './load.ts'
import { changeMembers } from './members.ts'
import { deskExists, ensureUsers, putDesks } from './seller-store.ts'
import { saveDefaultSeller } from './store.ts'

/**
 * Creates or updates desks. A desk with `members` is answered by exactly these; without the list, the person whose
 * shop id is the desk's id answers too. 422 `invalid` for a `default` that is no desk. Sending it again mends.
 */
export async function putSellers(
  env: Env,
  site: Site,
  { sellers, default: chosen }: PutSellers,
  actor: Actor,
): Promise<number> {
  const db = database(env, site.db)
  const known =
    chosen === undefined || sellers.some(({ id }) => id === chosen) || (await deskExists(db, site.id, chosen))
  if (!known) throw new AppError('invalid', { issues: [{ path: 'default', message: 'is not one of the sellers' }] })
  const deed: Deed = { site: site.id, actor, action: 'sellers.put', to: sellers.map(({ id }) => id).slice(0, 100) }
  await putDesks(db, site.id, sellers, auditIfChanged(db, deed))
  const users = await ensureUsers(db, site.id, [...new Set(sellers.flatMap(membersOf))])
  const wanted = sellers.flatMap((desk) =>
    membersOf(desk).map((shopId) => ({ seller: desk.id, user: users.get(shopId) ?? '' })),
  )
  const exactly = sellers.filter(({ members }) => members !== undefined).map(({ id }) => id)
  await changeMembers(env, site, wanted, exactly)
  if (chosen !== undefined) await setDefaultSeller(env, site, chosen, actor)
  return sellers.length
}

const membersOf = ({ id, members }: PutSellers['sellers'][number]) => members ?? [id]

/** Who answers where nobody else is known. 422 `invalid` for what is no desk of the site. */
export async function setDefaultSeller(env: Env, site: Site, seller: string, actor: Actor): Promise<void> {
  if (!(await deskExists(database(env, site.db), site.id, seller))) {
    throw new AppError('invalid', { issues: [{ path: 'seller', message: 'is not one of the sellers' }] })
  }
  const deed: Deed = {
    site: site.id,
    actor,
    action: 'seller.made_default',
    subject: seller,
    from: site.defaultSeller,
    to: seller,
  }
  await saveDefaultSeller(env, site.id, seller, auditIfChanged(directory(env), deed))
  forgetSite(site.id)
}
