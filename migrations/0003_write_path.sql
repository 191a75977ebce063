-- What a message of a person does to its chat, in the same statement: half the rows read and a third of the statements
-- of a batch that did it by hand. Messages of the system come many at a time and bring their own statements.
CREATE TRIGGER messages_of_people AFTER INSERT ON messages WHEN NEW.side <> 'system'
BEGIN
  UPDATE chats SET last_seq = NEW.seq, last_at = NEW.at WHERE id = NEW.chat;
  -- Who had read everything has read their own side's words too; who had not must still be shown what they missed.
  UPDATE participants SET changed = NEW.changed,
    read_seq = iif(unread = 0 AND side = NEW.side, NEW.seq, read_seq),
    unread = unread + ((side = 'customer') <> (NEW.side = 'customer'))
  WHERE chat = NEW.chat AND left_n IS NULL;
  UPDATE clock SET n = max(n, NEW.changed) WHERE site = (SELECT site FROM chats WHERE id = NEW.chat);
END;

-- Whether the user's inbox has a socket: who has none is not called at every message.
ALTER TABLE users ADD COLUMN online INTEGER NOT NULL DEFAULT 0;
