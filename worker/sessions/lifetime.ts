import type { Role } from '../../protocol/sessions.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts'
import { isStaff } from '../http/session.ts'

/** How a session was opened. */
export type Opening = 'assertion' | 'guest' | 'link'

interface Lifetime {
  /** Without use, a session ends after this. */
  readonly idleMs: number
  /** With use too. */
  readonly mostMs: number
  /** What counts as use. The shop renews its people by a new assertion, and a page left open must not keep staff in. */
  readonly extendedBy: 'refresh' | 'request' | 'nothing'
}

const STAFF: Lifetime = { idleMs: 15 * MINUTE_MS, mostMs: 8 * HOUR_MS, extendedBy: 'request' }
const ASSERTED: Lifetime = { idleMs: 12 * HOUR_MS, mostMs: 12 * HOUR_MS, extendedBy: 'nothing' }
const GUEST: Lifetime = { idleMs: 30 * DAY_MS, mostMs: 180 * DAY_MS, extendedBy: 'refresh' }
// Nobody signs an invited seller in again: twelve hours would end the first working day for good.
const LINKED: Lifetime = { idleMs: 30 * DAY_MS, mostMs: 90 * DAY_MS, extendedBy: 'refresh' }

export function lifetimeOf(role: Role, opening: Opening): Lifetime {
  if (isStaff(role)) return STAFF
  return { assertion: ASSERTED, guest: GUEST, link: LINKED }[opening]
}

/** A session row tells how it was opened: only an assertion has a key. */
export const openingOf = (row: { role: Role; key: string | null }): Opening =>
  row.role === 'guest' ? 'guest' : row.key === null ? 'link' : 'assertion'

/** A request of staff moves `idle_until` at most this often. */
export const TOUCH_EVERY_MS = MINUTE_MS
export const STAFF_IDLE_MS = STAFF.idleMs
