import type { Passkey } from '../../protocol/admin/passkeys.ts'
import type { UserId } from '../../protocol/ids.ts'
import { NOW } from '../db/client.ts'

export interface PasskeyRow {
  id: string
  site: string
  user: UserId
  name: string
  /** COSE, base64url. */
  publicKey: string
  counter: number
  /** JSON list; null where the browser did not say. */
  transports: string | null
}

/** Most passkeys of one person. */
const MOST = 20

export const readPasskey = (db: D1Database, site: string, id: string) =>
  db
    .prepare(
      'SELECT id, site, user, name, public_key publicKey, counter, transports FROM passkeys WHERE id = ?2 AND site = ?1',
    )
    .bind(site, id)
    .first<PasskeyRow>()

export async function listPasskeys(db: D1Database, site: string, user: string): Promise<Passkey[]> {
  const { results } = await db
    .prepare(
      `SELECT id, name, created_at createdAt, used_at usedAt FROM passkeys WHERE user = ?2 AND site = ?1
       ORDER BY created_at`,
    )
    .bind(site, user)
    .all<Passkey>()
  return results
}

/** A passkey as a statement; it changes nothing where the credential is known or the person has too many. */
export const insertPasskey = (db: D1Database, row: PasskeyRow) =>
  db
    .prepare(
      `INSERT INTO passkeys (id, site, user, name, public_key, counter, transports, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ${NOW} WHERE (SELECT count(*) FROM passkeys WHERE user = ?3) < ${MOST}
       ON CONFLICT (id) DO NOTHING`,
    )
    .bind(row.id, row.site, row.user, row.name, row.publicKey, row.counter, row.transports)

export const deletePasskey = (db: D1Database, site: string, user: string, id: string) =>
  db.prepare('DELETE FROM passkeys WHERE id = ?3 AND user = ?2 AND site = ?1').bind(site, user, id)

/** Notes a use. A counter that does not rise is a copy's: false. Zero on both sides: the authenticator counts nothing. */
export async function notePasskeyUse(db: D1Database, id: string, counter: number): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE passkeys SET counter = ?2, used_at = ${NOW} WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))`,
    )
    .bind(id, counter)
    .run()
  return meta.changes === 1
}
