-- Who wants no mail, addresses that must get none, the mails people may ask for, and where phones are rung.

CREATE TABLE mail_stops (
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  chat TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, user, chat)
) WITHOUT ROWID;

CREATE TABLE suppressed_addresses (
  address TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE asked_mails (
  address TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (address, kind, at, id)
) WITHOUT ROWID;
CREATE INDEX asked_mails_at ON asked_mails (at);

CREATE TABLE push_subscriptions (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  session TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  words INTEGER NOT NULL,
  locale TEXT NOT NULL,
  origin TEXT NOT NULL,
  rung_n INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX push_subscriptions_user ON push_subscriptions (site, user);

ALTER TABLE links ADD COLUMN email TEXT;
