import { randomBytes } from 'node:crypto'
import { sign } from 'hono/jwt'
import type { Role } from '../../protocol/sessions.ts'
import { SHOP, TEST_SECRET } from './worker.ts'

const id = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`

export interface Person {
  id: string
  session: string
  token: string
}
export interface TestSite {
  id: string
  db: D1Like
  /** A person with an open session. */
  person(options?: { role?: Role; name?: string | null; shopId?: string; sellers?: string[] }): Promise<Person>
  seller(id: string, name?: string): Promise<void>
  product(id: string, fields?: { seller?: string; title?: string }): Promise<void>
  settings(stored: object): Promise<void>
}
type D1Like = Pick<D1Database, 'prepare' | 'batch'>
type D1Database = import('../../worker/env.ts').Env['DB']

/** A fresh site written straight into the tables, so that a test of chats does not lean on how sites are made. */
export async function makeSite(db: D1Like, settings: object = {}): Promise<TestSite> {
  const site = id('site')
  const now = Date.now()
  const run = (sql: string, ...values: unknown[]) =>
    db
      .prepare(sql)
      .bind(...values)
      .run()
  await run(
    'INSERT INTO sites (id, name, default_seller, settings, created_at) VALUES (?, ?, ?, ?, ?)',
    site,
    'Test shop',
    'shop',
    JSON.stringify(settings),
    now,
  )
  await run('INSERT INTO clock (site, epoch, n) VALUES (?, ?, 0)', site, id('e').slice(2, 10))
  await run('INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, ?, ?)', site, SHOP, 'shop', now)
  const seller = async (sellerId: string, name = sellerId) => {
    await run('INSERT INTO sellers (site, id, name, created_at) VALUES (?, ?, ?, ?)', site, sellerId, name, now)
  }
  await seller('shop', 'The shop')
  return {
    id: site,
    db,
    seller,
    async person({ role = 'customer', name = null, shopId, sellers = role === 'seller' ? ['shop'] : [] } = {}) {
      const user = id('usr')
      const session = id('ses')
      const ends = now + 86_400_000
      await run(
        'INSERT INTO users (id, site, shop_id, guest, name, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        user,
        site,
        shopId ?? null,
        role === 'guest' ? 1 : 0,
        name,
        now,
      )
      await run(
        `INSERT INTO sessions (id, site, user, role, refresh_hash, rotated_at, created_at, idle_until, ends_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        session,
        site,
        user,
        role,
        id('hash'),
        now,
        now,
        ends,
        ends,
      )
      for (const sellerId of sellers)
        await run(
          'INSERT INTO seller_members (site, seller, user, created_at) VALUES (?, ?, ?, ?)',
          site,
          sellerId,
          user,
          now,
        )
      const exp = Math.floor(now / 1000) + 3600
      const token = await sign({ aud: 'shopbell-session', sid: session, sub: user, site, role, exp }, TEST_SECRET)
      return { id: user, session, token }
    },
    async product(productId, { seller: owner, title = `Product ${productId}` } = {}) {
      await run(
        'INSERT INTO products (site, id, title, seller, saved_at) VALUES (?, ?, ?, ?, ?)',
        site,
        productId,
        title,
        owner ?? null,
        now,
      )
    },
    async settings(stored) {
      await run(
        'UPDATE sites SET settings = ?, settings_version = settings_version + 1 WHERE id = ?',
        JSON.stringify(stored),
        site,
      )
    },
  }
}
