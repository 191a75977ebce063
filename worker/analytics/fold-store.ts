import { NOW, rowOf, rowsOf } from '../db/client.ts'
import { numbered } from '../db/numbered.ts'
import type { Piece, Span } from './calendar.ts'
import type { Fold } from './store.ts'

interface FoldedDays {
  site: string
  zone: string
  /** The first day, and the one after the last. */
  from: number
  to: number
  pieces: readonly Piece[]
  /** From the site's first activity until now. */
  spans: readonly Span[]
}

const TABLES = ['activity_days', 'activity_replies', 'activity_sellers', 'activity_hours']

// ?1 site, ?2 zone, ?3 first day, ?4 the days' pieces, ?5 spans, ?6 the day after. Whoever else folds them has moved `through` on.
const MINE = 'EXISTS (SELECT 1 FROM activity_folds WHERE site = ?1 AND zone = ?2 AND through = ?3)'
const PIECES = `(SELECT value ->> 0 day, value ->> 1 "from", value ->> 2 "to", value ->> 3 offset FROM json_each(?4))`
const DAYS = `${PIECES} z CROSS JOIN activity a ON a.site = ?1 AND a.quarter >= z."from" AND a.quarter < z."to" AND ${MINE}`
const PREVIOUS_DAY = `coalesce((SELECT (a.previous + s.value ->> 2) / 96 FROM json_each(?5) s
  WHERE a.previous >= s.value ->> 0 AND a.previous < s.value ->> 1), -1)`

const STEPS = [
  `INSERT INTO activity_days
   SELECT ?1, z.day, a.what, a.context, ${PREVIOUS_DAY}, sum(a.n) FROM ${DAYS} GROUP BY 2, 3, 4, 5`,
  `INSERT INTO activity_replies SELECT ?1, z.day, a.reply, sum(a.n) FROM ${DAYS} WHERE a.reply > 0 GROUP BY 2, 3`,
  `INSERT INTO activity_sellers
   SELECT ?1, z.day, a.seller, a.what, a.reply, sum(a.n) FROM ${DAYS} GROUP BY 2, 3, 4, 5`,
  `INSERT INTO activity_hours SELECT ?1, z.day, (a.quarter + z.offset) % 96 / 4, sum(a.n)
   FROM ${DAYS} WHERE a.what = 'message' GROUP BY 2, 3`,
  'UPDATE activity_folds SET through = ?6 WHERE site = ?1 AND zone = ?2 AND through = ?3',
]

/** Folds some days, once, if they are the next ones of this site and zone. */
export async function foldDays(db: D1Database, { site, zone, from, to, pieces, spans }: FoldedDays) {
  const days = JSON.stringify(pieces.map((piece) => [piece.day, piece.from, piece.to, piece.offset]))
  const offsets = JSON.stringify(spans.map((span) => [span.from, span.to, span.offset]))
  await db.batch(numbered(db, STEPS, [site, zone, from, days, offsets, to]))
}

/** Forgets what was folded by another zone's days. */
export async function beginFold(db: D1Database, { site, zone, through }: Fold & { site: string }) {
  const forget = TABLES.map((table) => db.prepare(`DELETE FROM ${table} WHERE site = ?1`).bind(site))
  const begin = `INSERT INTO activity_folds (site, zone, through, due_at) VALUES (?1, ?2, ?3, 0)
    ON CONFLICT DO UPDATE SET zone = excluded.zone, through = excluded.through, due_at = 0`
  await db.batch([...forget, db.prepare(begin).bind(site, zone, through)])
}

/** The first quarter in which anything happened, and how far it is folded. */
export async function startOf(db: D1Database, site: string) {
  const [first, fold] = await db.batch([
    db.prepare('SELECT min(quarter) first FROM activity WHERE site = ?').bind(site),
    db.prepare('SELECT zone, through FROM activity_folds WHERE site = ?').bind(site),
  ])
  return { first: rowOf<{ first: number | null }>(first).first, fold: rowsOf<Fold>(fold)[0] }
}

/** Sites that have days to fold, by the database's clock; a site without a row has never been looked at. */
export async function foldsDue(db: D1Database, most: number) {
  const [clock, sites] = await db.batch([
    db.prepare(`SELECT ${NOW} now`),
    db
      .prepare(
        `SELECT site FROM activity_folds WHERE due_at <= ${NOW}
         UNION ALL SELECT site FROM clock WHERE site NOT IN (SELECT site FROM activity_folds) LIMIT ?`,
      )
      .bind(most),
  ])
  return { now: rowOf<{ now: number }>(clock).now, sites: rowsOf<{ site: string }>(sites).map(({ site }) => site) }
}

export async function setDue(db: D1Database, site: string, at: number) {
  await db.prepare('UPDATE activity_folds SET due_at = ?2 WHERE site = ?1').bind(site, at).run()
}
