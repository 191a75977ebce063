import type { InviteStaff, StaffInvitation } from '../../protocol/admin/people.ts'
import type { UserId } from '../../protocol/ids.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { canSendMail } from '../notifications/can-send-mail.ts'
import type { Site } from '../sites/load.ts'
import { mailInvitation } from '../sites/mail-invitation.ts'
import { makeStaffLink } from '../sites/owner-link.ts'
import { refuseUnlessOwner } from './people.ts'
import { findStaffByEmail, insertStaff } from './people-store.ts'

/**
 * Invites an address to run the site; once more sends a new link, until the person has come. 403 for an admin who invites an owner,
 * 409 `already_exists` for somebody who is here already: nobody is handed a link to another's place.
 */
export async function inviteStaff(
  env: Env,
  site: Site,
  actor: Actor,
  { email, name, role }: InviteStaff,
  at: string,
): Promise<StaffInvitation> {
  const db = database(env, site.db)
  const known = await findStaffByEmail(db, site.id, email)
  refuseUnlessOwner(actor, role, ...(known ? [known.role] : []))
  if (known && (known.joined || known.role !== role)) {
    throw new AppError('already_exists', { detail: `This address is here already, as ${known.role}.` })
  }
  const user = known?.user ?? newId<UserId>('usr')
  const made = known ? [] : insertStaff(db, { site: site.id, user, email, name: name ?? null, role })
  await db.batch([...made, auditRow(db, { site: site.id, actor, action: 'person.invited', subject: user, to: role })])
  const { link, expiresAt } = await makeStaffLink(db, { site: site.id, user, at })
  const mailed = canSendMail(env)
  if (mailed) await mailInvitation(env, site, { user, email, kind: 'staff_invitation', payload: { link } })
  return { user, link, expiresAt, mailed }
}
