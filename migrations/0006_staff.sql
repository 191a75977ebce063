-- The people who run a site, how they prove who they are, and what they did.

-- Owners, admins and analysts invited by mail or by a setup code; those whom the shop signs in are not here.
CREATE TABLE staff (
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  joined_at INTEGER,
  PRIMARY KEY (site, user)
) WITHOUT ROWID;

-- What a code or a passkey answers, once. `address` is a keyed hash: enough to count by, and nothing to read.
CREATE TABLE challenges (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  use TEXT NOT NULL,
  user TEXT,
  answer TEXT NOT NULL,
  address TEXT,
  tries INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX challenges_address ON challenges (address, created_at) WHERE address IS NOT NULL;
CREATE INDEX challenges_ends ON challenges (ends_at);

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT,
  created_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX passkeys_user ON passkeys (user);

-- `stepped_up_at`: when the person last proved anew to be the same one.
ALTER TABLE sessions ADD COLUMN opened_by TEXT;
ALTER TABLE sessions ADD COLUMN device TEXT;
ALTER TABLE sessions ADD COLUMN stepped_up_at INTEGER;
CREATE INDEX sessions_staff ON sessions (site, created_at) WHERE role IN ('analyst', 'admin', 'owner');

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  role TEXT,
  action TEXT NOT NULL,
  subject TEXT,
  field TEXT,
  from_value TEXT,
  to_value TEXT
);
CREATE INDEX audit_site ON audit (site, at, id);

-- What the settings were before each save, for undoing and for telling two admins apart.
CREATE TABLE settings_saves (
  site TEXT NOT NULL,
  version INTEGER NOT NULL,
  before TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (site, version)
) WITHOUT ROWID;

ALTER TABLE sites ADD COLUMN wizard TEXT;

-- Chats about a thing whose card has changed.
CREATE INDEX chats_thing ON chats (site, context, thing);
