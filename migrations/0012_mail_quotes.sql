-- Which messages of its chat a rendered mail quotes: one that is erased since must not go out.

ALTER TABLE outbox_requests ADD COLUMN quotes TEXT;
