import type { StaffMe } from '../../protocol/admin/me.ts'
import { NOW } from '../db/client.ts'

export interface MeRow extends Omit<StaffMe, 'stepUp'> {
  /** Signed in by the shop. */
  isAsserted: number
}

/** Somebody who runs the site, as their session has it; null when it has ended. */
export const readStaffMe = (db: D1Database, sid: string, stepUpMs: number) =>
  db
    .prepare(
      `SELECT u.id, s.id session, s.role, u.name, u.email, s.ends_at endsAt, s.key IS NOT NULL isAsserted,
         iif(s.stepped_up_at > ${NOW} - ?2, s.stepped_up_at + ?2, NULL) steppedUpUntil,
         (SELECT count(*) FROM passkeys p WHERE p.user = u.id) passkeys
       FROM sessions s JOIN users u ON u.id = s.user WHERE s.id = ?1 AND s.revoked_at IS NULL`,
    )
    .bind(sid, stepUpMs)
    .first<MeRow>()

const TAKEN = `EXISTS (SELECT 1 FROM staff s JOIN users o ON o.id = s.user
  WHERE s.site = ?1 AND s.user <> ?2 AND lower(o.email) = lower(?4))`

/** Changes what a person of the staff is called and where codes go; changes nothing where somebody else has that address. */
export const updateMe = (
  db: D1Database,
  site: string,
  user: string,
  me: { name: string | null; email: string | null },
) =>
  db
    .prepare(
      `UPDATE users SET name = coalesce(?3, name), email = coalesce(?4, email)
       WHERE id = ?2 AND site = ?1 AND shop_id IS NULL AND (?4 IS NULL OR NOT ${TAKEN})`,
    )
    .bind(site, user, me.name, me.email)
