-- What has ended is found by when, so that it can go.

CREATE INDEX sessions_ends ON sessions (ends_at);
CREATE INDEX links_ends ON links (ends_at) WHERE use <> 'order' OR email IS NOT NULL;
CREATE INDEX privacy_codes_ends ON privacy_codes (ends_at);
CREATE INDEX attachments_age ON attachments (site, created_at) WHERE removed_at IS NULL;

-- Codes to sign in are counted by the network that asks too, so that nobody elsewhere uses up somebody's codes.
ALTER TABLE challenges ADD COLUMN network TEXT;
