import type { UserId } from '../../protocol/ids.ts'
import { NOW } from '../db/client.ts'

// ?2 site, ?3 e-mail
const INVITED = `SELECT u.id FROM seller_members m JOIN users u ON u.id = m.user
  WHERE m.site = ?2 AND u.shop_id IS NULL AND u.guest = 0 AND lower(u.email) = lower(?3) LIMIT 1`

/**
 * An invited person has no shop id. An address that was invited before, and still answers for a desk, is the same
 * person: the operator says so, nobody else does.
 */
export async function ensureInvited(
  db: D1Database,
  site: string,
  person: { id: UserId; email: string; name: string | null },
): Promise<UserId> {
  const known = await db.prepare(INVITED).bind(person.id, site, person.email).first<UserId>('id')
  if (known !== null) return known
  await db
    .prepare(`INSERT INTO users (id, site, guest, name, email, created_at) VALUES (?1, ?2, 0, ?3, ?4, ${NOW})`)
    .bind(person.id, site, person.name, person.email)
    .run()
  return person.id
}

export interface NewLink {
  hash: string
  site: string
  use: 'invite' | 'staff' | 'setup'
  user: string
  lifeMs: number
}

/** A one-time link, by the hash of its token; answers when it ends, ms since 1970. */
export async function insertLink(db: D1Database, link: NewLink): Promise<number> {
  const ends = await db
    .prepare(
      `INSERT INTO links (hash, site, use, user, ends_at) VALUES (?1, ?2, ?3, ?4, ${NOW} + ?5) RETURNING ends_at`,
    )
    .bind(link.hash, link.site, link.use, link.user, link.lifeMs)
    .first<number>('ends_at')
  if (ends === null) throw new Error('The link was not saved')
  return ends
}

/** The owner who came first; null where nobody has become one yet. */
export const firstOwner = (db: D1Database, site: string) =>
  db
    .prepare(`SELECT user FROM staff WHERE site = ?1 AND role = 'owner' ORDER BY joined_at IS NULL, created_at LIMIT 1`)
    .bind(site)
    .first<string>('user')
