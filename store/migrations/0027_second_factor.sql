-- A session has a name by which it is ended, which is not its secret, and keeps when a
-- second factor was shown in it last. Whoever is signed in signs in once more.
DROP TABLE sessions;
CREATE TABLE sessions (
	hash {bytes} NOT NULL PRIMARY KEY,
	uuid text NOT NULL UNIQUE,
	org {key} NOT NULL REFERENCES organisations (id),
	user_id {key} NOT NULL REFERENCES users (id),
	made_at {time} NOT NULL,
	seen_at {time} NOT NULL,
	strong_at {time} NOT NULL DEFAULT 0
) {clustered};
CREATE INDEX sessions_user ON sessions (user_id);

-- Passkeys: of each the public key, what the device calls it, and how often it signed.
-- Nothing of it is a secret. One that is removed is gone; the log says that it was.
CREATE TABLE passkeys (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	user_id {key} NOT NULL REFERENCES users (id),
	uuid text NOT NULL UNIQUE,
	name text NOT NULL CHECK (name <> ''),
	handle {bytes} NOT NULL,
	public_key {bytes} NOT NULL,
	sign_count {key} NOT NULL,
	flags {code} NOT NULL,
	made_at {time} NOT NULL,
	used_at {time} NOT NULL DEFAULT 0
) {table};
CREATE UNIQUE INDEX passkeys_handle ON passkeys (org, handle);
CREATE INDEX passkeys_user ON passkeys (user_id);
INSERT INTO counters (noun, last) VALUES ('passkey', 0);

-- What a browser was asked and has not answered yet, under the hash of the secret in its
-- cookie. Each is taken once. They belong to the place, as sessions do.
CREATE TABLE challenges (
	hash {bytes} NOT NULL PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	user_id {key} REFERENCES users (id),
	kind {code} NOT NULL CHECK (kind > 0),
	kept {bytes} NOT NULL,
	until_at {time} NOT NULL
) {clustered};
CREATE INDEX challenges_until ON challenges (org, until_at);

-- The secret of somebody's one-time codes, sealed with the installation's key, and the
-- step of the last that was used: none is good twice.
CREATE TABLE user_codes (
	user_id {key} PRIMARY KEY REFERENCES users (id),
	org {key} NOT NULL REFERENCES organisations (id),
	sealed {bytes} NOT NULL,
	step {time} NOT NULL,
	made_at {time} NOT NULL,
	used_at {time} NOT NULL
) {table};
