-- Export, erasure, legal hold, retention.

-- What is left of a message whose words are gone. 1: a placeholder stands there; 2: an empty row that keeps its number.
ALTER TABLE messages ADD COLUMN erased INTEGER;

-- Change number of the last erasure in a chat: who has heard less loads it anew.
ALTER TABLE chats ADD COLUMN erased_n INTEGER;
-- When retention took the whole chat; its row goes once every page has heard.
ALTER TABLE chats ADD COLUMN gone_at INTEGER;

ALTER TABLE users ADD COLUMN erased_at INTEGER;
CREATE INDEX IF NOT EXISTS links_user ON links (user);
CREATE INDEX users_by_email ON users (site, lower(email)) WHERE email IS NOT NULL;

-- Orders of an erased person take no more news: a late hook would bring the name back.
ALTER TABLE orders ADD COLUMN erased_at INTEGER;

-- What somebody asked for, and the receipt of what came of it. `subject` goes when it is done.
CREATE TABLE privacy_requests (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  user TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  asked_by TEXT,
  asked_at INTEGER NOT NULL,
  due_at INTEGER,
  done_at INTEGER,
  tries INTEGER NOT NULL,
  step TEXT NOT NULL,
  subject TEXT,
  counts TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX privacy_requests_site ON privacy_requests (site, asked_at);
CREATE INDEX privacy_requests_due ON privacy_requests (due_at) WHERE state = 'running';
CREATE UNIQUE INDEX privacy_requests_one ON privacy_requests (site, user, kind) WHERE state IN ('waiting', 'running');

CREATE TABLE privacy_holds (
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT,
  by TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, user)
) WITHOUT ROWID;

-- Proof of an address, mailed to a guest who asks for their data.
CREATE TABLE privacy_codes (
  user TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  hash TEXT NOT NULL,
  ends_at INTEGER NOT NULL,
  tries INTEGER NOT NULL
) WITHOUT ROWID;

-- When a site's old chats and files are looked for next.
CREATE TABLE privacy_sweeps (
  site TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What platforms asked for by law waited for this.
UPDATE hook_events SET due_at = received_at WHERE due_at IS NULL AND done_at IS NULL;
