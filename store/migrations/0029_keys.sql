-- The keys of the installation: by what each is known again, and what it inherited of
-- the one before, sealed with itself. None of them is here. At most one is the next, one
-- current and one leaving.
CREATE TABLE installation_keys (
	no {key} PRIMARY KEY CHECK (no > 0),
	state {code} NOT NULL CHECK (state BETWEEN {key next} AND {key ended}),
	key_check {bytes} NOT NULL UNIQUE,
	heritage {bytes},
	made_at {time} NOT NULL,
	since {time} NOT NULL DEFAULT 0,
	left_at {time} NOT NULL DEFAULT 0,
	ended_at {time} NOT NULL DEFAULT 0
) {table};
CREATE UNIQUE INDEX installation_keys_state ON installation_keys (state) WHERE state <> {key ended};
INSERT INTO installation_keys (no, state, key_check, made_at, since)
	SELECT 1, {key current}, key_check, created_at, created_at FROM installation;

-- The newest key that a process that runs holds.
ALTER TABLE workers ADD COLUMN key_no {key} NOT NULL DEFAULT 1;
