-- What waits by a wish of its reader. meant_at is when it was planned to be sent,
-- 0 for at once: due_at moves with every try. held is 1 where it goes only if what
-- goes before it over another channel is not known to have reached them.
ALTER TABLE deliveries ADD COLUMN meant_at {time} NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN held {code} NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
