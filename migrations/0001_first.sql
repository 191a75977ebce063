-- Times are ms since 1970 by D1's clock. Tables are only ever added to.

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  db TEXT NOT NULL DEFAULT 'DB',
  default_seller TEXT NOT NULL,
  settings TEXT NOT NULL DEFAULT '{}',
  settings_version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE site_origins (
  site TEXT NOT NULL,
  origin TEXT NOT NULL,
  use TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, origin, use)
) WITHOUT ROWID;
CREATE INDEX site_origins_origin ON site_origins (origin);

CREATE TABLE site_keys (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  use TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX site_keys_site ON site_keys (site);

CREATE TABLE clock (
  site TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  n INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  shop_id TEXT,
  guest INTEGER NOT NULL,
  name TEXT,
  email TEXT,
  email_verified INTEGER NOT NULL DEFAULT 0,
  merged_into TEXT,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_shop_id ON users (site, shop_id);
CREATE INDEX users_merged_into ON users (merged_into);

CREATE TABLE sellers (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  picture TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE seller_members (
  site TEXT NOT NULL,
  seller TEXT NOT NULL,
  user TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, seller, user)
) WITHOUT ROWID;
CREATE INDEX seller_members_user ON seller_members (user);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  key TEXT,
  refresh_hash TEXT NOT NULL,
  previous_hash TEXT,
  rotated_at INTEGER NOT NULL,
  orders TEXT,
  created_at INTEGER NOT NULL,
  idle_until INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user);
CREATE INDEX sessions_key ON sessions (key);

CREATE TABLE links (
  hash TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  use TEXT NOT NULL,
  user TEXT NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;

CREATE TABLE products (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  seller TEXT,
  url TEXT,
  picture TEXT,
  price TEXT,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE chats (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  customer TEXT NOT NULL,
  seller TEXT NOT NULL,
  context TEXT NOT NULL,
  thing TEXT NOT NULL,
  claim TEXT,
  state TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX chats_one ON chats (site, customer, context, thing, seller);
CREATE INDEX chats_started ON chats (started_by, started_at);
CREATE INDEX chats_seller ON chats (site, seller);

CREATE TABLE participants (
  user TEXT NOT NULL,
  chat TEXT NOT NULL,
  side TEXT NOT NULL,
  joined_n INTEGER NOT NULL,
  left_n INTEGER,
  read_seq INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY (user, chat)
) WITHOUT ROWID;
CREATE INDEX participants_changed ON participants (user, changed, chat);
CREATE INDEX participants_chat ON participants (chat);

CREATE TABLE messages (
  chat TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sender TEXT NOT NULL,
  side TEXT NOT NULL,
  client_id TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY (chat, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX messages_client_id ON messages (chat, sender, client_id);
CREATE INDEX messages_sender ON messages (sender, at, chat);

CREATE TABLE blocks (
  site TEXT NOT NULL,
  seller TEXT NOT NULL,
  user TEXT NOT NULL,
  by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, user, seller)
) WITHOUT ROWID;
