import type { UserId } from '../../protocol/ids.ts'
import type { Role, Session } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { sha256 } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { openByStaffLink, openForUser, readStaffLink, readStaffRole } from './known-store.ts'
import { newRow, toSession } from './open.ts'

interface Proven {
  user: UserId
  door: 'admin' | 'inbox'
  by: 'code' | 'passkey'
  device: string | null
}

/**
 * Opens the session of somebody who has proven by a code or a passkey to be this user: a seller's at the inbox, that of
 * the role they have now at the panel. Null where that door is not theirs.
 */
export async function openAsUser(env: Env, site: Site, { user, door, by, device }: Proven): Promise<Session | null> {
  const db = database(env, site.db)
  const role: Role | null = door === 'inbox' ? 'seller' : await readStaffRole(db, site.id, user)
  if (!role) return null
  const { row, secret } = await newRow(site, role, 'link')
  const me = await openForUser(db, { ...row, user, openedBy: by, device })
  return me && toSession(env, row.id, secret, me)
}

/** Whether a token is that of an invitation to staff, or a setup code. */
export async function findStaffLink(env: Env, site: Site, link: string) {
  return readStaffLink(database(env, site.db), site.id, await sha256(link))
}

interface StaffLinkUse {
  link: string
  found: NonNullable<Awaited<ReturnType<typeof findStaffLink>>>
  owner: { name?: string | undefined; email: string } | undefined
  device: string | null
}

/** Uses such a link up: a setup code makes the site's first owner. 401 `link_invalid`. */
export async function openWithStaffLink(env: Env, site: Site, { link, found, owner, device }: StaffLinkUse) {
  const isSetup = found.use === 'setup'
  const role = isSetup ? 'owner' : found.role
  if (!role) throw new AppError('link_invalid')
  const { row, secret } = await newRow(site, role, 'link')
  const me = await openByStaffLink(database(env, site.db), {
    row: { ...row, user: found.user, openedBy: 'link', device },
    hash: await sha256(link),
    owner: isSetup ? { name: owner?.name || null, email: owner?.email ?? null } : null,
  })
  if (!me) throw new AppError('link_invalid')
  return toSession(env, row.id, secret, me)
}
