-- Orders and posts of a shop, what its hooks have brought, and where its orders can be asked for.

-- When the shop last changed it, by the shop's own clock: an older delivery changes nothing.
ALTER TABLE products ADD COLUMN version INTEGER;
ALTER TABLE users ADD COLUMN shop_version INTEGER;

CREATE TABLE posts (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT,
  url TEXT,
  picture TEXT,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE orders (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  parent TEXT,
  number TEXT NOT NULL,
  customer TEXT,
  buyer TEXT NOT NULL,
  former_buyer TEXT,
  buyer_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  open INTEGER NOT NULL,
  wanted INTEGER NOT NULL,
  deleted_at INTEGER,
  changed INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;
CREATE INDEX orders_buyer ON orders (buyer);
CREATE INDEX orders_parent ON orders (site, parent) WHERE parent IS NOT NULL;

CREATE TABLE order_parts (
  site TEXT NOT NULL,
  order_id TEXT NOT NULL,
  seller TEXT NOT NULL,
  title TEXT NOT NULL,
  price TEXT,
  url TEXT,
  status TEXT,
  starter TEXT,
  changed INTEGER NOT NULL,
  PRIMARY KEY (site, order_id, seller)
) WITHOUT ROWID;

CREATE TABLE hook_events (
  site TEXT NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER,
  done_at INTEGER,
  tries INTEGER NOT NULL,
  PRIMARY KEY (site, source, key)
) WITHOUT ROWID;
CREATE INDEX hook_events_due ON hook_events (due_at) WHERE done_at IS NULL;
CREATE INDEX hook_events_done ON hook_events (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE hook_counts (
  site TEXT NOT NULL,
  source TEXT NOT NULL,
  outcome TEXT NOT NULL,
  n INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (site, source, outcome)
) WITHOUT ROWID;

CREATE TABLE shop_sources (
  site TEXT NOT NULL,
  source TEXT NOT NULL,
  address TEXT NOT NULL,
  key_id TEXT,
  secret TEXT,
  swept_until INTEGER,
  next_sweep_at INTEGER,
  trouble TEXT,
  PRIMARY KEY (site, source)
) WITHOUT ROWID;
CREATE INDEX shop_sources_next ON shop_sources (next_sweep_at) WHERE next_sweep_at IS NOT NULL;
