import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { eachSite } from '../sites/each-site.ts'
import { loadSite } from '../sites/load.ts'
import { dayAt, piecesOf, QUARTER_MS, spansOf } from './calendar.ts'
import { beginFold, foldDays, foldsDue, setDue, startOf } from './fold-store.ts'

/** What one minute's cron does at most; a site with a longer past is done within some minutes. */
const MOST_SITES = 20
const MOST_DAYS = 40
/** In one transaction, which nobody else may write beside. */
const DAYS_AT_ONCE = 10
/** A day is over this long before it is folded: nothing comes late by the database's clock. */
const LAG_MS = QUARTER_MS

/** Folds the days that are over, of the sites of one database whose turn it is. */
export async function foldActivity(env: Env, name: string): Promise<void> {
  const db = database(env, name)
  const { now, sites } = await foldsDue(db, MOST_SITES)
  let most = MOST_DAYS
  await eachSite(sites, async (id) => {
    if (most > 0) most -= await foldSite(env, id, now, most)
  })
}

/** Folds at most `most` days of a site, the oldest first, and answers how many it did. */
export async function foldSite(env: Env, id: string, now: number, most: number): Promise<number> {
  const site = await loadSite(env, id)
  if (!site) return 0
  const db = database(env, site.db)
  const zone = site.settings.region.timeZone
  const { first, fold } = await startOf(db, id)
  const today = dayAt(zone, now - LAG_MS)
  const isSame = fold?.zone === zone
  const from = isSame ? fold.through : first === null ? today : dayAt(zone, first * QUARTER_MS)
  if (!isSame) await beginFold(db, { site: id, zone, through: from })
  const to = Math.min(today, from + most)
  // Where clocks changed since the first day, for the days on which a chat was heard of before.
  const spans = spansOf(zone, first ?? Math.floor(now / QUARTER_MS), Math.floor(now / QUARTER_MS) + 1)
  for (let day = from; day < to; day += DAYS_AT_ONCE) {
    const next = Math.min(to, day + DAYS_AT_ONCE)
    await foldDays(db, { site: id, zone, from: day, to: next, pieces: piecesOf(zone, day, next - 1), spans })
  }
  if (to === today) await setDue(db, id, endOf(zone, today) * QUARTER_MS + LAG_MS)
  return Math.max(0, to - from)
}

const endOf = (zone: string, day: number) => piecesOf(zone, day + 1, day + 1)[0]?.start ?? 0
