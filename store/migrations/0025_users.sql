-- Who signs in. Names and logins are read by administrators; of a password only an
-- argon2id hash is kept, of the link that sets one only a hash, and until when.
CREATE TABLE users (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	name text NOT NULL CHECK (name <> ''),
	login text NOT NULL CHECK (login <> ''),
	role {code} NOT NULL CHECK (role > 0),
	password text,
	link {bytes},
	link_until {time} NOT NULL DEFAULT 0,
	made_at {time} NOT NULL,
	made_by text NOT NULL,
	signed_at {time} NOT NULL DEFAULT 0,
	closed_at {time} NOT NULL DEFAULT 0
) {table};
CREATE UNIQUE INDEX users_login ON users (org, login) WHERE closed_at = 0;
CREATE UNIQUE INDEX users_link ON users (link) WHERE link IS NOT NULL;
INSERT INTO counters (noun, last) VALUES ('user', 0);

-- One for each browser that is signed in; only the hash of its secret is kept. They
-- belong to the place: a backup has none.
CREATE TABLE sessions (
	hash {bytes} NOT NULL PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	user_id {key} NOT NULL REFERENCES users (id),
	made_at {time} NOT NULL,
	seen_at {time} NOT NULL
) {clustered};
CREATE INDEX sessions_user ON sessions (user_id);
