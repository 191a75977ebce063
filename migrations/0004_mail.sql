-- Mails that wait, and what became of them.

-- The language that the person's browser asked for when they last signed in.
ALTER TABLE users ADD COLUMN locale TEXT;

-- Facts of the deployment, in the directory: its own address, as the operator calls it.
CREATE TABLE deployment (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  chat TEXT,
  email TEXT,
  locale TEXT,
  payload TEXT,
  state TEXT NOT NULL,
  rank INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT,
  taken_at INTEGER,
  upto_seq INTEGER,
  subject TEXT,
  template TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  provider_id TEXT,
  done_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX outbox_gather ON outbox (chat, recipient, kind) WHERE state = 'queued';
CREATE INDEX outbox_due ON outbox (rank, due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_taken ON outbox (site, address, taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX outbox_done ON outbox (site, done_at) WHERE done_at IS NOT NULL;

-- What is handed to the provider, to the letter the same at every try. Apart, so that the outbox's rows stay small.
CREATE TABLE outbox_requests (
  mail TEXT PRIMARY KEY,
  request TEXT NOT NULL
);
