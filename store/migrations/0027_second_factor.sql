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
