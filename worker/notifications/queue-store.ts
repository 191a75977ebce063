import { NOW } from '../db/client.ts'
import type { MailKind } from './kinds.ts'

interface MailRow {
  id: string
  site: string
  kind: MailKind
  recipient: string
  email: string
  locale: string | null
  payload: Record<string, string>
  rank: 0 | 1
  lifeMs: number
}

const INSERT = `
INSERT INTO outbox (id, site, kind, recipient, email, locale, payload, state, rank, created_at, due_at, expires_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8, t.now, t.now, t.now + ?9 FROM (SELECT ${NOW} now) t WHERE true
ON CONFLICT (id) DO NOTHING`

/** A mail that is due at once; the same id again changes nothing. */
export const insertMail = (db: D1Database, mail: MailRow): D1PreparedStatement =>
  db
    .prepare(INSERT)
    .bind(
      mail.id,
      mail.site,
      mail.kind,
      mail.recipient,
      mail.email,
      mail.locale,
      JSON.stringify(mail.payload),
      mail.rank,
      mail.lifeMs,
    )

/** How an event is told: `delayMs` in which reading cancels it, and the admins who want it, as JSON. */
export interface Notify {
  delayMs: number
  lifeMs: number
  admins: string
}

const COLUMNS = 'id, site, kind, recipient, chat, email, state, rank, created_at, due_at, expires_at'
// Gathered into the mail that waits already: nothing is written anew.
const GATHER = "ON CONFLICT (chat, recipient, kind) WHERE state = 'queued' DO NOTHING"

// ?1 chat, ?2 sender, ?3 clientId, ?4 site, ?5 delay, ?6 life, ?7 admins. The clock has just moved to the message or is
// about to. A retry of the site's very last message may pass too; its mail then finds nothing to tell.
const NEW_MESSAGE = `
INSERT INTO outbox (${COLUMNS})
SELECT 'mail_' || lower(hex(randomblob(16))), ?4, 'new_message', r.recipient, m.chat, r.email, 'queued', 1, m.at, m.at + ?5, m.at + ?6
FROM messages m JOIN clock k ON k.site = ?4 AND m.changed >= k.n
JOIN (
  SELECT p.user recipient, NULL email, p.side FROM participants p JOIN users u ON u.id = p.user AND u.email IS NOT NULL
  WHERE p.chat = ?1 AND p.left_n IS NULL
  UNION ALL SELECT value, value, 'admin' FROM json_each(?7)
) r ON r.side <> m.side
WHERE m.chat = ?1 AND m.sender = ?2 AND m.client_id = ?3
${GATHER}`

/** For the batch of a message, after it: a mail for everybody on the other side, and for the admins who want one. */
export const insertNewMessage = (
  db: D1Database,
  key: { chat: string; sender: string; clientId: string; site: string },
  { delayMs, lifeMs, admins }: Notify,
) => db.prepare(NEW_MESSAGE).bind(key.chat, key.sender, key.clientId, key.site, delayMs, lifeMs, admins)

/**
 * A mail about each of these new chats (`ids`: SQL of them, one column `id`) for its sellers, and for the admins who
 * want one; the others are names of the statement's values.
 */
export const chatCreatedSql = (
  ids: string,
  value: { site: string; delayMs: string; lifeMs: string; admins: string },
) => `
INSERT INTO outbox (${COLUMNS})
SELECT 'mail_' || lower(hex(randomblob(16))), ${value.site}, 'chat_created', r.recipient, c.id, r.email, 'queued', 1,
  c.started_at, c.started_at + ${value.delayMs}, c.started_at + ${value.lifeMs}
FROM (
  SELECT j.id chat, p.user recipient, NULL email FROM (${ids}) j
  JOIN participants p ON p.chat = j.id AND p.side = 'seller' AND p.left_n IS NULL
  JOIN users u ON u.id = p.user AND u.email IS NOT NULL
  UNION ALL SELECT j.id, a.value, a.value FROM (${ids}) j, json_each(${value.admins}) a
) r JOIN chats c ON c.id = r.chat AND c.site = ${value.site} WHERE true
${GATHER}`

const CHAT_CREATED = chatCreatedSql('SELECT id FROM chats WHERE id = ?1', {
  site: '?2',
  delayMs: '?3',
  lifeMs: '?4',
  admins: '?5',
})

/** For the batch of a new chat, after its people; the id of a chat that was not made does no harm. */
export const insertChatCreated = (db: D1Database, site: string, chat: string, { delayMs, lifeMs, admins }: Notify) =>
  db.prepare(CHAT_CREATED).bind(chat, site, delayMs, lifeMs, admins)
