import type { HookSource } from '../../protocol/operator.ts'
import { directory, rowsOf } from '../db/client.ts'
import type { Env } from '../env.ts'

interface StoredKey {
  id: string
  /** Wrapped. */
  secret: string
  createdAt: number
}

/** The secrets in force of a source, and where its shop is. */
export async function readHookKeys(env: Env, site: string, source: HookSource) {
  const db = directory(env)
  const [keys, address] = await db.batch([
    db
      .prepare(
        `SELECT id, secret, created_at createdAt FROM site_keys WHERE site = ?1 AND use = ?2 AND revoked_at IS NULL
         ORDER BY created_at`,
      )
      .bind(site, source),
    db.prepare('SELECT address, trouble FROM shop_sources WHERE site = ?1 AND source = ?2').bind(site, source),
  ])
  const [found] = rowsOf<{ address: string; trouble: string | null }>(address)
  return { keys: rowsOf<StoredKey>(keys), address: found?.address ?? null, trouble: found?.trouble ?? null }
}

/** Remembers the shop behind Shopify's hooks unless one is known; answers the one that counts. */
export const saveShop = (env: Env, site: string, shop: string) =>
  directory(env)
    .prepare(
      `INSERT INTO shop_sources (site, source, address) VALUES (?1, 'shopify', ?2)
       ON CONFLICT (site, source) DO UPDATE SET address = address RETURNING address`,
    )
    .bind(site, shop)
    .first<string>('address')

/** Says which shop it is, whatever was known. */
export async function replaceShop(env: Env, site: string, shop: string) {
  await directory(env)
    .prepare(
      `INSERT INTO shop_sources (site, source, address) VALUES (?1, 'shopify', ?2)
       ON CONFLICT (site, source) DO UPDATE SET address = excluded.address`,
    )
    .bind(site, shop)
    .run()
}
