-- Machines that may do some acts. Of a token's secret only a hash is kept; acts are
-- words, with a comma between them. A user whom an identity provider keeps has what it
-- calls them, and their names as it said them; closing says how they came to be closed.
CREATE TABLE tokens (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	name text NOT NULL CHECK (name <> ''),
	hash {bytes} NOT NULL UNIQUE,
	acts text NOT NULL CHECK (acts <> ''),
	made_at {time} NOT NULL,
	made_by text NOT NULL,
	until_at {time} NOT NULL,
	used_at {time} NOT NULL DEFAULT 0,
	ended_at {time} NOT NULL DEFAULT 0
) {table};
CREATE UNIQUE INDEX tokens_name ON tokens (org, name) WHERE ended_at = 0;
INSERT INTO counters (noun, last) VALUES ('token', 0);

ALTER TABLE users ADD COLUMN external text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN display_name text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN formatted_name text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN given_name text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN family_name text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN changed_at {time} NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN closing {code} NOT NULL DEFAULT 0 CHECK (closing BETWEEN 0 AND 2);
CREATE INDEX users_known ON users (org, login);
