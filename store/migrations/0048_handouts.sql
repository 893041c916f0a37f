INSERT INTO counters (noun, last) VALUES ('handout', 0);

-- A link by which whoever holds it reads one update. The link itself is signed and kept
-- nowhere.
CREATE TABLE handouts (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	update_id {key} NOT NULL REFERENCES updates (id),
	given_for text NOT NULL CHECK (given_for <> ''),
	given_by text NOT NULL,
	given_at {time} NOT NULL,
	until_at {time} NOT NULL,
	ended_at {time} NOT NULL DEFAULT 0,
	ended_by text NOT NULL DEFAULT ''
) {table};
CREATE INDEX handouts_of ON handouts (update_id, id);
REFUSE DELETE ON handouts SAYING 'to whom an update was given is never deleted';
