import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    /** The shop's own user id; null for guests and for people invited by mail. */
    shopId: text('shop_id'),
    guest: integer({ mode: 'boolean' }).notNull(),
    name: text(),
    email: text(),
    emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
    /** The user that this guest became. */
    mergedInto: text('merged_into'),
    createdAt: integer('created_at').notNull(),
    /** When the shop last changed its account, ms by the shop's clock. */
    shopVersion: integer('shop_version'),
    /** The language that their browser asked for when they last signed in. */
    locale: text(),
    /** Since then the row is nobody: it only keeps the place of what others answered. */
    erasedAt: integer('erased_at'),
    /** Whether their inbox has somebody to tell: a socket, or a browser that is rung. */
    online: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    uniqueIndex('users_shop_id').on(t.site, t.shopId),
    index('users_merged_into').on(t.mergedInto),
    index('users_by_email').on(t.site, sql`lower(email)`).where(sql`email IS NOT NULL`),
  ],
)

export const sellers = sqliteTable(
  'sellers',
  {
    site: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    picture: text(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
)

export const sellerMembers = sqliteTable(
  'seller_members',
  {
    site: text().notNull(),
    seller: text().notNull(),
    user: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.seller, t.user] }), index('seller_members_user').on(t.user)],
)

/** `seller` is a desk's id, or `*` for the whole site. */
export const blocks = sqliteTable(
  'blocks',
  {
    site: text().notNull(),
    seller: text().notNull(),
    user: text().notNull(),
    by: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.user, t.seller] })],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    user: text().notNull(),
    role: text({ enum: ['guest', 'customer', 'seller', 'analyst', 'admin', 'owner'] }).notNull(),
    /** The key whose assertion opened it. */
    key: text(),
    refreshHash: text('refresh_hash').notNull(),
    /** The one before, good for 60 s more: two tabs may refresh at once. */
    previousHash: text('previous_hash'),
    rotatedAt: integer('rotated_at').notNull(),
    /** Order ids that the shop vouched for, JSON. */
    orders: text(),
    createdAt: integer('created_at').notNull(),
    idleUntil: integer('idle_until').notNull(),
    endsAt: integer('ends_at').notNull(),
    revokedAt: integer('revoked_at'),
    openedBy: text('opened_by', { enum: ['assertion', 'guest', 'link', 'code', 'passkey'] }),
    /** Such as "Firefox on Windows". */
    device: text(),
    /** When the person last proved anew to be the same one. */
    steppedUpAt: integer('stepped_up_at'),
  },
  (t) => [
    index('sessions_user').on(t.user),
    index('sessions_key').on(t.key),
    index('sessions_ends').on(t.endsAt),
    index('sessions_staff').on(t.site, t.createdAt).where(sql`role IN ('analyst', 'admin', 'owner')`),
  ],
)

/** One-time links, by the SHA-256 of their token. */
export const links = sqliteTable(
  'links',
  {
    hash: text().primaryKey(),
    site: text().notNull(),
    /**
     * `invite` opens a seller's session, `order` that of an order's guest buyer, `staff` that of somebody who runs the
     * site; `setup` makes its first owner; `guest` is the same guest's elsewhere.
     */
    use: text({ enum: ['invite', 'order', 'staff', 'setup', 'guest'] }).notNull(),
    user: text().notNull(),
    endsAt: integer('ends_at').notNull(),
    usedAt: integer('used_at'),
    /** Where it was mailed to: whoever opens it reads that mailbox. */
    email: text(),
  },
  (t) => [
    index('links_ends').on(t.endsAt).where(sql`use <> 'order' OR email IS NOT NULL`),
    index('links_user').on(t.user),
  ],
)
