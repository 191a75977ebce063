import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const chats = sqliteTable(
  'chats',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    customer: text().notNull(),
    seller: text().notNull(),
    context: text({ enum: ['product', 'order', 'post'] }).notNull(),
    /** The shop's id of what the chat is about. */
    thing: text().notNull(),
    /** What the page said about the thing, JSON; shown until the catalog knows better. */
    claim: text(),
    state: text({ enum: ['open', 'closed', 'read_only'] }).notNull(),
    lastSeq: integer('last_seq').notNull(),
    lastAt: integer('last_at').notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: integer('started_at').notNull(),
    /** The customer's first message, and the first one after it that a person of the desk wrote. */
    askedAt: integer('asked_at'),
    answeredAt: integer('answered_at'),
    /** Change number of the last erasure: who has heard less loads the chat anew. */
    erasedN: integer('erased_n'),
    /** When retention took it; the row goes once every page has heard. */
    goneAt: integer('gone_at'),
  },
  (t) => [
    index('chats_waiting')
      .on(t.site, t.askedAt, t.seller, t.answeredAt)
      .where(sql`asked_at IS NOT NULL AND answered_at IS NULL`),
    uniqueIndex('chats_one').on(t.site, t.customer, t.context, t.thing, t.seller),
    index('chats_started').on(t.startedBy, t.startedAt),
    index('chats_seller').on(t.site, t.seller),
    index('chats_thing').on(t.site, t.context, t.thing),
  ],
)

export const participants = sqliteTable(
  'participants',
  {
    user: text().notNull(),
    chat: text().notNull(),
    side: text({ enum: ['customer', 'seller'] }).notNull(),
    joinedN: integer('joined_n').notNull(),
    leftN: integer('left_n'),
    readSeq: integer('read_seq').notNull(),
    unread: integer().notNull(),
    /** The change number of what this user was last told about this chat. */
    changed: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.user, t.chat] }),
    index('participants_changed').on(t.user, t.changed, t.chat),
    index('participants_chat').on(t.chat),
  ],
)

export const messages = sqliteTable(
  'messages',
  {
    chat: text().notNull(),
    seq: integer().notNull(),
    sender: text().notNull(),
    side: text({ enum: ['customer', 'seller', 'system'] }).notNull(),
    clientId: text('client_id').notNull(),
    body: text().notNull(),
    at: integer().notNull(),
    changed: integer().notNull(),
    /** 1: the body is the site's placeholder; 2: it is empty and keeps its number; 3: a system line without the name. */
    erased: integer(),
    /** How many files it carries. */
    attachments: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.chat, t.seq] }),
    uniqueIndex('messages_client_id').on(t.chat, t.sender, t.clientId),
    index('messages_sender').on(t.sender, t.at, t.chat),
  ],
)

/** Files: each row is there before its object in R2 is, and stays until that is gone. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    /** Who uploaded it. */
    user: text().notNull(),
    /** The message that carries it; null until it is sent. */
    chat: text(),
    seq: integer(),
    position: integer(),
    /** Of the object in R2, random; null once the object is gone. */
    key: text(),
    thumbKey: text('thumb_key'),
    name: text().notNull(),
    kind: text({ enum: ['image', 'video', 'audio', 'document', 'archive'] }).notNull(),
    type: text().notNull(),
    size: integer().notNull(),
    width: integer(),
    height: integer(),
    createdAt: integer('created_at').notNull(),
    /** Null while the bytes are on their way. */
    storedAt: integer('stored_at'),
    /** From here on nobody gets it any more; the object follows. */
    removedAt: integer('removed_at'),
  },
  (t) => [
    index('attachments_message').on(t.chat, t.seq, t.position).where(sql`chat IS NOT NULL`),
    index('attachments_user').on(t.user, t.createdAt),
    index('attachments_age').on(t.site, t.createdAt).where(sql`removed_at IS NULL`),
    index('attachments_unused').on(t.createdAt).where(sql`chat IS NULL`),
    index('attachments_removed').on(t.removedAt).where(sql`removed_at IS NOT NULL AND key IS NOT NULL`),
  ],
)
