import type { Attachment, FileKind } from '../../protocol/attachments.ts'
import type { FileId, SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { ONE_ATTACHMENT, readAttachment } from '../db/attached.ts'
import { NOW, rowOf, rowsOf } from '../db/client.ts'
import { SELF } from './self.ts'

export interface NewFileRow {
  id: FileId
  site: SiteId
  user: UserId
  /** Null for what comes by another way than the API. */
  session: SessionId | null
  key: string
  thumbKey: string | null
  name: string
  kind: FileKind
  type: string
  size: number
  width: number | null
  height: number | null
  limit: UploadLimit
}
/** What one person may upload in `windowMs`. */
export interface UploadLimit {
  files: number
  bytes: number
  windowMs: number
}
/** Why no upload may begin; the wait is null unless a limit is full. */
export interface NotReserved {
  sessionEnded: boolean
  blocked: boolean
  waitMs: number | null
}

const LIVE =
  '(?4 IS NULL OR EXISTS (SELECT 1 FROM sessions s WHERE s.id = ?4 AND s.user = ?3 AND s.revoked_at IS NULL))'
const BLOCKED = "EXISTS (SELECT 1 FROM blocks b WHERE b.site = ?2 AND b.user = ?3 AND b.seller = '*')"
const RECENT = 'FROM attachments WHERE user = ?3 AND created_at > t.now - ?7'

// The uploads are the sliding log of their limit; one that was taken back stays in it.
const RESERVE = `
INSERT INTO attachments (id, site, user, size, key, thumb_key, name, kind, type, width, height, created_at)
SELECT ?1, ?2, ?3, ?5, ?9, ?10, ?11, ?12, ?13, ?14, ?15, t.now FROM (SELECT ${NOW} now) t
WHERE ${LIVE} AND NOT ${BLOCKED}
AND (SELECT count(*) ${RECENT}) < ?6 AND (SELECT coalesce(sum(size), 0) ${RECENT}) + ?5 <= ?8`

const REASON = `
SELECT NOT ${LIVE} session_ended, ${BLOCKED} blocked, ?1 id, ?5 size, ?6 files, ?8 bytes,
  (SELECT min(created_at) + ?7 - t.now ${RECENT}) wait FROM (SELECT ${NOW} now) t`

/** Makes room for one file before its bytes are stored; one batch decides. Null: go on. */
export async function reserveFile(db: D1Database, row: NewFileRow): Promise<NotReserved | null> {
  const { limit } = row
  const asked = [row.id, row.site, row.user, row.session, row.size, limit.files, limit.windowMs, limit.bytes]
  const told = [row.key, row.thumbKey, row.name, row.kind, row.type, row.width, row.height]
  const [reserved, reason] = await db.batch([
    db.prepare(RESERVE).bind(...asked, ...told),
    db.prepare(REASON).bind(...asked),
  ])
  if (reserved?.meta.changes === 1) return null
  const no = rowOf<{ session_ended: number; blocked: number; wait: number | null }>(reason)
  return { sessionEnded: no.session_ended === 1, blocked: no.blocked === 1, waitMs: no.wait }
}

/** The bytes are there: from now on it can be sent. Null where it was taken back meanwhile. */
export async function markStored(db: D1Database, file: FileId): Promise<Attachment | null> {
  const [, stored] = await db.batch([
    db.prepare(`UPDATE attachments SET stored_at = ${NOW} WHERE id = ?1`).bind(file),
    db.prepare(`SELECT ${ONE_ATTACHMENT} FROM attachments a WHERE a.id = ?1 AND a.removed_at IS NULL`).bind(file),
  ])
  const [row] = rowsOf<{ attachment: string }>(stored)
  return row ? readAttachment(row.attachment) : null
}

/** Takes one upload of this person back, unless it was sent; false where it is not theirs to take. */
export async function takeBack(db: D1Database, site: SiteId, user: UserId, file: FileId): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE attachments SET removed_at = coalesce(removed_at, ${NOW})
       WHERE id = ?1 AND site = ?2 AND chat IS NULL AND user IN ${SELF('?3')}`,
    )
    .bind(file, site, user)
    .run()
  return meta.changes === 1
}

/** Which of these uploads a message with this `clientId` may carry: theirs and unsent, or sent in that very message. */
export async function sendableFiles(
  db: D1Database,
  site: SiteId,
  { user, clientId, files }: { user: UserId; clientId: string; files: readonly FileId[] },
): Promise<number> {
  const found = await db
    .prepare(
      `SELECT count(*) n FROM json_each(?4) j JOIN attachments a ON a.id = j.value AND a.site = ?1
       LEFT JOIN messages m ON m.chat = a.chat AND m.seq = a.seq
       WHERE a.user IN ${SELF('?2')}
       AND a.removed_at IS NULL AND a.stored_at IS NOT NULL AND (a.chat IS NULL OR m.client_id = ?3)`,
    )
    .bind(site, user, clientId, JSON.stringify(files))
    .first<number>('n')
  return found ?? 0
}
