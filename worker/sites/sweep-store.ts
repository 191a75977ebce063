import type { SiteId } from '../../protocol/ids.ts'
import { directory, NOW } from '../db/client.ts'
import type { Env } from '../env.ts'

interface Source {
  address: string
  key: string
  /** Wrapped. */
  secret: string
  /** How far back the first sweep looks. */
  firstMs: number
}

/** `log` goes with it. */
export async function saveSource(
  env: Env,
  site: string,
  { address, key, secret, firstMs }: Source,
  log: D1PreparedStatement,
) {
  const db = directory(env)
  const save = db
    .prepare(
      `INSERT INTO shop_sources (site, source, address, key_id, secret, swept_until, next_sweep_at)
       VALUES (?1, 'woocommerce', ?2, ?3, ?4, ${NOW} - ?5, ${NOW})
       ON CONFLICT (site, source) DO UPDATE SET address = excluded.address, key_id = excluded.key_id,
         secret = excluded.secret, next_sweep_at = excluded.next_sweep_at, trouble = NULL,
         swept_until = iif(address = excluded.address, swept_until, excluded.swept_until)`,
    )
    .bind(site, address, key, secret, firstMs)
  await db.batch([save, log])
}

/** `log` goes with it, if there was one. */
export async function deleteSource(env: Env, site: string, log: D1PreparedStatement) {
  const db = directory(env)
  const remove = "DELETE FROM shop_sources WHERE site = ?1 AND source = 'woocommerce'"
  await db.batch([db.prepare(remove).bind(site), log])
}

interface DueRow {
  site: SiteId
  address: string
  key: string
  secret: string
  sweptUntil: number
}

export async function readDue(env: Env, { all, everyMs, most }: { all: boolean; everyMs: number; most: number }) {
  const { results } = await directory(env)
    .prepare(
      `UPDATE shop_sources SET next_sweep_at = ${NOW} + ?1 WHERE (site, source) IN (
         SELECT site, source FROM shop_sources WHERE next_sweep_at IS NOT NULL AND (?2 OR next_sweep_at <= ${NOW})
         ORDER BY next_sweep_at LIMIT ?3)
       RETURNING site, address, key_id key, secret, swept_until sweptUntil`,
    )
    .bind(everyMs, all ? 1 : 0, most)
    .run<DueRow>()
  return results
}

export async function writeSwept(
  env: Env,
  site: string,
  { until, trouble }: { until: number | null; trouble: string | null },
) {
  await directory(env)
    .prepare(
      `UPDATE shop_sources SET swept_until = max(swept_until, coalesce(?2, swept_until)), trouble = ?3
       WHERE site = ?1 AND source = 'woocommerce'`,
    )
    .bind(site, until, trouble)
    .run()
}
