import type { Chat, ChatFilter, ContextType, Side, Sync, Thing } from '../../protocol/chats.ts'
import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import { ATTACHED, readAttached } from '../db/attached.ts'
import { rowOf, rowsOf } from '../db/client.ts'

interface ChatRow {
  id: ChatId
  context: ContextType
  thing: string
  claim: string | null
  state: Chat['state']
  last_seq: number
  last_at: number
  side: Side
  unread: number
  read_seq: number
  peer_read: number | null
  changed: number
  /** Who has heard less has to load the chat anew: they joined since, or something in it was erased. */
  reset_n: number
  left_n: number | null
  customer: UserId
  customer_name: string | null
  blocked: number
  seller: string
  seller_name: string | null
  seller_picture: string | null
  title: string | null
  url: string | null
  picture: string | null
  price: string | null
  status: string | null
  last_side: 'customer' | 'seller' | 'system' | null
  last_author: UserId | null
  last_name: string | null
  last_body: string | null
  last_attached: string | null
}

/** A list shows one line of it. */
const PREVIEW_CHARS = 140

// ?1 user, ?2 site. A guest who signed in since is shown as the user they became. A read-only chat shows its order as
// it was: the order may be somebody else's by now.
const VIEW = `
SELECT c.id, c.context, c.thing, c.claim, c.state, c.last_seq, c.last_at,
  p.side, p.unread, p.read_seq, p.changed, max(p.joined_n, coalesce(c.erased_n, 0)) reset_n, p.left_n,
  (SELECT max(q.read_seq) FROM participants q WHERE q.chat = c.id AND q.side <> p.side) peer_read,
  v.id customer, v.name customer_name,
  EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = v.id AND b.seller IN (c.seller, '*')) blocked,
  c.seller, s.name seller_name, s.picture seller_picture, coalesce(pr.title, op.title, po.title) title,
  coalesce(pr.url, op.url, po.url) url, coalesce(pr.picture, po.picture) picture, coalesce(pr.price, op.price) price, op.status,
  iif(m.erased, 'system', m.side) last_side, mv.id last_author, mv.name last_name, substr(m.body, 1, ${PREVIEW_CHARS}) last_body,
  ${ATTACHED} last_attached
FROM participants p
JOIN chats c ON c.id = p.chat AND c.site = ?2
JOIN users u ON u.id = c.customer JOIN users v ON v.id = coalesce(u.merged_into, u.id)
LEFT JOIN sellers s ON s.site = c.site AND s.id = c.seller
LEFT JOIN products pr ON c.context = 'product' AND pr.site = c.site AND pr.id = c.thing
LEFT JOIN order_parts op ON c.context = 'order' AND op.site = c.site AND op.order_id = c.thing AND op.seller = c.seller
  AND c.state <> 'read_only'
LEFT JOIN posts po ON c.context = 'post' AND po.site = c.site AND po.id = c.thing
LEFT JOIN messages m ON m.chat = c.id AND m.seq = c.last_seq AND m.erased IS NOT 2
LEFT JOIN users mu ON mu.id = m.sender LEFT JOIN users mv ON mv.id = coalesce(mu.merged_into, mu.id)`

/** What a row says about the thing, before what the page claimed. */
export type ThingRow = Pick<ChatRow, 'context' | 'thing' | 'claim' | 'title' | 'url' | 'picture' | 'price' | 'status'>

export function toThing(row: ThingRow): Thing {
  const claim: Record<string, string | undefined> = row.claim ? JSON.parse(row.claim) : {}
  const known = row.title !== null
  const shown = known ? { ...claim, ...row } : claim
  return {
    type: row.context,
    id: row.thing,
    title: shown.title ?? null,
    picture: shown.picture ?? null,
    url: shown.url ?? null,
    price: shown.price ?? null,
    ...(row.status === null ? {} : { status: row.status }),
    known,
  }
}

function toChat(row: ChatRow): Chat {
  return {
    id: row.id,
    thing: toThing(row),
    side: row.side,
    state: row.state,
    customer: { id: row.customer, name: row.customer_name, blocked: row.blocked === 1 },
    seller: { id: row.seller, name: row.seller_name ?? row.seller, picture: row.seller_picture },
    lastSeq: row.last_seq,
    lastAt: row.last_at,
    last: lastOf(row),
    unread: row.unread,
    readSeq: row.read_seq,
    peerReadSeq: row.peer_read ?? 0,
    changed: row.changed,
  }
}

function lastOf(row: ChatRow): Chat['last'] {
  if (row.last_side === null || row.last_author === null || row.last_body === null) return null
  return {
    seq: row.last_seq,
    side: row.last_side,
    author: row.last_author,
    name: row.last_name,
    body: row.last_body,
    ...readAttached(row.last_attached),
  }
}

/** The chat as this participant sees it; null when it is not theirs. */
export async function readChat(db: D1Database, site: SiteId, user: UserId, chat: ChatId): Promise<Chat | null> {
  const row = await db
    .prepare(`${VIEW} WHERE p.user = ?1 AND p.chat = ?3 AND p.left_n IS NULL`)
    .bind(user, site, chat)
    .first<ChatRow>()
  return row && toChat(row)
}

interface ListQuery {
  filter: ChatFilter
  about?: { type: string; id: string } | undefined
  before?: { lastAt: number; chat: string } | undefined
  limit: number
}

// An empty chat is one that its customer opened and has not written in yet: nothing for a seller to see.
const LISTED = "p.user = ?1 AND p.left_n IS NULL AND (p.side = 'customer' OR c.last_seq > 0)"

// The page's ids come first: the view of every chat of a large desk would be read for fifty rows. `CROSS JOIN` keeps
// SQLite from turning the order around.
const PAGE = `
WITH page AS MATERIALIZED (
  SELECT c.id FROM participants p JOIN chats c ON c.id = p.chat AND c.site = ?2
  WHERE ${LISTED}
  AND (?3 = 'all' OR (?3 = 'unread' AND p.unread > 0) OR c.context = ?3)
  AND (?4 IS NULL OR (c.context = ?4 AND c.thing = ?5))
  AND (?6 IS NULL OR (c.last_at, c.id) < (?6, ?7))
  ORDER BY c.last_at DESC, c.id DESC LIMIT ?8)
${VIEW.replace('FROM participants p', 'FROM page CROSS JOIN participants p ON p.user = ?1 AND p.chat = page.id')}
ORDER BY c.last_at DESC, c.id DESC`

/** Chats of a user, newest first, and how many have unread messages over all. */
export async function listChats(db: D1Database, site: SiteId, user: UserId, query: ListQuery) {
  const { filter, about, before, limit } = query
  const place = [about?.type ?? null, about?.id ?? null, before?.lastAt ?? null, before?.chat ?? null]
  const [rows, unread] = await db.batch([
    db.prepare(PAGE).bind(user, site, filter, ...place, limit),
    db.prepare('SELECT count(*) n FROM participants WHERE user = ? AND left_n IS NULL AND unread > 0').bind(user),
  ])
  return {
    chats: rowsOf<ChatRow>(rows).map(toChat),
    unreadChats: rowOf<{ n: number }>(unread).n,
  }
}

/** A cursor's number and the last chat seen at it. */
interface Position {
  n: number
  chat: string
}
export interface Changes {
  epoch: string
  n: number
  chats: Sync['chats']
  left: ChatId[]
  /** Where the page ends, if it is full. */
  last: Position | null
}

const isResetAfter = (row: ChatRow, since: Position) =>
  row.reset_n > since.n || (row.reset_n === since.n && row.id > since.chat)

/** What changed for a user after a position, with the site's clock, in one batch: two queries would tear. */
export async function readChanges(
  db: D1Database,
  site: SiteId,
  user: UserId,
  since: Position,
  limit: number,
): Promise<Changes> {
  const [clock, rows] = await db.batch([
    db.prepare('SELECT epoch, n FROM clock WHERE site = ?').bind(site),
    db
      .prepare(`${VIEW} WHERE p.user = ?1 AND (p.changed, p.chat) > (?3, ?4) ORDER BY p.changed, p.chat LIMIT ?5`)
      .bind(user, site, since.n, since.chat, limit),
  ])
  const { epoch, n } = rowOf<{ epoch: string; n: number }>(clock)
  const page = rowsOf<ChatRow>(rows)
  const last = page.at(-1)
  return {
    epoch,
    n,
    chats: page
      .filter((row) => row.left_n === null && (row.side === 'customer' || row.last_seq > 0))
      .map((row) => ({ ...toChat(row), reset: isResetAfter(row, since) })),
    left: page.filter((row) => row.left_n !== null).map((row) => row.id),
    last: last && page.length === limit ? { n: last.changed, chat: last.id } : null,
  }
}
