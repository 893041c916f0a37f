INSERT INTO counters (noun, last) VALUES ('callout', 0), ('letter', 0);

-- Whose turn on the rota is when. A turn is a recipient of kind 2: whoever is
-- told and is no person here. sealed are the addresses, under a key of its
-- own; number is the keyed hash of the phone number.
CREATE TABLE duties (
	id {key} PRIMARY KEY REFERENCES recipients (id),
	org {key} NOT NULL REFERENCES organisations (id),
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	from_us {time} NOT NULL,
	to_us {time} NOT NULL,
	place {code} NOT NULL CHECK (place > 0),
	weekly {code} NOT NULL CHECK (weekly IN (0, 1)),
	name text NOT NULL,
	zone text NOT NULL,
	set_by text NOT NULL,
	removed_by text NOT NULL DEFAULT '',
	number {bytes},
	wrapped_key {bytes} NOT NULL,
	sealed {bytes} NOT NULL
) {table};
CREATE INDEX duties_by_org ON duties (org, recorded_to);

-- The rota being asked to take a case, or a task. due_at is when the next step
-- is; 0 where none comes any more.
CREATE TABLE callouts (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	case_id {key} REFERENCES cases (id),
	task_id {key} REFERENCES tasks (id),
	begun_at {time} NOT NULL,
	due_at {time} NOT NULL,
	ended_at {time} NOT NULL DEFAULT 0,
	step {code} NOT NULL DEFAULT 0,
	alls {code} NOT NULL DEFAULT 0,
	CHECK (case_id IS NOT NULL OR task_id IS NOT NULL)
) {table};
CREATE INDEX callouts_due ON callouts (org, due_at) WHERE ended_at = 0;
CREATE UNIQUE INDEX callouts_of_task ON callouts (task_id) WHERE ended_at = 0;
CREATE UNIQUE INDEX callouts_of_case ON callouts (case_id) WHERE ended_at = 0 AND task_id IS NULL;

-- What is told to one address beside the updates: record and queue, as
-- deliveries are. What it says is made when it is sent.
CREATE TABLE letters (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	recipient_id {key} NOT NULL REFERENCES recipients (id),
	case_id {key} REFERENCES cases (id),
	task_id {key} REFERENCES tasks (id),
	callout_id {key} REFERENCES callouts (id),
	made_at {time} NOT NULL,
	due_at {time} NOT NULL,
	accepted_at {time} NOT NULL DEFAULT 0,
	heard_at {time} NOT NULL DEFAULT 0,
	kind {code} NOT NULL CHECK (kind > 0),
	entry_no {code} NOT NULL DEFAULT 0,
	address_no {code} NOT NULL CHECK (address_no > 0),
	channel {code} NOT NULL CHECK (channel > 0),
	state {code} NOT NULL CHECK (state BETWEEN 1 AND 8),
	attempts {code} NOT NULL DEFAULT 0,
	doubts {code} NOT NULL DEFAULT 0 CHECK (doubts >= 0),
	leased_by text,
	detail text
) {table};
CREATE INDEX letters_queue ON letters (org, channel, due_at) WHERE state = {queued};
CREATE INDEX letters_by_case ON letters (case_id);
CREATE INDEX letters_by_callout ON letters (callout_id);
CREATE INDEX letters_by_recipient ON letters (recipient_id);
REFUSE DELETE ON letters SAYING 'a letter is never deleted';

-- Whoever called before this and was not taken is called out for at once.
INSERT INTO callouts (id, org, case_id, begun_at, due_at)
	SELECT c.id, c.org, c.id, c.called_at, c.called_at FROM cases c WHERE c.state = {case open};
UPDATE counters SET last = coalesce((SELECT max(id) FROM callouts), 0) WHERE noun = 'callout';
