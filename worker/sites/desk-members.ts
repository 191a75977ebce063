import type { AddedMember, AddMember } from '../../protocol/admin/sellers.ts'
import { MOST_MEMBERS } from '../../protocol/bounds.ts'
import { UserId } from '../../protocol/ids.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { canSendMail } from '../notifications/can-send-mail.ts'
import { endSockets } from '../rooms/nudge.ts'
import { endIfNoDesk, wasHere } from './desk-store.ts'
import { deskOf } from './desks.ts'
import { inviteSeller } from './invite.ts'
import type { Site } from './load.ts'
import { mailInvitation } from './mail-invitation.ts'
import { changeMembers, leaveDesk } from './members.ts'
import { ensureUsers } from './seller-store.ts'

interface Joining {
  actor: Actor
  desk: string
  /** The deployment's address. */
  at: string
}

/**
 * Lets somebody answer for a desk: by the shop's own id, or invited by mail. Who has been here gets the link by mail or not
 * at all: it would open another's place to whoever asks for it.
 */
export async function addMember(
  env: Env,
  site: Site,
  { actor, desk: id, at }: Joining,
  who: AddMember,
): Promise<AddedMember> {
  const desk = await deskOf(env, site, id)
  if (desk.members.length >= MOST_MEMBERS) {
    throw new AppError('too_many', { detail: `A desk has at most ${MOST_MEMBERS} members.` })
  }
  const db = database(env, site.db)
  if ('shopId' in who) {
    const user = (await ensureUsers(db, site.id, [who.shopId])).get(who.shopId)
    if (user === undefined) throw new AppError('unavailable', { retryAfterMs: 1000 })
    await changeMembers(env, site, [{ seller: id, user }])
    await auditRow(db, { site: site.id, actor, action: 'seller.member_added', subject: id, to: user }).run()
    return { member: UserId.parse(user), link: null, expiresAt: null, mailed: false }
  }
  const { user, link, expiresAt } = await inviteSeller(env, site, { seller: id, ...who }, { at, actor })
  const isKnown = await wasHere(db, user)
  const mailed = canSendMail(env)
  if (isKnown && !mailed) return { member: user, link: null, expiresAt: null, mailed }
  if (mailed) {
    const payload = { link, seller_name: desk.name }
    await mailInvitation(env, site, { user, email: who.email, kind: 'invitation', payload })
  }
  return { member: user, link: isKnown ? null : link, expiresAt, mailed }
}

/** Takes somebody off a desk; who answers for no other is signed out. 404 for no member of it. */
export async function removeMember(env: Env, site: Site, actor: Actor, desk: string, user: string): Promise<void> {
  if (!(await leaveDesk(env, site, { seller: desk, user }))) throw new AppError('not_found')
  const db = database(env, site.db)
  await auditRow(db, { site: site.id, actor, action: 'seller.member_removed', subject: desk, from: user }).run()
  // A socket asks for its session again within ten seconds, should this not reach it.
  if (await endIfNoDesk(db, site.id, user)) await endSockets(env, site.id, user).catch(() => undefined)
}
