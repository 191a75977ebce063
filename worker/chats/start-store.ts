import type { ChatId, SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { NOW, rowOf } from '../db/client.ts'
import type { Limit } from '../messages/store.ts'
import { type Notify, queueChatCreated } from '../notifications/queue-mail.ts'

export interface NewChatRow {
  id: ChatId
  site: SiteId
  customer: UserId
  session: SessionId
  seller: string
  context: string
  thing: string
  claim: string | null
  limit: Limit | null
  /** How its sellers hear of it by mail; null: not. */
  notify: Notify | null
}
export type Created =
  | { chat: ChatId; fresh: boolean }
  | { chat: null; sessionEnded: boolean; blocked: boolean; ownDesk: boolean; waitMs: number | null }

const BLOCKED = "EXISTS (SELECT 1 FROM blocks b WHERE b.site = ?2 AND b.user = ?3 AND b.seller IN (?4, '*'))"
const OWN_DESK = 'EXISTS (SELECT 1 FROM seller_members d WHERE d.site = ?2 AND d.seller = ?4 AND d.user = ?3)'
const SESSION = 'EXISTS (SELECT 1 FROM sessions s WHERE s.id = ?5 AND s.user = ?3 AND s.revoked_at IS NULL)'
const SAME = 'FROM chats WHERE site = ?2 AND customer = ?3 AND context = ?6 AND thing = ?7 AND seller = ?4'

// The started chats are the sliding log of the limit, as the messages are of theirs.
const INSERT = `
INSERT INTO chats (id, site, customer, seller, context, thing, claim, state, last_seq, last_at, started_by, started_at)
SELECT ?1, ?2, ?3, ?4, ?6, ?7, ?8, 'open', 0, t.now, ?3, t.now
FROM (SELECT ${NOW} now) t
WHERE ${SESSION} AND NOT ${BLOCKED} AND NOT ${OWN_DESK} AND NOT EXISTS (SELECT 1 ${SAME})
AND (?9 IS NULL OR (SELECT count(*) FROM (SELECT 1 FROM chats WHERE started_by = ?3 AND started_at > t.now - ?10 LIMIT ?9)) < ?9)`

const JOIN = `
INSERT INTO participants (user, chat, side, joined_n, read_seq, unread, changed)
SELECT who.user, ?1, who.side, k.n + 1, 0, 0, k.n + 1
FROM clock k
JOIN (SELECT ?3 user, 'customer' side UNION ALL SELECT user, 'seller' FROM seller_members WHERE site = ?2 AND seller = ?4) who
WHERE k.site = ?2 AND EXISTS (SELECT 1 FROM chats WHERE id = ?1)`

const TICK = `UPDATE clock SET n = n + 1 WHERE site = ?2 AND EXISTS (SELECT 1 FROM chats WHERE id = ?1)`

const REASON = `
SELECT (SELECT id ${SAME}) chat, NOT ${SESSION} session_ended, ${BLOCKED} blocked, ${OWN_DESK} own_desk,
  (SELECT started_at + ?10 - t.now FROM chats WHERE started_by = ?3 AND started_at > t.now - ?10
   ORDER BY started_at DESC LIMIT 1 OFFSET coalesce(?9, 1) - 1) wait
FROM (SELECT ${NOW} now) t WHERE ?1 = ?1 AND (?8 IS NULL OR 1)`

interface ReasonRow {
  chat: ChatId | null
  session_ended: number
  blocked: number
  own_desk: number
  wait: number | null
}

/** Makes the chat of (customer, thing, seller), or finds it, or says why not; one batch decides. */
export async function createChat(db: D1Database, row: NewChatRow): Promise<Created> {
  const key = [row.id, row.site, row.customer, row.seller] as const
  const all = [
    ...key,
    row.session,
    row.context,
    row.thing,
    row.claim,
    row.limit?.most ?? null,
    row.limit?.windowMs ?? null,
  ]
  const results = await db.batch([
    db.prepare(INSERT).bind(...all),
    db.prepare(JOIN).bind(...key),
    db.prepare(TICK).bind(row.id, row.site),
    db.prepare(REASON).bind(...all),
    ...(row.notify ? [queueChatCreated(db, row.site, row.id, row.notify)] : []),
  ])
  const reason = rowOf<ReasonRow>(results[3])
  if (reason.chat && !reason.session_ended) return { chat: reason.chat, fresh: reason.chat === row.id }
  return {
    chat: null,
    sessionEnded: reason.session_ended === 1,
    blocked: reason.blocked === 1,
    ownDesk: reason.own_desk === 1,
    waitMs: reason.wait,
  }
}
