import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const products = sqliteTable(
  'products',
  {
    site: text().notNull(),
    id: text().notNull(),
    title: text().notNull(),
    seller: text(),
    url: text(),
    picture: text(),
    price: text(),
    savedAt: integer('saved_at').notNull(),
    /** When the shop last changed it, ms by the shop's clock; null where no hook has told. */
    version: integer(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
)

export const posts = sqliteTable(
  'posts',
  {
    site: text().notNull(),
    id: text().notNull(),
    title: text().notNull(),
    /** A desk's id, where the site has such a desk. */
    author: text(),
    url: text(),
    picture: text(),
    savedAt: integer('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
)

export const orders = sqliteTable(
  'orders',
  {
    site: text().notNull(),
    id: text().notNull(),
    /** The order that this one is a seller's share of (Dokan). */
    parent: text(),
    /** What the customer knows it by. */
    number: text().notNull(),
    /** The shop's id of the buyer; null for a guest. */
    customer: text(),
    /** The buyer as a user of ours; a guest's is made for this order. Empty: all that is known is that it was deleted. */
    buyer: text().notNull(),
    /** Who it was before the shop gave the order to somebody else. */
    formerBuyer: text('former_buyer'),
    buyerAt: integer('buyer_at').notNull(),
    /** Of the newest delivery: the shop's ms times 4, plus the topic's rank. */
    version: integer().notNull(),
    /** Its status is one in which a chat may begin by itself. */
    open: integer({ mode: 'boolean' }).notNull(),
    /** Its chats make themselves. */
    wanted: integer({ mode: 'boolean' }).notNull(),
    deletedAt: integer('deleted_at'),
    changed: integer().notNull(),
    /** Its buyer was erased: it takes no more news. */
    erasedAt: integer('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index('orders_buyer').on(t.buyer),
    index('orders_parent').on(t.site, t.parent).where(sql`parent IS NOT NULL`),
  ],
)

/** One seller's share of an order, as its chat shows it. */
export const orderParts = sqliteTable(
  'order_parts',
  {
    site: text().notNull(),
    orderId: text('order_id').notNull(),
    seller: text().notNull(),
    title: text().notNull(),
    price: text(),
    url: text(),
    status: text(),
    /** The chat's first message, until it is sent. */
    starter: text(),
    changed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.orderId, t.seller] })],
)

/** What hooks have brought, once each; `payload` is emptied when it is done with. */
export const hookEvents = sqliteTable(
  'hook_events',
  {
    site: text().notNull(),
    source: text({ enum: ['woocommerce', 'shopify'] }).notNull(),
    /** What makes two deliveries the same. */
    key: text().notNull(),
    payload: text().notNull(),
    receivedAt: integer('received_at').notNull(),
    /** Nobody else takes it on before; null: it waits for a person's decision. */
    dueAt: integer('due_at'),
    doneAt: integer('done_at'),
    tries: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.source, t.key] }),
    index('hook_events_due').on(t.dueAt).where(sql`done_at IS NULL`),
    index('hook_events_done').on(t.doneAt).where(sql`done_at IS NOT NULL`),
  ],
)

/** How often a hook brought what changes nothing, and when last; for diagnostics. */
export const hookCounts = sqliteTable(
  'hook_counts',
  {
    site: text().notNull(),
    source: text({ enum: ['woocommerce', 'shopify'] }).notNull(),
    outcome: text().notNull(),
    n: integer().notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.source, t.outcome] })],
)

/** Where a site's shop is, in the directory: the shop that may send hooks, and the one to ask for missed orders. */
export const shopSources = sqliteTable(
  'shop_sources',
  {
    site: text().notNull(),
    source: text({ enum: ['woocommerce', 'shopify'] }).notNull(),
    /** Shopify: the shop's domain. WooCommerce: the address that its REST API is under. */
    address: text().notNull(),
    keyId: text('key_id'),
    /** The read key, wrapped with the deployment's secret. */
    secret: text(),
    /** Orders changed up to here were asked for, ms by the shop's clock. */
    sweptUntil: integer('swept_until'),
    nextSweepAt: integer('next_sweep_at'),
    /** Why the last sweep failed. */
    trouble: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.source] }),
    index('shop_sources_next').on(t.nextSweepAt).where(sql`next_sweep_at IS NOT NULL`),
  ],
)
