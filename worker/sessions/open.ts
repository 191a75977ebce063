import type { SessionId, UserId } from '../../protocol/ids.ts'
import type { Me, NewSession, Role, Session } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import { claimOrders } from '../orders/claim.ts'
import type { Site } from '../sites/load.ts'
import { changeMembers } from '../sites/members.ts'
import { requireDetails } from './guest.ts'
import { lifetimeOf, type Opening } from './lifetime.ts'
import { bringGuestAlong } from './merge.ts'
import { hashSecret, writeRefreshToken } from './refresh-token.ts'
import { type NewSessionRow, openByLink, openForGuest, openForPerson, readMe, useOfLink } from './store.ts'
import { signToken } from './token.ts'
import type { ProvenPerson } from './verify-assertion.ts'

/** Opens a session for somebody the shop has proven; a seller takes a seat at the desks the shop names. */
export async function openAsPerson(
  env: Env,
  site: Site,
  { person, key }: ProvenPerson,
  { guestToken, device }: { guestToken: string | undefined; device: string | null },
) {
  const { row, secret } = await newRow(site, person.role, 'assertion')
  const { sub, name = null, email = null, email_verified = false, orders = null } = person
  const user = { id: newId<UserId>('usr'), shopId: sub, name, email, emailVerified: email_verified }
  const me = await openForPerson(
    database(env, site.db),
    { ...row, key, orders, device: person.role === 'customer' ? null : device },
    user,
  )
  if (!me) throw new AppError('assertion_invalid')
  if (guestToken) await bringGuestAlong(env, site, guestToken, me.id)
  if (orders && person.role === 'customer') await claimOrders(env, site, me.id, orders)
  const seated =
    person.role === 'seller' ? await takeSeats(env, site, me, row.id, [...(person.sellers ?? []), sub]) : me
  return toSession(env, row.id, secret, seated)
}

/** Opens a session for a new guest: 403 `guests_refused`, 422 `guest_details_required`. */
export async function openAsGuest(env: Env, site: Site, details: NonNullable<NewSession['guest']>): Promise<Session> {
  requireDetails(site.settings.guests.mode, details)
  const { row, secret } = await newRow(site, 'guest', 'guest')
  const guest = { id: newId<UserId>('usr'), name: details.name ?? null, email: details.email ?? null }
  const me = await openForGuest(database(env, site.db), row, guest)
  if (!me) throw new AppError('unavailable', { retryAfterMs: 1000 })
  return toSession(env, row.id, secret, me)
}

const ROLE_OF_LINK = { invite: 'seller', order: 'customer', guest: 'guest' } as const

/** Uses a one-time link up and opens the session of its seller, its order's buyer or its guest: 401 `link_invalid`. */
export async function openWithLink(env: Env, site: Site, link: string, guestToken?: string): Promise<Session> {
  const db = database(env, site.db)
  const hash = await sha256(link)
  const role = ROLE_OF_LINK[(await useOfLink(db, hash)) ?? 'invite']
  if (role === 'guest' && site.settings.guests.mode === 'none') throw new AppError('guests_refused')
  const { row, secret } = await newRow(site, role, role === 'guest' ? 'guest' : 'link')
  const me = await openByLink(db, row, hash)
  if (!me) throw new AppError('link_invalid')
  if (guestToken) await bringGuestAlong(env, site, guestToken, me.id)
  return toSession(env, row.id, secret, me)
}

async function takeSeats(env: Env, site: Site, me: Me, sid: SessionId, desks: string[]): Promise<Me> {
  const seats = [...new Set(desks)].filter((desk) => !me.sellers.some(({ id }) => id === desk))
  await changeMembers(
    env,
    site,
    seats.map((seller) => ({ seller, user: me.id })),
  )
  return (await readMe(database(env, site.db), sid)) ?? me
}

/** A new session's row and the secret of its refresh token. */
export async function newRow(
  site: Site,
  role: Role,
  opening: Opening,
): Promise<{ row: NewSessionRow; secret: string }> {
  const secret = newSecret()
  const { idleMs, mostMs } = lifetimeOf(role, opening)
  const refreshHash = await hashSecret(secret)
  const row = { id: newId<SessionId>('ses'), site: site.id, role, key: null, refreshHash, orders: null, idleMs, mostMs }
  return { row, secret }
}

/** What the client gets: a token for 15 minutes, and what brings the next one. */
export async function toSession(env: Env, sid: SessionId, secret: string, user: Me): Promise<Session> {
  const { token, expiresAt } = await signToken(env, { sid, sub: user.id, site: user.site, role: user.role }, Date.now())
  return { token, refreshToken: writeRefreshToken({ site: user.site, sid, secret }), expiresAt, user }
}
