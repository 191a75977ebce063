import type { Attachment } from '../../protocol/attachments.ts'

// What several features read and write of files, each in statements of its own.

/** Columns of an attachment `a` as one JSON. */
const ATTACHMENT = `json_object('id', a.id, 'name', a.name, 'kind', a.kind, 'type', a.type, 'size', a.size,
  'width', a.width, 'height', a.height, 'thumbnail', a.thumb_key IS NOT NULL, 'removed', a.removed_at IS NOT NULL)`

/**
 * The files of a message `m` as JSON, in its order; null, and nothing read, where it has none. Where its words were erased
 * nothing tells of files that were, too.
 */
export const ATTACHED = `iif(m.attachments > 0, (SELECT json_group_array(json(of)) FROM (
  SELECT ${ATTACHMENT} of FROM attachments a WHERE a.chat = m.chat AND a.seq = m.seq
  AND (m.erased IS NULL OR a.removed_at IS NULL) ORDER BY a.position)), NULL)`

/** The words of a message `m` with the names of its files below them, for where only text can be shown. */
export const WORDS_AND_FILES = `iif(m.attachments > 0, trim(m.body || coalesce((
  SELECT char(10) || group_concat('📎 ' || a.name, char(10)) FROM attachments a
  WHERE a.chat = m.chat AND a.seq = m.seq AND a.removed_at IS NULL), ''), char(10)), m.body)`

/** One attachment `a`, as JSON in a column. */
export const ONE_ATTACHMENT = `${ATTACHMENT} attachment`

type Stored = Omit<Attachment, 'thumbnail' | 'removed'> & { thumbnail: number; removed: number }

function toAttachment({ thumbnail, removed, ...file }: Stored): Attachment {
  return removed ? { ...file, name: '', thumbnail: false, removed: true } : { ...file, thumbnail: thumbnail === 1 }
}

export const readAttachment = (json: string): Attachment => toAttachment(JSON.parse(json))

/** The field of a message that `ATTACHED` is for. */
export function readAttached(json: string | null): { attachments?: Attachment[] } {
  if (json === null) return {}
  const files: Stored[] = JSON.parse(json)
  return files.length === 0 ? {} : { attachments: files.map(toAttachment) }
}
