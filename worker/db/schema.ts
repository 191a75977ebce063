import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

// The shape of migrations/*.sql; a test holds the two together. Times are ms since 1970 by D1's clock.

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
  (t) => [index('links_ends').on(t.endsAt).where(sql`use <> 'order' OR email IS NOT NULL`)],
)

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
    /** The buyer as a user of ours; a guest's is made for this order. */
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

/** Facts of the deployment, in the directory: its own address, as the operator calls it. */
export const deployment = sqliteTable('deployment', {
  name: text({ enum: ['address'] }).primaryKey(),
  value: text().notNull(),
})

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
