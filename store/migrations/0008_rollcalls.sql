-- Roll-calls. What is said in one is never overwritten: members, rounds, call
-- sheets, accounts and tries are added, the newest counts.

INSERT INTO counters (noun, last) VALUES ('rollcall', 0);

CREATE TABLE rollcalls (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	state {code} NOT NULL CHECK (state IN ({rollcall open}, {rollcall closed})),
	status {code} NOT NULL,
	update_id {key} REFERENCES updates (id),
	opened_at {time} NOT NULL,
	closed_at {time} NOT NULL DEFAULT 0,
	title text NOT NULL,
	body text NOT NULL,
	opened_by text NOT NULL,
	closed_by text NOT NULL DEFAULT '',
	reason text NOT NULL DEFAULT '',
	CHECK ((state = {rollcall open}) = (closed_at = 0)),
	CHECK (state = {rollcall open} OR closed_by <> '' AND reason <> '')
) {table};
CREATE INDEX rollcalls_by_state ON rollcalls (org, state, id);
REFUSE UPDATE ON rollcalls WHEN OLD.state <> {rollcall open} SAYING 'a closed roll-call is never changed';
REFUSE DELETE ON rollcalls SAYING 'a roll-call is never deleted';

-- relation 0 is by name.
CREATE TABLE roll_members (
	rollcall_id {key} NOT NULL REFERENCES rollcalls (id),
	person_id {key} NOT NULL REFERENCES persons (id),
	added_at {time} NOT NULL,
	relation {code} NOT NULL,
	PRIMARY KEY (rollcall_id, person_id)
) {clustered};
REFUSE DELETE ON roll_members SAYING 'nobody is taken out of a roll-call';

CREATE TABLE roll_rounds (
	rollcall_id {key} NOT NULL REFERENCES rollcalls (id),
	no {code} NOT NULL CHECK (no > 0),
	at {time} NOT NULL,
	asked_at {time} NOT NULL,
	told {code} NOT NULL CHECK (told IN (0, 1)),
	asked_by text NOT NULL,
	PRIMARY KEY (rollcall_id, no)
) {clustered};

-- Who calls whom. seq is that of the log row of the division.
CREATE TABLE roll_callers (
	rollcall_id {key} NOT NULL REFERENCES rollcalls (id),
	seq {key} NOT NULL,
	no {code} NOT NULL,
	name text NOT NULL,
	PRIMARY KEY (rollcall_id, seq, no)
) {clustered};

CREATE TABLE roll_sheets (
	rollcall_id {key} NOT NULL,
	person_id {key} NOT NULL,
	seq {key} NOT NULL,
	caller text NOT NULL,
	PRIMARY KEY (rollcall_id, person_id, seq),
	FOREIGN KEY (rollcall_id, person_id) REFERENCES roll_members (rollcall_id, person_id)
) {clustered};

-- sealed: who spoke to them, where they are, and words, under the person's key.
CREATE TABLE roll_accounts (
	rollcall_id {key} NOT NULL,
	person_id {key} NOT NULL,
	seq {key} NOT NULL,
	at {time} NOT NULL,
	kind {code} NOT NULL CHECK (kind > 0),
	verified {code} NOT NULL CHECK (verified >= 0),
	role {code} NOT NULL CHECK (role > 0),
	said_by text NOT NULL,
	sealed {bytes},
	PRIMARY KEY (rollcall_id, person_id, seq),
	FOREIGN KEY (rollcall_id, person_id) REFERENCES roll_members (rollcall_id, person_id)
) {clustered};
CREATE INDEX roll_accounts_by_person ON roll_accounts (person_id);
REFUSE DELETE ON roll_accounts SAYING 'an account is never deleted';

CREATE TABLE roll_tries (
	rollcall_id {key} NOT NULL,
	person_id {key} NOT NULL,
	seq {key} NOT NULL,
	at {time} NOT NULL,
	line {code} NOT NULL CHECK (line > 0),
	nth {code} NOT NULL CHECK (nth > 0),
	outcome {code} NOT NULL CHECK (outcome > 0),
	tried_by text NOT NULL,
	sealed {bytes},
	PRIMARY KEY (rollcall_id, person_id, seq),
	FOREIGN KEY (rollcall_id, person_id) REFERENCES roll_members (rollcall_id, person_id)
) {clustered};
CREATE INDEX roll_tries_by_person ON roll_tries (person_id);
REFUSE DELETE ON roll_tries SAYING 'a try is never deleted';
