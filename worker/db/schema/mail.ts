import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Mails, from the moment that they are wanted. What is done with keeps no address and no words of people. */
export const outbox = sqliteTable(
  'outbox',
  {
    /** Also the key by which the provider knows a mail that it has taken already. */
    id: text().primaryKey(),
    site: text().notNull(),
    kind: text().notNull(),
    /** A user's id, or an address that belongs to none. */
    recipient: text().notNull(),
    chat: text(),
    /** Where it goes; null: wherever the recipient then has their mail. */
    email: text(),
    locale: text(),
    /** Values of the mail's tokens, JSON. */
    payload: text(),
    /** `queued`: still gathers. `sending`: rendered, from here on the same mail at every try. */
    state: text({ enum: ['queued', 'sending', 'sent', 'dropped', 'dead'] }).notNull(),
    /** 0 goes first: codes and links that somebody waits for. */
    rank: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    dueAt: integer('due_at').notNull(),
    /** Never sent after. */
    expiresAt: integer('expires_at').notNull(),
    /** SHA-256 of the address, by which the caps count. */
    address: text(),
    /** When it was rendered, which is when the caps count it; 0 where they are to count it anew. */
    takenAt: integer('taken_at'),
    /** The last message that it tells of. */
    uptoSeq: integer('upto_seq'),
    /** For the chat's next mails to this address, so that they stay one thread, as long as the template is the same. */
    subject: text(),
    template: text(),
    tries: integer().notNull().default(0),
    /** Why it was dropped, or what the last try met. */
    reason: text(),
    providerId: text('provider_id'),
    doneAt: integer('done_at'),
  },
  (t) => [
    uniqueIndex('outbox_gather').on(t.chat, t.recipient, t.kind).where(sql`state = 'queued'`),
    index('outbox_due').on(t.rank, t.dueAt).where(sql`done_at IS NULL`),
    index('outbox_taken').on(t.site, t.address, t.takenAt).where(sql`taken_at IS NOT NULL`),
    index('outbox_done').on(t.site, t.doneAt).where(sql`done_at IS NOT NULL`),
  ],
)

/** What is handed to the provider, JSON, to the letter the same at every try. */
export const outboxRequests = sqliteTable('outbox_requests', {
  mail: text().primaryKey(),
  request: text().notNull(),
  /** Numbers of the messages that it quotes, JSON. */
  quotes: text(),
})

/** Who wants no notifications by mail: of one chat, or (`*`) of any. */
export const mailStops = sqliteTable(
  'mail_stops',
  {
    site: text().notNull(),
    user: text().notNull(),
    chat: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.user, t.chat] })],
)

/** Addresses that bounced or complained, as SHA-256: to be left in peace without being kept. */
export const suppressedAddresses = sqliteTable('suppressed_addresses', {
  address: text().primaryKey(),
  reason: text({ enum: ['bounce', 'complaint', 'suppressed'] }).notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Mails that anybody can cause to an address (SHA-256), so that nobody is flooded: a sliding log of a day. */
export const askedMails = sqliteTable(
  'asked_mails',
  {
    address: text().notNull(),
    kind: text().notNull(),
    at: integer().notNull(),
    id: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.address, t.kind, t.at, t.id] }), index('asked_mails_at').on(t.at)],
)

/** Where a browser's push service takes notifications (RFC 8030), by the SHA-256 of its endpoint. */
export const pushSubscriptions = sqliteTable(
  'push_subscriptions',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    user: text().notNull(),
    /** Over with it, the browser hears nothing more. */
    session: text().notNull(),
    endpoint: text().notNull(),
    p256dh: text().notNull(),
    auth: text().notNull(),
    /** The person wants to read the message's words on the lock screen. */
    words: integer({ mode: 'boolean' }).notNull(),
    locale: text().notNull(),
    /** The deployment's address, where the notification leads. */
    origin: text().notNull(),
    /** The site's change number up to which it has rung. */
    rungN: integer('rung_n').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('push_subscriptions_user').on(t.site, t.user)],
)
