import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// These files say the shape of migrations/*.sql; schema.test.ts holds them together. Times are ms since 1970 by D1's clock.

export const sites = sqliteTable('sites', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** The D1 binding that holds this site's rows. */
  db: text().notNull().default('DB'),
  defaultSeller: text('default_seller').notNull(),
  /** Only what differs from the defaults. */
  settings: text().notNull().default('{}'),
  settingsVersion: integer('settings_version').notNull().default(1),
  createdAt: integer('created_at').notNull(),
  /** How far the setup wizard is, JSON; null: not begun. */
  wizard: text(),
})

export const siteOrigins = sqliteTable(
  'site_origins',
  {
    site: text().notNull(),
    origin: text().notNull(),
    use: text({ enum: ['shop', 'admin'] }).notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.origin, t.use] }), index('site_origins_origin').on(t.origin)],
)

export const siteKeys = sqliteTable(
  'site_keys',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    use: text({ enum: ['identity', 'admin', 'server', 'woocommerce', 'shopify'] }).notNull(),
    /** Signing keys and hook secrets: wrapped with the deployment's secret. Server keys: SHA-256 of the key, hex. */
    secret: text().notNull(),
    createdAt: integer('created_at').notNull(),
    revokedAt: integer('revoked_at'),
  },
  (t) => [index('site_keys_site').on(t.site)],
)

/** One row a site; every write that a user can see takes `n + 1`. A restore sets a new epoch. */
export const clock = sqliteTable('clock', {
  site: text().primaryKey(),
  epoch: text().notNull(),
  n: integer().notNull(),
})

/** What was stored of the settings before each save. */
export const settingsSaves = sqliteTable(
  'settings_saves',
  {
    site: text().notNull(),
    /** The version that the save made. */
    version: integer().notNull(),
    before: text().notNull(),
    actor: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.version] })],
)

/** Where the script was last seen (`page` is empty), and My Chats on a page that the settings name. */
export const hellos = sqliteTable(
  'hellos',
  { site: text().notNull(), origin: text().notNull(), page: text().notNull(), seenAt: integer('seen_at').notNull() },
  (t) => [primaryKey({ columns: [t.site, t.origin, t.page] })],
)

/** What the shop says it runs on, JSON. */
export const shopVersions = sqliteTable('shop_versions', {
  site: text().primaryKey(),
  versions: text().notNull(),
  toldAt: integer('told_at').notNull(),
})

/** Facts of the deployment, in the directory: its own address, as the operator calls it. */
export const deployment = sqliteTable('deployment', {
  name: text({ enum: ['address'] }).primaryKey(),
  value: text().notNull(),
})
