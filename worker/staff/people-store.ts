import type { StaffPerson, StaffRole } from '../../protocol/admin/people.ts'
import type { UserId } from '../../protocol/ids.ts'
import { NOW } from '../db/client.ts'

type PersonRow = Omit<StaffPerson, 'me'>

const SEEN = `(SELECT max(min(s.idle_until - 900000, ${NOW})) FROM sessions s WHERE s.user = u.id AND s.role IN ('analyst', 'admin', 'owner'))`
const INVITED = `
SELECT u.id user, u.name, u.email, t.role, 'invitation' via, t.joined_at joinedAt, ${SEEN} seenAt,
  (SELECT count(*) FROM passkeys p WHERE p.user = u.id) passkeys
FROM staff t JOIN users u ON u.id = t.user WHERE t.site = ?1 ORDER BY t.created_at LIMIT 500`
// The newest session tells the role: the shop may have given another since.
const ASSERTED = `
SELECT u.id user, u.name, u.email, s.role, 'shop' via, min(s.created_at) joinedAt, max(s.created_at) seenAt, 0 passkeys
FROM sessions s JOIN users u ON u.id = s.user
WHERE s.site = ?1 AND s.role IN ('analyst', 'admin', 'owner') AND s.key IS NOT NULL AND s.created_at > ${NOW} - 2592000000
GROUP BY u.id ORDER BY seenAt DESC LIMIT 100`

/** Those who were invited, and those whom the shop has signed in during the last 30 days. */
export async function listPeople(db: D1Database, site: string): Promise<PersonRow[]> {
  const results = await db.batch<PersonRow>([INVITED, ASSERTED].map((sql) => db.prepare(sql).bind(site)))
  return results.flatMap((result) => result.results)
}

export interface StaffRow {
  user: UserId
  email: string | null
  role: StaffRole
  joined: number
}

export const findStaff = (db: D1Database, site: string, user: string) =>
  db
    .prepare(
      `SELECT s.user, u.email, s.role, s.joined_at IS NOT NULL joined FROM staff s JOIN users u ON u.id = s.user
       WHERE s.site = ?1 AND s.user = ?2`,
    )
    .bind(site, user)
    .first<StaffRow>()

export const findStaffByEmail = (db: D1Database, site: string, email: string) =>
  db
    .prepare(
      `SELECT s.user, u.email, s.role, s.joined_at IS NOT NULL joined FROM staff s JOIN users u ON u.id = s.user
       WHERE s.site = ?1 AND lower(u.email) = lower(?2) LIMIT 1`,
    )
    .bind(site, email)
    .first<StaffRow>()

interface NewStaff {
  site: string
  user: string
  email: string
  name: string | null
  role: StaffRole
}

/** A person of their own: whoever holds the link must not come to be a seller by it, whose address may be the same. */
export const insertStaff = (db: D1Database, { site, user, email, name, role }: NewStaff) => [
  db
    .prepare(`INSERT INTO users (id, site, guest, name, email, created_at) VALUES (?1, ?2, 0, ?3, ?4, ${NOW})`)
    .bind(user, site, name, email),
  db.prepare(`INSERT INTO staff (site, user, role, created_at) VALUES (?1, ?2, ?3, ${NOW})`).bind(site, user, role),
]

// ?1 site, ?2 user. An owner who never came counts for none.
const ANOTHER_OWNER = `EXISTS (SELECT 1 FROM staff o WHERE o.site = ?1 AND o.role = 'owner' AND o.joined_at IS NOT NULL AND o.user <> ?2)`

/** Changes nothing where the site would be left without an owner. */
export const updateRole = (db: D1Database, site: string, user: string, role: StaffRole) =>
  db
    .prepare(
      `UPDATE staff SET role = ?3 WHERE site = ?1 AND user = ?2 AND role <> ?3 AND (role <> 'owner' OR ${ANOTHER_OWNER})`,
    )
    .bind(site, user, role)

export const deleteStaff = (db: D1Database, site: string, user: string) =>
  db
    .prepare(
      `DELETE FROM staff WHERE site = ?1 AND user = ?2 AND (role <> 'owner' OR joined_at IS NULL OR ${ANOTHER_OWNER})`,
    )
    .bind(site, user)

/** What a person who is no longer staff could come back by. */
export const dropWaysIn = (db: D1Database, site: string, user: string) => {
  const gone = 'NOT EXISTS (SELECT 1 FROM staff WHERE site = ?1 AND user = ?2)'
  return [
    db.prepare(`DELETE FROM links WHERE site = ?1 AND user = ?2 AND use = 'staff' AND ${gone}`).bind(site, user),
    db.prepare(`DELETE FROM passkeys WHERE site = ?1 AND user = ?2 AND ${gone}`).bind(site, user),
  ]
}
