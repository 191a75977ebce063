import type { ChangeGuest, Me } from '../../protocol/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { requireDetails } from './guest.ts'
import { readGuestDetails, saveGuestDetails } from './guest-store.ts'
import { readMe } from './store.ts'
import type { SessionClaims } from './token.ts'

const MOST_KNOWN = 10_000
/** Guests who have told all that a mode asks: they take nothing back, so this isolate need not look again. */
const told = new Set<string>()

/**
 * A guest from before the shop asked for details tells them before writing on: 422 `guest_details_required` with what is
 * missing. Nothing is read for anybody else.
 */
export async function requireToldGuest(env: Env, site: Site, session: SessionClaims): Promise<void> {
  const { mode } = site.settings.guests
  if (session.role !== 'guest' || mode === 'free') return
  const key = `${session.sub} ${mode}`
  if (told.has(key)) return
  const known = await readGuestDetails(database(env, site.db), site.id, session.sub)
  requireDetails(mode, { name: known?.name ?? undefined, email: known?.email ?? undefined })
  if (told.size >= MOST_KNOWN) told.clear()
  told.add(key)
}

/** What a guest adds about themselves; it replaces nothing that is verified. 403 for anybody whom the shop names. */
export async function changeGuest(env: Env, site: Site, session: SessionClaims, details: ChangeGuest): Promise<Me> {
  if (session.role !== 'guest') throw new AppError('forbidden')
  const db = database(env, site.db)
  await saveGuestDetails(db, site.id, session, { name: details.name ?? null, email: details.email ?? null })
  const me = await readMe(db, session.sid)
  if (!me) throw new AppError('session_ended')
  return me
}
