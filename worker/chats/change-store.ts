import type { Side } from '../../protocol/chats.ts'
import type { ChatId, SessionId, SiteId, UserId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import { RECIPIENTS, type Recipient } from '../db/recipients.ts'

/** Who changes which chat, under which session. */
export interface InChat {
  site: SiteId
  chat: ChatId
  user: UserId
  session: SessionId
}
export interface Changed {
  ok: true
  /** False where everything was as asked for already. */
  written: boolean
  /** The change number of this write. */
  n: number
  recipients: Recipient[]
  /** The actor's own row, after the write. */
  me: { side: Side; readSeq: number; unread: number }
}
export type ChangeResult = Changed | { ok: false; code: 'not_found' | 'session_ended' | 'blocked' }

// ?1 chat, ?2 site, ?3 user, ?4 session; a change's own values follow from ?5.
const ME = `EXISTS (SELECT 1 FROM participants p JOIN sessions s ON s.id = ?4 AND s.user = p.user AND s.revoked_at IS NULL
  WHERE p.user = ?3 AND p.chat = ?1 AND p.left_n IS NULL)`
/** True once this batch has stamped the participants; the clock moves last. */
const FRESH = `EXISTS (SELECT 1 FROM participants p JOIN clock k ON k.site = ?2 WHERE p.user = ?3 AND p.chat = ?1 AND p.changed = k.n + 1)`
const TICK = `UPDATE clock SET n = n + 1 WHERE site = ?2 AND ${FRESH}`
const SESSION = 'EXISTS (SELECT 1 FROM sessions s WHERE s.id = ?4 AND s.user = ?3 AND s.revoked_at IS NULL)'
/** The chat's customer; a guest who signed in since is the user they became. */
const CUSTOMER = '(SELECT coalesce(u.merged_into, u.id) FROM chats c JOIN users u ON u.id = c.customer WHERE c.id = ?1)'
const BLOCKED = `EXISTS (SELECT 1 FROM blocks b JOIN chats c ON c.id = ?1 AND b.site = c.site
  WHERE b.user = ?3 AND b.seller IN (c.seller, '*'))`
const MINE = `
SELECT p.side, p.read_seq, p.unread, k.n, ${SESSION} live, ${BLOCKED} blocked
FROM participants p JOIN clock k ON k.site = ?2
WHERE p.user = ?3 AND p.chat = ?1 AND p.left_n IS NULL`

interface MineRow {
  side: Side
  read_seq: number
  unread: number
  n: number
  live: number
  blocked: number
}
interface Change {
  /** The change is made where this holds; `?5` and on are `values`. */
  needed: string
  effects: string[]
  values?: unknown[]
  /** A blocked customer may not make it. */
  unlessBlocked?: boolean
}

/**
 * One change to a chat that its participants must hear of: where `needed` holds, stamps them all with the next
 * change number and runs `effects`; one batch.
 */
async function change(
  db: D1Database,
  by: InChat,
  { needed, effects, values = [], unlessBlocked }: Change,
): Promise<ChangeResult> {
  const stamp = `UPDATE participants SET changed = (SELECT n + 1 FROM clock WHERE site = ?2)
    WHERE chat = ?1 AND left_n IS NULL AND ${ME} AND ${needed} ${unlessBlocked ? `AND NOT ${BLOCKED}` : ''}`
  const statements = [RECIPIENTS, stamp, ...effects.map((sql) => `${sql} AND ${FRESH}`), TICK, MINE]
  const results = await db.batch(numbered(db, statements, [by.chat, by.site, by.user, by.session, ...values]))
  const [mine] = rowsOf<MineRow>(results.at(-1))
  if (!mine) return { ok: false, code: 'not_found' }
  if (!mine.live) return { ok: false, code: 'session_ended' }
  if (mine.blocked && unlessBlocked) return { ok: false, code: 'blocked' }
  return {
    ok: true,
    written: (results[1]?.meta.changes ?? 0) > 0,
    n: mine.n,
    recipients: rowsOf<Recipient>(results[0]),
    me: { side: mine.side, readSeq: mine.read_seq, unread: mine.unread },
  }
}

/** Read marks only move forward, and never past the last message. The system writes for the seller's side. */
export function saveReadMark(db: D1Database, by: InChat, seq: number) {
  const upTo = 'min(?5, (SELECT last_seq FROM chats WHERE id = ?1))'
  const unread = `SELECT count(*) FROM messages m
    WHERE m.chat = ?1 AND m.seq > ${upTo} AND (m.side = 'customer') = (participants.side = 'seller') AND m.erased IS NOT 2`
  return change(db, by, {
    needed: `(SELECT read_seq FROM participants WHERE user = ?3 AND chat = ?1) < ${upTo}`,
    effects: [`UPDATE participants SET read_seq = ${upTo}, unread = (${unread}) WHERE user = ?3 AND chat = ?1`],
    values: [seq],
  })
}

export function saveState(db: D1Database, by: InChat, state: 'open' | 'closed') {
  return change(db, by, {
    needed: `EXISTS (SELECT 1 FROM chats WHERE id = ?1 AND site = ?2 AND state <> ?5 AND state <> 'read_only')`,
    effects: ['UPDATE chats SET state = ?5 WHERE id = ?1'],
    values: [state],
    unlessBlocked: true,
  })
}

/** Blocks the chat's customer at its desk, or lifts the block; desk members only. */
export function saveBlock(db: D1Database, by: InChat, blocked: boolean) {
  const there = `EXISTS (SELECT 1 FROM blocks b JOIN chats c ON c.id = ?1
    WHERE b.site = ?2 AND b.user = ${CUSTOMER} AND b.seller = c.seller)`
  const add = `INSERT INTO blocks (site, seller, user, by, created_at)
    SELECT c.site, c.seller, ${CUSTOMER}, ?3, ${NOW} FROM chats c WHERE c.id = ?1`
  const lift = `DELETE FROM blocks WHERE site = ?2 AND user = ${CUSTOMER} AND seller = (SELECT seller FROM chats WHERE id = ?1)`
  return change(db, by, { needed: blocked ? `NOT ${there}` : there, effects: [blocked ? add : lift] })
}

/** Everybody in a chat. */
export async function participantsOf(db: D1Database, chat: string): Promise<Recipient[]> {
  const { results } = await db.prepare(RECIPIENTS).bind(chat).all<Recipient>()
  return results
}
