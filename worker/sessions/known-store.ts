import type { Me } from '../../protocol/sessions.ts'
import { auditIfChanged } from '../audit/record.ts'
import { NOW } from '../db/client.ts'
import { type HowOpened, meStatements, type NewSessionRow, toMe } from './store.ts'

export interface KnownRow extends NewSessionRow {
  user: string
  openedBy: HowOpened
  device: string | null
}

// Whoever was taken off since proving who they are finds no door.
const STILL_IN = `(?3 = 'seller' AND EXISTS (SELECT 1 FROM seller_members m WHERE m.site = ?2 AND m.user = u.id))
  OR EXISTS (SELECT 1 FROM staff s WHERE s.site = ?2 AND s.user = u.id AND s.role = ?3)`
const INSERT = (where: string) => `
INSERT INTO sessions (id, site, user, role, refresh_hash, rotated_at, created_at, idle_until, ends_at, opened_by, device, stepped_up_at)
SELECT ?1, ?2, u.id, ?3, ?4, t.now, t.now, t.now + ?5, t.now + ?6, ?7, ?8, t.now
FROM (SELECT ${NOW} now) t JOIN users u ON u.site = ?2 AND u.id = ?9 WHERE (${STILL_IN}) AND ${where}`
const JOINED = `UPDATE staff SET joined_at = ${NOW} WHERE site = ?1 AND user = ?2 AND joined_at IS NULL`

const bound = (db: D1Database, row: KnownRow, where: string, ...more: unknown[]) =>
  db
    .prepare(INSERT(where))
    .bind(
      row.id,
      row.site,
      row.role,
      row.refreshHash,
      row.idleMs,
      row.mostMs,
      row.openedBy,
      row.device,
      row.user,
      ...more,
    )

/** The session of somebody who has proven to be this user; null if the role is not theirs (any more). */
export async function openForUser(db: D1Database, row: KnownRow): Promise<Me | null> {
  const results = await db.batch([
    bound(db, row, 'true'),
    db.prepare(JOINED).bind(row.site, row.user),
    ...meStatements(db, row.id),
  ])
  return toMe(results.slice(2))
}

/** The role that a user has at a site; null for nobody of its staff. */
export const readStaffRole = (db: D1Database, site: string, user: string) =>
  db
    .prepare('SELECT role FROM staff WHERE site = ?1 AND user = ?2')
    .bind(site, user)
    .first<'owner' | 'admin' | 'analyst'>('role')

export interface StaffLink {
  use: 'staff' | 'setup'
  user: string
  role: 'owner' | 'admin' | 'analyst' | null
}

/** Whose a link of staff is, used up or not; null for any other. */
export const readStaffLink = (db: D1Database, site: string, hash: string) =>
  db
    .prepare(
      `SELECT l.use, l.user, s.role FROM links l LEFT JOIN staff s ON s.site = l.site AND s.user = l.user
       WHERE l.hash = ?2 AND l.site = ?1 AND l.use IN ('staff', 'setup')`,
    )
    .bind(site, hash)
    .first<StaffLink>()

const open = (site: string, hash: string) =>
  `EXISTS (SELECT 1 FROM links WHERE hash = ${hash} AND site = ${site} AND used_at IS NULL AND ends_at > ${NOW})`
// ?1 site, ?2 hash
const OPEN = open('?1', '?2')
const FIRST_OWNER = `INSERT INTO users (id, site, guest, name, email, created_at) SELECT ?3, ?1, 0, ?4, ?5, ${NOW} WHERE ${OPEN}`
const MAKE_OWNER = `INSERT INTO staff (site, user, role, created_at) SELECT ?1, ?3, 'owner', ${NOW} WHERE ${OPEN}`
// With the first owner every other setup code of the site is void.
const USE = `UPDATE links SET used_at = ${NOW} WHERE site = ?1 AND used_at IS NULL AND ${OPEN}
  AND (hash = ?2 OR (use = 'setup' AND (SELECT use FROM links WHERE hash = ?2) = 'setup'))`

interface Opened {
  row: KnownRow
  hash: string
  /** With a setup code: who becomes the owner. */
  owner: { name: string | null; email: string | null } | null
}

/** Uses a link of staff up and opens its session, or neither: null when it is used, too old, or its role is gone. */
export async function openByStaffLink(db: D1Database, { row, hash, owner }: Opened): Promise<Me | null> {
  const { site, user, role } = row
  const first = owner
    ? [
        db.prepare(FIRST_OWNER).bind(site, hash, user, owner.name, owner.email),
        db.prepare(MAKE_OWNER).bind(site, hash, user),
      ]
    : []
  const results = await db.batch([
    ...first,
    bound(db, row, open('?2', '?10'), hash),
    db.prepare(JOINED).bind(site, user),
    auditIfChanged(db, { site, actor: { id: user, role }, action: 'person.joined', subject: user, to: role }),
    db.prepare(USE).bind(site, hash),
    ...meStatements(db, row.id),
  ])
  return toMe(results.slice(-2))
}
