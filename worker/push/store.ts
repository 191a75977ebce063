import type { ChatId } from '../../protocol/ids.ts'
import { NOW, rowOf, rowsOf } from '../db/client.ts'

export interface Subscription {
  id: string
  endpoint: string
  p256dh: string
  auth: string
  words: number
  locale: string
  origin: string
  /** The site's change number up to which it has rung. */
  rungN: number
}
/** A chat whose newest message waits to be read. */
export interface Waiting {
  chat: ChatId
  n: number
  name: string | null
  title: string | null
  body: string
}
interface Place {
  site: string
  user: string
}

// A browser belongs to whoever subscribed last in it; what was unread before is no news.
const UPSERT = `
INSERT INTO push_subscriptions (id, site, user, session, endpoint, p256dh, auth, words, locale, origin, rung_n, created_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, k.n, ${NOW} FROM clock k WHERE k.site = ?2
AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = ?4 AND s.user = ?3 AND s.revoked_at IS NULL)
ON CONFLICT (id) DO UPDATE SET site = excluded.site, user = excluded.user, session = excluded.session,
  endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, words = excluded.words,
  locale = excluded.locale, origin = excluded.origin, rung_n = excluded.rung_n`

const KEEP_NEWEST = `DELETE FROM push_subscriptions WHERE site = ?1 AND user = ?2 AND id NOT IN (
  SELECT id FROM push_subscriptions WHERE site = ?1 AND user = ?2 ORDER BY created_at DESC, id LIMIT ?3)`

export interface NewSubscription extends Place {
  id: string
  session: string
  endpoint: string
  p256dh: string
  auth: string
  words: boolean
  locale: string
  origin: string
}

/** Saves a browser's subscription; of one person at most `most`. False where the session is over. */
export async function putSubscription(db: D1Database, row: NewSubscription, most: number): Promise<boolean> {
  const { id, site, user, session, endpoint, p256dh, auth, words, locale, origin } = row
  const [put] = await db.batch([
    db.prepare(UPSERT).bind(id, site, user, session, endpoint, p256dh, auth, words ? 1 : 0, locale, origin),
    db.prepare(KEEP_NEWEST).bind(site, user, most),
  ])
  return put?.meta.changes === 1
}

export const readSubscription = (db: D1Database, { site, user }: Place, id: string) =>
  db
    .prepare('SELECT words FROM push_subscriptions WHERE id = ?1 AND site = ?2 AND user = ?3')
    .bind(id, site, user)
    .first<{ words: number }>()

/** Forgets one of this person's; answers how many are left. */
export async function deleteSubscription(db: D1Database, { site, user }: Place, id: string): Promise<number> {
  const [, left] = await db.batch([
    db.prepare('DELETE FROM push_subscriptions WHERE id = ?1 AND site = ?2 AND user = ?3').bind(id, site, user),
    db.prepare('SELECT count(*) n FROM push_subscriptions WHERE site = ?1 AND user = ?2').bind(site, user),
  ])
  return rowOf<{ n: number }>(left).n
}

// A session that has ended takes its browser along.
const DROP_ENDED = `DELETE FROM push_subscriptions WHERE site = ?1 AND user = ?2 AND NOT EXISTS (
  SELECT 1 FROM sessions s WHERE s.id = session AND s.user = ?2 AND s.revoked_at IS NULL
  AND s.idle_until > ${NOW} AND s.ends_at > ${NOW})`

const MINE = `SELECT id, endpoint, p256dh, auth, words, locale, origin, rung_n rungN FROM push_subscriptions
  WHERE site = ?1 AND user = ?2`

const WAITING = `
SELECT c.id chat, m.changed n, v.name, coalesce(pr.title, op.title, po.title, c.claim ->> 'title') title, substr(m.body, 1, 300) body
FROM participants p JOIN chats c ON c.id = p.chat AND c.site = ?1
JOIN messages m ON m.chat = c.id AND m.seq = c.last_seq AND m.side <> 'system' AND (m.side = 'customer') <> (p.side = 'customer')
JOIN users u ON u.id = m.sender JOIN users v ON v.id = coalesce(u.merged_into, u.id)
LEFT JOIN products pr ON c.context = 'product' AND pr.site = c.site AND pr.id = c.thing
LEFT JOIN order_parts op ON c.context = 'order' AND op.site = c.site AND op.order_id = c.thing AND op.seller = c.seller
LEFT JOIN posts po ON c.context = 'post' AND po.site = c.site AND po.id = c.thing
WHERE p.user = ?2 AND p.left_n IS NULL AND p.unread > 0 AND m.erased IS NULL
AND m.changed > (SELECT min(rung_n) FROM push_subscriptions WHERE site = ?1 AND user = ?2)
ORDER BY m.changed DESC LIMIT ?3`

/** A person's living browsers, the newest chats that wait for them, and the clock, in one batch. */
export async function readRinging(db: D1Database, { site, user }: Place, most: number) {
  const [, mine, waiting, clock] = await db.batch([
    db.prepare(DROP_ENDED).bind(site, user),
    db.prepare(MINE).bind(site, user),
    db.prepare(WAITING).bind(site, user, most),
    db.prepare('SELECT n FROM clock WHERE site = ?1').bind(site),
  ])
  return {
    subscriptions: rowsOf<Subscription>(mine),
    waiting: rowsOf<Waiting>(waiting),
    n: rowOf<{ n: number }>(clock).n,
  }
}

/** Which browsers have rung up to `n`, and which are no more. */
export async function settleRinging(db: D1Database, rung: readonly string[], n: number, gone: readonly string[]) {
  await db.batch([
    db
      .prepare(
        'UPDATE push_subscriptions SET rung_n = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND rung_n < ?2',
      )
      .bind(JSON.stringify(rung), n),
    db
      .prepare('DELETE FROM push_subscriptions WHERE id IN (SELECT value FROM json_each(?1))')
      .bind(JSON.stringify(gone)),
  ])
}
