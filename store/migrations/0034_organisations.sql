-- Several organisations: each has a short name, by which it is meant, may offer what
-- it publishes to the others, and may be closed.
ALTER TABLE organisations ADD COLUMN handle text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN offers {code} NOT NULL DEFAULT 0 CHECK (offers BETWEEN 0 AND 1);
ALTER TABLE organisations ADD COLUMN closed_at {time} NOT NULL DEFAULT 0;
UPDATE organisations SET handle = 'org' || id;
CREATE UNIQUE INDEX organisations_handle ON organisations (handle);

-- By which another is let in to join: the hash of the link's secret, who made it, and
-- until when it is good. One that was used says for which organisation.
CREATE TABLE invitations (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	hash {bytes} NOT NULL UNIQUE,
	note text NOT NULL,
	made_at {time} NOT NULL,
	made_by text NOT NULL,
	until_at {time} NOT NULL,
	used_at {time} NOT NULL DEFAULT 0,
	joined {key} REFERENCES organisations (id)
) {table};
CREATE INDEX invitations_org ON invitations (org, id);
INSERT INTO counters (noun, last) VALUES ('invitation', 0);

-- Who takes what another publishes. copied_to is the number of the other's log row up to
-- which everything is copied; mode says whether a copy is published at once or laid
-- before the desk.
CREATE TABLE subscriptions (
	org {key} NOT NULL REFERENCES organisations (id),
	publisher {key} NOT NULL REFERENCES organisations (id),
	mode {code} NOT NULL CHECK (mode BETWEEN 1 AND 2),
	made_at {time} NOT NULL,
	made_by text NOT NULL,
	copied_to {key} NOT NULL,
	PRIMARY KEY (org, publisher)
) {table};
CREATE INDEX subscriptions_publisher ON subscriptions (publisher);

-- Which update of ours is the copy of which update of another, and how far what was
-- done to that one since was done to ours.
CREATE TABLE copies (
	update_id {key} PRIMARY KEY REFERENCES updates (id),
	org {key} NOT NULL REFERENCES organisations (id),
	publisher {key} NOT NULL REFERENCES organisations (id),
	source text NOT NULL,
	made_at {time} NOT NULL
) {table};
CREATE UNIQUE INDEX copies_source ON copies (org, source);
