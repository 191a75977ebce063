import type { Post, Product } from '../../protocol/catalog.ts'
import type { SiteId } from '../../protocol/ids.ts'
import { NOW, rowsOf } from '../db/client.ts'

const UNKNOWN_SELLERS = `
SELECT r.key AS row, r.value ->> 'seller' AS seller
FROM json_each(?2) r LEFT JOIN sellers s ON s.site = ?1 AND s.id = r.value ->> 'seller'
WHERE r.value ->> 'seller' IS NOT NULL AND s.id IS NULL ORDER BY r.key`

// Where a batch names a product twice, the later row replaces the earlier one, as it would in a batch of its own.
const PUT = `
INSERT INTO products (site, id, title, seller, url, picture, price, saved_at)
SELECT ?1, r.value ->> 'id', r.value ->> 'title', r.value ->> 'seller', r.value ->> 'url', r.value ->> 'picture',
  r.value ->> 'price', ${NOW}
FROM json_each(?2) r WHERE NOT EXISTS (${UNKNOWN_SELLERS})
ORDER BY r.key
ON CONFLICT (site, id) DO UPDATE SET title = excluded.title, seller = excluded.seller, url = excluded.url,
  picture = excluded.picture, price = excluded.price, saved_at = excluded.saved_at`

/** Rows whose card will not be what it was; `same` is SQL that holds where a row `r` leaves the card of `t` alone. */
const changed = (table: 'products' | 'posts', same: string) => `
SELECT DISTINCT r.value ->> 'id' id FROM json_each(?2) r
LEFT JOIN ${table} t ON t.site = ?1 AND t.id = r.value ->> 'id' WHERE t.id IS NULL OR NOT (${same})`
const is = (...columns: string[]) => columns.map((name) => `t.${name} IS r.value ->> '${name}'`).join(' AND ')
const isOrUnsaid = (...columns: string[]) =>
  columns.map((name) => `(r.value ->> '${name}' IS NULL OR t.${name} IS r.value ->> '${name}')`).join(' AND ')

interface UnknownSeller {
  /** Place of the row in the batch, from 0. */
  row: number
  seller: string
}

const idsOf = (result: D1Result | undefined) => rowsOf<{ id: string }>(result).map(({ id }) => id)

/** Writes all products, or none where a row names a seller that the site does not have. Answers whose card has changed. */
export async function putProducts(
  db: D1Database,
  site: SiteId,
  products: Product[],
): Promise<{ unknown: UnknownSeller[]; changed: string[] }> {
  const rows = JSON.stringify(products)
  const [unknown, cards] = await db.batch([
    db.prepare(UNKNOWN_SELLERS).bind(site, rows),
    db.prepare(changed('products', is('title', 'url', 'picture', 'price'))).bind(site, rows),
    db.prepare(PUT).bind(site, rows),
  ])
  return { unknown: rowsOf<UnknownSeller>(unknown), changed: idsOf(cards) }
}

/** The seller of a product; null where it is the site's default one or the product is not known. */
export const sellerOfProduct = (db: D1Database, site: SiteId, product: string) =>
  db.prepare('SELECT seller FROM products WHERE site = ?1 AND id = ?2').bind(site, product).first<string>('seller')

/** The desk of a post's author; null where the site has no such desk or the post is not known. */
export const sellerOfPost = (db: D1Database, site: SiteId, post: string) =>
  db
    .prepare(
      'SELECT s.id FROM posts p JOIN sellers s ON s.site = p.site AND s.id = p.author WHERE p.site = ?1 AND p.id = ?2',
    )
    .bind(site, post)
    .first<string>('id')

export async function readSellers(db: D1Database, site: SiteId, products: string[]): Promise<Map<string, string>> {
  const { results } = await db
    .prepare(
      `SELECT id, seller FROM products WHERE site = ?1 AND seller IS NOT NULL AND id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(site, JSON.stringify(products))
    .all<{ id: string; seller: string }>()
  return new Map(results.map(({ id, seller }) => [id, seller]))
}

const PUT_POSTS = `
INSERT INTO posts (site, id, title, author, url, picture, saved_at)
SELECT ?1, r.value ->> 'id', r.value ->> 'title', r.value ->> 'author', r.value ->> 'url', r.value ->> 'picture', ${NOW}
FROM json_each(?2) r WHERE true ORDER BY r.key
ON CONFLICT (site, id) DO UPDATE SET title = excluded.title, author = excluded.author, url = excluded.url,
  picture = excluded.picture, saved_at = excluded.saved_at`

/** Answers whose card has changed. */
export async function putPosts(db: D1Database, site: SiteId, posts: Post[]): Promise<string[]> {
  const rows = JSON.stringify(posts)
  const [cards] = await db.batch([
    db.prepare(changed('posts', is('title', 'url', 'picture'))).bind(site, rows),
    db.prepare(PUT_POSTS).bind(site, rows),
  ])
  return idsOf(cards)
}

/** A product as a shop's hook tells it. What the hook does not know of stays as it is. */
export interface HookedProduct {
  id: string
  title: string
  seller: string | null
  url: string | null
  picture: string | null
  price: string | null
  version: number
}

const LEARN = `
INSERT INTO products (site, id, title, seller, url, picture, price, version, saved_at)
SELECT ?1, r.value ->> 'id', r.value ->> 'title', r.value ->> 'seller', r.value ->> 'url', r.value ->> 'picture',
  r.value ->> 'price', r.value ->> 'version', ${NOW}
FROM json_each(?2) r WHERE true
ON CONFLICT (site, id) DO UPDATE SET title = excluded.title, seller = coalesce(excluded.seller, seller),
  url = coalesce(excluded.url, url), picture = coalesce(excluded.picture, picture), price = excluded.price,
  version = excluded.version, saved_at = excluded.saved_at
WHERE version IS NULL OR excluded.version >= version`

const OLDER = "coalesce(t.version > r.value ->> 'version', 0)"

/** Answers whose card has changed. */
export async function learnProducts(db: D1Database, site: SiteId, products: HookedProduct[]): Promise<string[]> {
  const rows = JSON.stringify(products)
  const same = `${OLDER} OR (${is('title', 'price')} AND ${isOrUnsaid('url', 'picture')})`
  const [cards] = await db.batch([
    db.prepare(changed('products', same)).bind(site, rows),
    db.prepare(LEARN).bind(site, rows),
  ])
  return idsOf(cards)
}
