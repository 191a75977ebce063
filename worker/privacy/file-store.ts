import { PEOPLE } from './person-store.ts'

// ?1 site, ?2 the person: what they sent. Files of others in their chats are the others'.
const THEIR_FILES = `FROM attachments WHERE site = ?1 AND user IN (${PEOPLE}) AND key IS NOT NULL
  AND stored_at IS NOT NULL AND removed_at IS NULL`

export interface ExportedFile {
  key: string
  /** Where it lies in the zip. */
  path: string
  name: string
  type: string
  size: number
  chat: string | null
  seq: number | null
}

export const countFiles = async (db: D1Database, site: string, user: string): Promise<number> =>
  (await db.prepare(`SELECT count(*) n ${THEIR_FILES}`).bind(site, user).first<number>('n')) ?? 0

export async function readFiles(db: D1Database, site: string, user: string, skip: number, most: number) {
  const { results } = await db
    .prepare(`SELECT id, key, name, type, size, chat, seq ${THEIR_FILES} ORDER BY id LIMIT ?3 OFFSET ?4`)
    .bind(site, user, most, skip)
    .all<Omit<ExportedFile, 'path'> & { id: string }>()
  return results.map(({ id, ...file }): ExportedFile => ({ ...file, path: `files/${id}-${safeName(file.name)}` }))
}

/** A name that unpacks into the folder it is in, on every system. */
const safeName = (name: string) =>
  name
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-100)
