import type { SiteChat } from '../../protocol/admin/chats.ts'
import type { ChatId, UserId } from '../../protocol/ids.ts'
import { type ThingRow, toThing } from './view-store.ts'

interface Row extends ThingRow {
  id: ChatId
  state: SiteChat['state']
  last_seq: number
  last_at: number
  started_at: number
  customer: UserId
  customer_name: string | null
  customer_email: string | null
  guest: number
  blocked: number
  seller: string
  seller_name: string | null
  seller_picture: string | null
}
/** With the customer's address, which is looked through and not shown. */
export interface FoundChat {
  chat: SiteChat
  email: string | null
}

// ?1 site
const VIEW = (from: string) => `
SELECT c.id, c.context, c.thing, c.claim, c.state, c.last_seq, c.last_at, c.started_at,
  v.id customer, v.name customer_name, v.email customer_email, v.guest,
  EXISTS (SELECT 1 FROM blocks b WHERE b.site = c.site AND b.user = v.id AND b.seller IN (c.seller, '*')) blocked,
  c.seller, s.name seller_name, s.picture seller_picture, coalesce(pr.title, op.title, po.title) title,
  coalesce(pr.url, op.url, po.url) url, coalesce(pr.picture, po.picture) picture, coalesce(pr.price, op.price) price, op.status
FROM ${from}
JOIN users u ON u.id = c.customer JOIN users v ON v.id = coalesce(u.merged_into, u.id)
LEFT JOIN sellers s ON s.site = c.site AND s.id = c.seller
LEFT JOIN products pr ON c.context = 'product' AND pr.site = c.site AND pr.id = c.thing
LEFT JOIN order_parts op ON c.context = 'order' AND op.site = c.site AND op.order_id = c.thing AND op.seller = c.seller
  AND c.state <> 'read_only'
LEFT JOIN posts po ON c.context = 'post' AND po.site = c.site AND po.id = c.thing`

// No index is kept by `last_at`, which every message would have to move: a page reads the site's chats instead. `+` keeps
// the choice of seller from being anything but a filter where none is chosen.
const PAGE = `
WITH page AS MATERIALIZED (
  SELECT c.id FROM chats c WHERE c.site = ?1
  AND (?2 IS NULL OR c.context = ?2) AND (?3 IS NULL OR c.state = ?3) AND (?4 IS NULL OR +c.seller = ?4)
  AND (?5 IS NULL OR (c.last_at, c.id) < (?5, ?6))
  ORDER BY c.last_at DESC, c.id DESC LIMIT ?7)
${VIEW('page CROSS JOIN chats c ON c.id = page.id')}
ORDER BY c.last_at DESC, c.id DESC`

const toFound = (row: Row): FoundChat => ({
  email: row.customer_email,
  chat: {
    id: row.id,
    thing: toThing(row),
    state: row.state,
    customer: { id: row.customer, name: row.customer_name, blocked: row.blocked === 1, guest: row.guest === 1 },
    seller: { id: row.seller, name: row.seller_name ?? row.seller, picture: row.seller_picture },
    lastSeq: row.last_seq,
    lastAt: row.last_at,
    startedAt: row.started_at,
  },
})

interface Wanted {
  context: string | null
  state: string | null
  seller: string | null
  before: { lastAt: number; chat: string } | undefined
  limit: number
}

/** Chats of a site, whoever is in them, newest first. */
export async function listSiteChats(db: D1Database, site: string, wanted: Wanted): Promise<FoundChat[]> {
  const { context, state, seller, before, limit } = wanted
  const { results } = await db
    .prepare(PAGE)
    .bind(site, context, state, seller, before?.lastAt ?? null, before?.chat ?? null, limit)
    .all<Row>()
  return results.map(toFound)
}

export async function readSiteChat(db: D1Database, site: string, chat: ChatId): Promise<SiteChat | null> {
  const row = await db
    .prepare(`${VIEW('chats c')} WHERE c.id = ?2 AND c.site = ?1`)
    .bind(site, chat)
    .first<Row>()
  return row && toFound(row).chat
}

/** The same for many at once, in no order. */
export async function readSiteChats(db: D1Database, site: string, chats: readonly string[]): Promise<SiteChat[]> {
  const { results } = await db
    .prepare(`${VIEW('json_each(?2) wanted CROSS JOIN chats c ON c.id = wanted.value')} WHERE c.site = ?1`)
    .bind(site, JSON.stringify(chats))
    .all<Row>()
  return results.map((row) => toFound(row).chat)
}
