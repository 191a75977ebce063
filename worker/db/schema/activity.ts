import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What happened, by quarters of an hour of UTC since 1970. */
export const activity = sqliteTable(
  'activity',
  {
    site: text().notNull(),
    quarter: integer().notNull(),
    what: text({ enum: ['chat', 'message', 'file'] }).notNull(),
    context: text({ enum: ['product', 'order', 'post'] }).notNull(),
    seller: text().notNull(),
    /** The quarter of the chat's message before; -1 for its first. */
    previous: integer().notNull(),
    /** The bin of a first answer's time; 0 for what is none. */
    reply: integer().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.quarter, t.what, t.context, t.seller, t.previous, t.reply] })],
)

/** How far a site's activity is folded into days of its time zone; `through` is the first day that is not. */
export const activityFolds = sqliteTable(
  'activity_folds',
  {
    site: text().primaryKey(),
    zone: text().notNull(),
    through: integer().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (t) => [index('activity_folds_due').on(t.dueAt)],
)

// Days are those since 1970 of the zone's calendar.

export const activityDays = sqliteTable(
  'activity_days',
  {
    site: text().notNull(),
    day: integer().notNull(),
    what: text({ enum: ['chat', 'message', 'file'] }).notNull(),
    context: text({ enum: ['product', 'order', 'post'] }).notNull(),
    /** The day of the chat's message before; -1 for its first. */
    previous: integer().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.day, t.what, t.context, t.previous] })],
)

export const activityReplies = sqliteTable(
  'activity_replies',
  { site: text().notNull(), day: integer().notNull(), reply: integer().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.site, t.day, t.reply] })],
)

export const activitySellers = sqliteTable(
  'activity_sellers',
  {
    site: text().notNull(),
    day: integer().notNull(),
    seller: text().notNull(),
    what: text({ enum: ['chat', 'message', 'file'] }).notNull(),
    reply: integer().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.day, t.seller, t.what, t.reply] })],
)

export const activityHours = sqliteTable(
  'activity_hours',
  { site: text().notNull(), day: integer().notNull(), hour: integer().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.site, t.day, t.hour] })],
)
