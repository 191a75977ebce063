-- What happened, counted as it happens: docs/decisions/analytics.md says why in this shape.

-- A chat's first question, and the first answer to it that a person gave.
ALTER TABLE chats ADD COLUMN asked_at INTEGER;
ALTER TABLE chats ADD COLUMN answered_at INTEGER;
-- All that a report asks of it, so that it reads no chat.
CREATE INDEX chats_waiting ON chats (site, asked_at, seller, answered_at) WHERE asked_at IS NOT NULL AND answered_at IS NULL;

-- By quarters of an hour of UTC since 1970. `previous` is the quarter of the chat's message before (-1: it is the
-- first), so that messages whose previous one lies before a range are its active chats, each once. `reply` is the bin of a
-- first answer's time, in steps of 8 %; 0 for every other message.
CREATE TABLE activity (
  site TEXT NOT NULL,
  quarter INTEGER NOT NULL,
  what TEXT NOT NULL,
  context TEXT NOT NULL,
  seller TEXT NOT NULL,
  previous INTEGER NOT NULL,
  reply INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, quarter, what, context, seller, previous, reply)
) WITHOUT ROWID;

-- The same by days of the site's time zone, for the days that are over: made from `activity` by the cron, and made anew
-- when the zone changes. `through` is the first day that is not in them.
CREATE TABLE activity_folds (
  site TEXT PRIMARY KEY,
  zone TEXT NOT NULL,
  through INTEGER NOT NULL,
  due_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX activity_folds_due ON activity_folds (due_at);
CREATE TABLE activity_days (
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  what TEXT NOT NULL,
  context TEXT NOT NULL,
  previous INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, what, context, previous)
) WITHOUT ROWID;
CREATE TABLE activity_replies (
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  reply INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, reply)
) WITHOUT ROWID;
CREATE TABLE activity_sellers (
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  seller TEXT NOT NULL,
  what TEXT NOT NULL,
  reply INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, seller, what, reply)
) WITHOUT ROWID;
CREATE TABLE activity_hours (
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, hour)
) WITHOUT ROWID;

-- What was there before it was counted.
WITH asked AS (SELECT chat, min(seq) seq, min(at) at FROM messages WHERE side = 'customer' GROUP BY chat)
UPDATE chats SET asked_at = asked.at, answered_at = (
  SELECT min(at) FROM messages m WHERE m.chat = chats.id AND m.side = 'seller' AND m.seq > asked.seq)
FROM asked WHERE asked.chat = chats.id;
INSERT INTO activity SELECT site, started_at / 900000, 'chat', context, seller, -1, 0, count(*) FROM chats GROUP BY 1, 2, 4, 5;
INSERT INTO activity
SELECT c.site, m.at / 900000, 'message', c.context, c.seller, coalesce(m.before / 900000, -1),
  iif(m.side = 'seller' AND m.is_first AND m.at = c.answered_at,
    1 + CAST(ln(max(c.answered_at - c.asked_at, 1000) / 1000.0) / ln(1.08) AS INTEGER), 0), count(*)
FROM (SELECT chat, side, at, lag(at) OVER (PARTITION BY chat ORDER BY seq) before,
  row_number() OVER (PARTITION BY chat, side, at ORDER BY seq) = 1 is_first FROM messages) m
JOIN chats c ON c.id = m.chat GROUP BY 1, 2, 4, 5, 6, 7;

CREATE TRIGGER chats_counted AFTER INSERT ON chats
BEGIN
  INSERT INTO activity VALUES (NEW.site, NEW.started_at / 900000, 'chat', NEW.context, NEW.seller, -1, 0, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER messages_counted AFTER INSERT ON messages
BEGIN
  INSERT INTO activity
  SELECT c.site, NEW.at / 900000, 'message', c.context, c.seller, coalesce((SELECT at / 900000 FROM messages WHERE chat = NEW.chat AND seq < NEW.seq ORDER BY seq DESC LIMIT 1), -1),
    iif(NEW.side = 'seller' AND c.asked_at IS NOT NULL AND c.answered_at IS NULL,
      1 + CAST(ln(max(NEW.at - c.asked_at, 1000) / 1000.0) / ln(1.08) AS INTEGER), 0), 1
  FROM chats c WHERE c.id = NEW.chat
  ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE chats SET asked_at = NEW.at WHERE id = NEW.chat AND asked_at IS NULL AND NEW.side = 'customer';
  UPDATE chats SET answered_at = NEW.at
  WHERE id = NEW.chat AND asked_at IS NOT NULL AND answered_at IS NULL AND NEW.side = 'seller';
END;
