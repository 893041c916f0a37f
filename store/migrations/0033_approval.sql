INSERT INTO counters (noun, last) VALUES ('approval', 0);

-- A second person being asked for their word about a draft, or (glass) to look at what
-- one person published alone. draft is the update's uuid: a draft may be removed. sum is
-- of what was seen by whoever asked. due_at is when somebody is rung next; 0 where nobody
-- is any more.
CREATE TABLE approvals (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	draft text NOT NULL,
	glass {code} NOT NULL CHECK (glass IN (0, 1)),
	sum {bytes} NOT NULL,
	wish text NOT NULL,
	urgent {code} NOT NULL CHECK (urgent IN (0, 1)),
	state {code} NOT NULL CHECK (state BETWEEN 1 AND 10),
	asked_by text NOT NULL,
	asker text NOT NULL,
	asked_at {time} NOT NULL,
	ends_at {time} NOT NULL,
	reason text NOT NULL,
	decided_by text NOT NULL DEFAULT '',
	decider text NOT NULL DEFAULT '',
	by_link {code} NOT NULL DEFAULT 0,
	words text NOT NULL DEFAULT '',
	decided_at {time} NOT NULL DEFAULT 0,
	step {code} NOT NULL DEFAULT 0,
	due_at {time} NOT NULL,
	task_id {key} REFERENCES tasks (id)
) {table};
CREATE UNIQUE INDEX approvals_asked ON approvals (org, draft) WHERE state = {approval asked};
CREATE INDEX approvals_of ON approvals (org, draft, id);
CREATE INDEX approvals_due ON approvals (org, due_at) WHERE state IN ({approval asked}, {approval unseen});
REFUSE DELETE ON approvals SAYING 'that a second person was asked is never deleted';

-- Where somebody who signs in is rung, as a recipient of kind 2. sealed are the
-- addresses, under a key of its own; none: what they sign in with, where that is a mail
-- address. pin is an argon2id hash, of what they type on their phone; wrong is how often
-- another was typed since it was right.
CREATE TABLE user_reach (
	id {key} PRIMARY KEY REFERENCES recipients (id),
	org {key} NOT NULL REFERENCES organisations (id),
	user_id {key} NOT NULL UNIQUE REFERENCES users (id),
	uuid text NOT NULL,
	set_at {time} NOT NULL,
	set_by text NOT NULL,
	wrapped_key {bytes},
	sealed {bytes},
	pin text,
	wrong {code} NOT NULL DEFAULT 0
) {table};

ALTER TABLE letters ADD COLUMN approval_id {key} REFERENCES approvals (id);
CREATE INDEX letters_by_approval ON letters (approval_id);
