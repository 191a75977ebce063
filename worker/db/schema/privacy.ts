import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What somebody asked for, and the receipt of what came of it: no personal data once it is done. */
export const privacyRequests = sqliteTable(
  'privacy_requests',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    kind: text({ enum: ['export', 'erase'] }).notNull(),
    user: text().notNull(),
    source: text({ enum: ['admin', 'server', 'wordpress', 'shopify', 'shopper'] }).notNull(),
    state: text({ enum: ['waiting', 'running', 'done', 'dismissed'] }).notNull(),
    /** Who of the site, or the person; null for a server or a platform. */
    askedBy: text('asked_by'),
    askedAt: integer('asked_at').notNull(),
    /** Nobody else takes it on before. */
    dueAt: integer('due_at'),
    doneAt: integer('done_at'),
    tries: integer().notNull(),
    step: text().notNull(),
    /** The person's addresses, JSON, while it runs. */
    subject: text(),
    /** JSON: messages, files, records. */
    counts: text().notNull(),
  },
  (t) => [
    index('privacy_requests_site').on(t.site, t.askedAt),
    index('privacy_requests_due').on(t.dueAt).where(sql`state = 'running'`),
    uniqueIndex('privacy_requests_one').on(t.site, t.user, t.kind).where(sql`state IN ('waiting', 'running')`),
  ],
)

/** People of whom nothing may be erased for now. */
export const privacyHolds = sqliteTable(
  'privacy_holds',
  {
    site: text().notNull(),
    user: text().notNull(),
    reason: text(),
    by: text(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.user] })],
)

/** Proof of an address for a guest's request, by the SHA-256 of its code. */
export const privacyCodes = sqliteTable(
  'privacy_codes',
  {
    user: text().primaryKey(),
    site: text().notNull(),
    hash: text().notNull(),
    endsAt: integer('ends_at').notNull(),
    tries: integer().notNull(),
  },
  (t) => [index('privacy_codes_ends').on(t.endsAt)],
)

/** When a site's old chats and files are looked for next. */
export const privacySweeps = sqliteTable('privacy_sweeps', {
  site: text().primaryKey(),
  nextAt: integer('next_at').notNull(),
})
