-- What diagnostics know of a shop beside its chats.

-- Where the script, and My Chats on a page that the settings name, were last seen; each noted at most once an hour.
CREATE TABLE hellos (
  site TEXT NOT NULL,
  origin TEXT NOT NULL,
  page TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (site, origin, page)
) WITHOUT ROWID;

-- What the shop says it runs on.
CREATE TABLE shop_versions (
  site TEXT PRIMARY KEY,
  versions TEXT NOT NULL,
  told_at INTEGER NOT NULL
) WITHOUT ROWID;
