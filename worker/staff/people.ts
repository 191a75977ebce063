import type { StaffPerson, StaffRole } from '../../protocol/admin/people.ts'
import { auditIfChanged, type Deed } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { closeSocketsOf, endingAllIfChanged } from '../sessions/staff-sessions.ts'
import { tellNoMore } from '../settings/tell-no-more.ts'
import type { Site } from '../sites/load.ts'
import { deleteStaff, dropWaysIn, findStaff, listPeople, updateRole } from './people-store.ts'

export async function people(env: Env, site: Site, me: string): Promise<StaffPerson[]> {
  const rows = await listPeople(database(env, site.db), site.id)
  return rows.map((row) => ({ ...row, me: row.user === me }))
}

/** Owners are made, changed and removed by owners alone. */
export function refuseUnlessOwner(actor: Actor, ...roles: StaffRole[]): void {
  if (actor.role !== 'owner' && roles.includes('owner')) {
    throw new AppError('forbidden', { detail: 'Only an owner can do this to an owner.' })
  }
}

/** Gives a person another role and ends their sessions, which have the old one. 404, 403, 409 `last_owner`. */
export async function changeRole(env: Env, site: Site, actor: Actor, user: string, role: StaffRole): Promise<void> {
  const db = database(env, site.db)
  const person = await findStaff(db, site.id, user)
  if (!person) throw new AppError('not_found')
  refuseUnlessOwner(actor, person.role, role)
  if (person.role === role) return
  const deed: Deed = { site: site.id, actor, action: 'person.role_changed', subject: user, from: person.role, to: role }
  // Each of these happens if the one before it did: no session outlives the role that it has.
  const [changed] = await db.batch([
    updateRole(db, site.id, user, role),
    auditIfChanged(db, deed),
    endingAllIfChanged(db, site, user),
  ])
  if (changed?.meta.changes !== 1) throw new AppError('last_owner')
  await closeSocketsOf(env, site, user)
}

/** Removes a person: sessions, links and passkeys end at once, and no mail goes to their address. 404, 403, 409 `last_owner`. */
export async function removePerson(env: Env, site: Site, actor: Actor, user: string): Promise<void> {
  const db = database(env, site.db)
  const person = await findStaff(db, site.id, user)
  if (!person) throw new AppError('not_found')
  refuseUnlessOwner(actor, person.role)
  const deed: Deed = { site: site.id, actor, action: 'person.removed', subject: user, from: person.role }
  const [gone] = await db.batch([
    deleteStaff(db, site.id, user),
    auditIfChanged(db, deed),
    endingAllIfChanged(db, site, user),
    ...dropWaysIn(db, site.id, user),
  ])
  if (gone?.meta.changes !== 1) throw new AppError('last_owner')
  if (person.email !== null) await tellNoMore(env, site, [person.email])
  await closeSocketsOf(env, site, user)
}
