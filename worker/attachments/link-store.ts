import type { ChatId, FileId, SiteId, UserId } from '../../protocol/ids.ts'
import type { Role } from '../../protocol/sessions.ts'
import { NOW } from '../db/client.ts'
import { SELF } from './self.ts'

// ?1 site.
const KEPT = 'a.site = ?1 AND a.removed_at IS NULL AND a.stored_at IS NOT NULL'
// Uploads that are not sent are their uploader's; the others belong to those in the chat.
const OWN = (user: string) => `(
  (a.chat IS NULL AND a.user IN ${SELF(user)})
  OR EXISTS (SELECT 1 FROM participants p JOIN chats c ON c.id = p.chat
    WHERE p.user = ${user} AND p.chat = a.chat AND p.left_n IS NULL
    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = ${user} AND b.seller IN (c.seller, '*'))))`

export interface VisibleFile {
  id: FileId
  thumbnail: number
}

/** Which of these files a person may see, and whether each has a thumbnail. */
export async function visibleFiles(db: D1Database, site: SiteId, user: UserId, files: readonly FileId[]) {
  const { results } = await db
    .prepare(
      `SELECT a.id, a.thumb_key IS NOT NULL thumbnail FROM json_each(?3) j JOIN attachments a ON a.id = j.value
       WHERE ${KEPT} AND ${OWN('?2')} ORDER BY j.key`,
    )
    .bind(site, user, JSON.stringify(files))
    .all<VisibleFile>()
  return results
}

/** Which of these files were sent in a chat, for somebody who may read it without being in it. */
export async function filesOfChat(db: D1Database, site: SiteId, chat: ChatId, files: readonly FileId[]) {
  const { results } = await db
    .prepare(
      `SELECT a.id, a.thumb_key IS NOT NULL thumbnail FROM json_each(?3) j JOIN attachments a ON a.id = j.value
       WHERE ${KEPT} AND a.chat = ?2 ORDER BY j.key`,
    )
    .bind(site, chat, JSON.stringify(files))
    .all<VisibleFile>()
  return results
}

export interface StoredFile {
  key: string
  thumbKey: string | null
  name: string
  type: string
  size: number
  /** Of the session whose link it is. */
  role: Role
}

// Who runs the site reads every chat. Their links are made where that is logged, and nowhere else.
const RUNS_SITE = `(s.role IN ('owner', 'admin') AND s.idle_until > ${NOW} AND a.chat IS NOT NULL)`

/** A file by somebody's link: null once the session, the place in the chat or the file is gone. */
export const readLinked = (db: D1Database, site: string, session: string, file: string) =>
  db
    .prepare(
      `SELECT a.key, a.thumb_key thumbKey, a.name, a.type, a.size, s.role
       FROM sessions s JOIN attachments a ON a.id = ?3 AND ${KEPT} AND (${OWN('s.user')} OR ${RUNS_SITE})
       WHERE s.id = ?2 AND s.site = ?1 AND s.revoked_at IS NULL AND s.ends_at > ${NOW}`,
    )
    .bind(site, session, file)
    .first<StoredFile>()
