import type { Env } from '../worker/env.ts'
import { insertMessage, type NewMessageRow } from '../worker/messages/store.ts'
import type { Figure } from './figure.ts'
import { quantile } from './median.ts'
import type { Product } from './two-workers.ts'

interface Rows {
  written: number
  read: number
}

/**
 * What D1 bills for a message, indexes included: the product's own batch, with the `meta` that D1 reports for each of
 * its statements summed up. The limits count the sender's own recent messages, so reads grow with a sender's pace;
 * here ten have gone before.
 */
export async function rowsWritten(product: Product): Promise<Figure[]> {
  const { env, chats } = product
  const chat = chats.at(-1)!
  const { site } = (await env.DB.prepare('SELECT site FROM chats WHERE id = ?')
    .bind(chat.id)
    .first<{ site: string }>())!
  // Somebody to be told by mail.
  await env.DB.prepare("UPDATE users SET email = 'seller@shop.example' WHERE id = ?").bind(product.seller.id).run()
  const limit = { most: 1000, windowMs: 60_000 }
  const insert = (clientId: string, userLimit = limit) =>
    countRows(env.DB, {
      site,
      chat: chat.id,
      sender: chat.customer.id,
      session: chat.customer.session,
      clientId,
      body: 'Is it dishwasher safe?',
      attachments: [],
      userLimit,
      burstLimit: limit,
      notify: { delayMs: 60_000, lifeMs: 3_600_000, admins: '[]' },
    } as unknown as NewMessageRow)
  const first = await insert('rows-of-the-first')
  const later: Rows[] = []
  for (let i = 0; i < 11; i++) later.push(await insert(`rows-of-a-later-${i}`))
  const eleventh = later.at(-1)!
  const again = await insert('rows-of-the-first')
  const refused = await insert('rows-of-a-refused', { most: 1, windowMs: 60_000 })
  const line = (what: string, { written, read }: Rows, target?: Figure['target']): Figure[] => [
    { what: `rows written, ${what}`, unit: 'rows', ours: written, ...(target ? { target } : {}) },
    { what: `rows read, ${what}`, unit: 'rows', ours: read },
  ]
  const written = quantile(
    later.map((rows) => rows.written),
    1,
  )
  return [
    ...line('first of a chat', first),
    ...line('later', { written, read: eleventh.read }, { of: 'ours', most: 10 }),
    ...line('the same clientId again', again, { of: 'ours', most: 0 }),
    ...line('refused by a limit', refused, { of: 'ours', most: 0 }),
  ]
}

async function countRows(db: Env['DB'], row: NewMessageRow): Promise<Rows> {
  const rows: Rows = { written: 0, read: 0 }
  const counting = {
    prepare: (sql: string) => db.prepare(sql),
    async batch<T>(statements: D1PreparedStatement[]) {
      const results = await db.batch<T>(statements)
      for (const { meta } of results) {
        rows.written += meta.rows_written
        rows.read += meta.rows_read
      }
      return results
    },
  }
  await insertMessage(counting as Env['DB'], row)
  return rows
}
