-- Files of messages. The row is there before the object is, so that no object is ever without one; `key` is null once
-- the object is gone.

ALTER TABLE messages ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0;

CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  user TEXT NOT NULL,
  chat TEXT,
  seq INTEGER,
  position INTEGER,
  key TEXT,
  thumb_key TEXT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  created_at INTEGER NOT NULL,
  stored_at INTEGER,
  removed_at INTEGER
) WITHOUT ROWID;
CREATE INDEX attachments_message ON attachments (chat, seq, position) WHERE chat IS NOT NULL;
CREATE INDEX attachments_user ON attachments (user, created_at);
CREATE INDEX attachments_unused ON attachments (created_at) WHERE chat IS NULL;
CREATE INDEX attachments_removed ON attachments (removed_at) WHERE removed_at IS NOT NULL AND key IS NOT NULL;

-- Counted with the message that carries them, as docs/decisions/analytics.md has it.
CREATE TRIGGER files_counted AFTER INSERT ON messages WHEN NEW.attachments > 0
BEGIN
  INSERT INTO activity
  SELECT site, NEW.at / 900000, 'file', context, seller, -1, 0, NEW.attachments FROM chats WHERE id = NEW.chat
  ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
