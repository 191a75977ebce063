import type { Message } from '../../protocol/chats.ts'
import type { ChatId, FileId, SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { ATTACHED, readAttached } from '../db/attached.ts'
import { NOW, rowOf, rowsOf } from '../db/client.ts'
import { RECIPIENTS, type Recipient } from '../db/recipients.ts'
import { type Notify, queueNewMessage } from '../notifications/queue-mail.ts'

/** At most `most` fresh messages in any `windowMs`; null switches the limit off. */
export interface Limit {
  readonly most: number
  readonly windowMs: number
}
export interface NewMessageRow {
  site: SiteId
  chat: ChatId
  sender: UserId
  session: SessionId
  clientId: string
  body: string
  /** Uploads of the sender's that it carries. */
  attachments: readonly FileId[]
  userLimit: Limit | null
  burstLimit: Limit | null
  /** How the others hear of it by mail; null: not. */
  notify: Notify | null
}
export interface Inserted {
  /** False for a `clientId` that was here before. */
  fresh: boolean
  message: MessageRow
  recipients: Recipient[]
  /** A mail now waits that did not before. */
  mails: boolean
}
/** Why nothing was written; the waits are null unless that limit is full. */
export interface NotInserted {
  participant: boolean
  sessionEnded: boolean
  blocked: boolean
  state: 'open' | 'closed' | 'read_only' | null
  /** A file is not the sender's, was sent before, or is gone. */
  filesMissing: boolean
  userWaitMs: number | null
  burstWaitMs: number | null
}

export interface MessageRow {
  chat: ChatId
  seq: number
  client_id: string
  side: Message['side']
  sender: UserId
  name: string | null
  body: string
  at: number
  changed: number
  /** 1: a placeholder; 2: nothing, and never shown; 3: a system line made anew. */
  erased?: number | null
  /** JSON. */
  attached: string | null
}

export const toMessage = (row: MessageRow): Message => ({
  chat: row.chat,
  seq: row.seq,
  clientId: row.client_id,
  side: row.erased ? 'system' : row.side,
  author: row.sender,
  name: row.name,
  body: row.body,
  at: row.at,
  ...readAttached(row.attached),
  ...(row.erased === 1 ? { erased: true } : {}),
})

/** Columns of a `MessageRow`; a guest who signed in since is shown as the user they became. */
const MESSAGE = `m.chat, m.seq, m.client_id, m.side, coalesce(u.merged_into, m.sender) sender, v.name, m.body, m.at, m.changed,
  m.erased, ${ATTACHED} attached`
const AUTHOR = 'JOIN users u ON u.id = m.sender JOIN users v ON v.id = coalesce(u.merged_into, u.id)'

// The message log is the sliding log of both limits: never more than L in any window, a retry or a refusal costs nothing.
const UNDER_LIMIT = (extra: string, most: string, windowMs: string) =>
  `(${most} IS NULL OR NOT EXISTS (SELECT 1 FROM messages
     WHERE sender = ?2 AND at > t.now - ${windowMs} ${extra} LIMIT 1 OFFSET ${most} - 1))`

// A guest who signed in since goes on sending under the same clientIds.
const SELF = '(SELECT ?2 UNION ALL SELECT id FROM users WHERE merged_into = ?2)'

/** How many of the files of a message (JSON) are the sender's, there, and in no message yet. */
const SENDABLE = (files: string, site: string) => `(SELECT count(*) FROM json_each(${files}) j JOIN attachments a
  ON a.id = j.value AND a.site = ${site} AND a.user IN ${SELF} AND a.chat IS NULL AND a.stored_at IS NOT NULL AND a.removed_at IS NULL)`

// D1 compiles a statement anew at every call: what only files need is in the one for files alone.
const insertSql = (files: string) => `
INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed, attachments)
SELECT c.id, c.last_seq + 1, ?2, p.side, ?3, ?4, max(t.now, c.last_at), k.n + 1, coalesce(json_array_length(?11), 0)
FROM (SELECT ${NOW} now) t
JOIN chats c ON c.id = ?1 AND c.site = ?10 AND c.state = 'open'
JOIN clock k ON k.site = c.site
JOIN participants p ON p.user = ?2 AND p.chat = c.id AND p.left_n IS NULL
JOIN sessions s ON s.id = ?9 AND s.user = ?2 AND s.revoked_at IS NULL
WHERE NOT EXISTS (SELECT 1 FROM messages WHERE chat = ?1 AND sender IN ${SELF} AND client_id = ?3)
AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = ?2 AND b.seller IN (c.seller, '*'))
${files}
AND ${UNDER_LIMIT('', '?5', '?6')}
AND ${UNDER_LIMIT('AND chat = ?1', '?7', '?8')}
RETURNING chat, seq, client_id, side, sender, (SELECT name FROM users WHERE id = sender) name, body, at, changed,
  NULL attached`
const INSERT = insertSql('AND ?11 IS NULL')
const INSERT_WITH_FILES = insertSql(`AND ${SENDABLE('?11', '?10')} = json_array_length(?11)`)

// A message has all of its files or none: one that is to have some and has none yet was written in this very batch.
const UNCLAIMED = `(SELECT seq FROM messages m WHERE chat = ?1 AND sender = ?2 AND client_id = ?3
  AND attachments = json_array_length(?4) AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.chat = m.chat AND a.seq = m.seq))`

/** The files go with the message, in the order that they were named in; `?4` is their ids, JSON. */
const CLAIM = `
UPDATE attachments SET chat = ?1, seq = ${UNCLAIMED}, position = (SELECT key FROM json_each(?4) WHERE value = attachments.id)
WHERE id IN (SELECT value FROM json_each(?4)) AND ${UNCLAIMED} IS NOT NULL`
const CLAIMED = `SELECT ${ATTACHED} attached FROM messages m WHERE chat = ?1 AND sender = ?2 AND client_id = ?3`

const ROW = `SELECT ${MESSAGE} FROM messages m ${AUTHOR} WHERE m.chat = ?1 AND m.sender IN ${SELF} AND m.client_id = ?3`

const WAIT = (extra: string, most: string, windowMs: string) =>
  `(SELECT at + ${windowMs} - t.now FROM messages WHERE sender = ?2 AND at > t.now - ${windowMs} ${extra}
    ORDER BY at DESC LIMIT 1 OFFSET coalesce(${most}, 1) - 1)`

const REASON = `
SELECT c.state, p.user IS NOT NULL participant, s.id IS NULL session_ended,
  EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = ?2 AND b.seller IN (c.seller, '*')) blocked,
  ?9 IS NOT NULL AND ${SENDABLE('?9', '?8')} < json_array_length(?9) files_missing,
  ${WAIT('', '?3', '?4')} user_wait, ${WAIT('AND chat = ?1', '?5', '?6')} burst_wait
FROM (SELECT ${NOW} now) t
LEFT JOIN chats c ON c.id = ?1 AND c.site = ?8
LEFT JOIN participants p ON p.user = ?2 AND p.chat = c.id AND p.left_n IS NULL
LEFT JOIN sessions s ON s.id = ?7 AND s.user = ?2 AND s.revoked_at IS NULL`

interface ReasonRow {
  state: NotInserted['state']
  participant: number
  session_ended: number
  blocked: number
  files_missing: number
  user_wait: number | null
  burst_wait: number | null
}

/**
 * Writes one message, or finds the one with the same `clientId`, or says why not: one D1 batch decides it all, so
 * parallel attempts cannot pass a limit together and a crash leaves all of it or nothing. What follows from a message
 * (its chat's end, unread counts, the site's clock) the trigger `messages_of_people` writes with it. Why nothing was
 * written is asked afterwards, since it decides nothing.
 */
export async function insertMessage(db: D1Database, row: NewMessageRow): Promise<Inserted | NotInserted> {
  const { userLimit: user, burstLimit: burst } = row
  const key = [row.chat, row.sender, row.clientId] as const
  const limits = [user?.most ?? null, user?.windowMs ?? null, burst?.most ?? null, burst?.windowMs ?? null] as const
  const files = row.attachments.length > 0 ? JSON.stringify(row.attachments) : null
  const mail = row.notify ? [queueNewMessage(db, row, row.notify)] : []
  const claim = files === null ? [] : [db.prepare(CLAIM).bind(...key, files), db.prepare(CLAIMED).bind(...key)]
  const [known, inserted, ...more] = await db.batch([
    db.prepare(RECIPIENTS).bind(row.chat),
    db
      .prepare(files === null ? INSERT : INSERT_WITH_FILES)
      .bind(...key, row.body, ...limits, row.session, row.site, files),
    ...mail,
    ...claim,
  ])
  const [fresh] = rowsOf<MessageRow>(inserted)
  if (fresh) {
    const mails = mail.length > 0 && (more[0]?.meta.changes ?? 0) > 0
    const [claimed] = claim.length > 0 ? rowsOf<Pick<MessageRow, 'attached'>>(more.at(-1)) : []
    return { fresh: true, message: { ...fresh, ...claimed }, recipients: rowsOf<Recipient>(known), mails }
  }
  const [recipients, found, why] = await db.batch([
    db.prepare(RECIPIENTS).bind(row.chat),
    db.prepare(ROW).bind(...key),
    db.prepare(REASON).bind(row.chat, row.sender, ...limits, row.session, row.site, files),
  ])
  const reason = rowOf<ReasonRow>(why)
  const [message] = rowsOf<MessageRow>(found)
  if (message && reason.participant && !reason.session_ended)
    return { fresh: false, message, recipients: rowsOf<Recipient>(recipients), mails: false }
  return {
    participant: reason.participant === 1,
    sessionEnded: reason.session_ended === 1,
    blocked: reason.blocked === 1,
    state: reason.state,
    filesMissing: reason.files_missing === 1,
    userWaitMs: reason.user_wait,
    burstWaitMs: reason.burst_wait,
  }
}

interface Page {
  before?: number | undefined
  after?: number | undefined
  limit: number
}

/** One page of a chat's log in rising `seq`, and whether the chat is this user's. */
export async function readMessages(db: D1Database, chat: ChatId, user: UserId, { before, after, limit }: Page) {
  const [where, order, from] =
    after === undefined ? ['m.seq < ?2', 'DESC', before ?? Number.MAX_SAFE_INTEGER] : ['m.seq > ?2', 'ASC', after]
  const sql = `SELECT ${MESSAGE} FROM messages m ${AUTHOR}
    WHERE m.chat = ?1 AND ${where} AND m.erased IS NOT 2 ORDER BY m.seq ${order} LIMIT ?3`
  const [mine, rows] = await db.batch([
    db.prepare('SELECT 1 FROM participants WHERE user = ?1 AND chat = ?2 AND left_n IS NULL').bind(user, chat),
    db.prepare(sql).bind(chat, from, limit + 1),
  ])
  const page = rowsOf<MessageRow>(rows)
  const messages = page.slice(0, limit).map(toMessage)
  if (order === 'DESC') messages.reverse()
  return { isMine: mine?.results.length === 1, messages, more: page.length > limit }
}
