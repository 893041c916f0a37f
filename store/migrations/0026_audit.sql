-- By whom each change was, and a sum that ties the row to the one before (package
-- chain). Rows from before have neither: the first sum is over all of them.
ALTER TABLE log ADD COLUMN via {code} NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN actor text NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN actor_id text NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN chain {bytes};

-- What the installation's key vouches for: the sum of a row, sealed with it.
CREATE TABLE seals (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	chain {bytes} NOT NULL,
	seal {bytes} NOT NULL,
	at {time} NOT NULL,
	PRIMARY KEY (org, seq)
) {clustered};
REFUSE DELETE ON seals SAYING 'a seal is never deleted';
