import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The people who run a site, unless the shop itself signs them in. */
export const staff = sqliteTable(
  'staff',
  {
    site: text().notNull(),
    user: text().notNull(),
    role: text({ enum: ['owner', 'admin', 'analyst'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Null while the invitation waits. */
    joinedAt: integer('joined_at'),
  },
  (t) => [primaryKey({ columns: [t.site, t.user] })],
)

/** What a code or a passkey answers, once. */
export const challenges = sqliteTable(
  'challenges',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    use: text({ enum: ['admin', 'inbox', 'step_up', 'passkey', 'register'] }).notNull(),
    /** Null where nobody of that address may sign in: such a code was never sent. */
    user: text(),
    /** The keyed hash of a code, or what a passkey is to sign. */
    answer: text().notNull(),
    /** The keyed hash of the address: enough to count by, and nothing to read. */
    address: text(),
    tries: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    usedAt: integer('used_at'),
    /** The keyed hash of the address with the network that asked; null for who is signed in. */
    network: text(),
  },
  (t) => [
    index('challenges_address').on(t.address, t.createdAt).where(sql`address IS NOT NULL`),
    index('challenges_ends').on(t.endsAt),
  ],
)

export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential's id, base64url. */
    id: text().primaryKey(),
    site: text().notNull(),
    user: text().notNull(),
    name: text().notNull(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    counter: integer().notNull(),
    transports: text(),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at'),
  },
  (t) => [index('passkeys_user').on(t.user)],
)

/** Who did what; never a secret. Values are JSON. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey(),
    site: text().notNull(),
    at: integer().notNull(),
    /** A user's or a key's id, or `operator`. */
    actor: text().notNull(),
    role: text(),
    action: text().notNull(),
    subject: text(),
    field: text(),
    fromValue: text('from_value'),
    toValue: text('to_value'),
  },
  (t) => [index('audit_site').on(t.site, t.at, t.id)],
)
