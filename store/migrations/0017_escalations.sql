-- What is done while nobody answers. A reminder is a round of its own that says
-- what an earlier one said: word is that one's round, and of all else its own.
ALTER TABLE notices ADD COLUMN word {code} NOT NULL DEFAULT 1 CHECK (word > 0);
UPDATE notices SET word = round WHERE round > 1;

INSERT INTO counters (noun, last) VALUES ('policy', 0);

-- A policy in words. It never changes: what is under way keeps the one it began
-- with.
CREATE TABLE policies (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	words text NOT NULL,
	UNIQUE (org, words)
) {table};
REFUSE UPDATE ON policies SAYING 'a policy that something follows is never changed';
REFUSE DELETE ON policies SAYING 'a policy that something follows is never deleted';

-- A policy as it is followed for one word to one person. done counts its acts
-- that are behind it, since is when the last was, due_at when the next is due.
CREATE TABLE escalations (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	org {key} NOT NULL,
	policy_id {key} NOT NULL REFERENCES policies (id),
	since {time} NOT NULL,
	due_at {time} NOT NULL,
	round {code} NOT NULL,
	done {code} NOT NULL DEFAULT 0,
	asked {code} NOT NULL DEFAULT 0 CHECK (asked IN (0, 1)),
	state {code} NOT NULL CHECK (state > 0),
	detail text NOT NULL DEFAULT '',
	PRIMARY KEY (update_id, recipient_id, round),
	FOREIGN KEY (update_id, recipient_id, round) REFERENCES notices (update_id, recipient_id, round)
) {queue};
CREATE INDEX escalations_due ON escalations (org, due_at) WHERE state = {escalation running};
