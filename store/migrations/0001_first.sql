-- The first schema. One text for both engines: words in braces are replaced
-- by the dialect, a REFUSE statement becomes a trigger. Times are integer
-- microseconds UTC, 0 is open. States are the small numbers of code.go.

CREATE TABLE installation (
	one {key} PRIMARY KEY CHECK (one = 1),
	uuid text NOT NULL,
	key_check {bytes} NOT NULL,
	created_at {time} NOT NULL
) {table};

-- The last key given out, by noun: one way to keys for both engines.
CREATE TABLE counters (
	noun text NOT NULL PRIMARY KEY,
	last {key} NOT NULL
) {clustered};
INSERT INTO counters (noun, last) VALUES ('organisation', 0), ('recipient', 0), ('fact', 0), ('site', 0),
	('trip', 0), ('situation', 0), ('update', 0), ('fanout', 0);

-- seq is the number of the last log row: taking the next locks the row, so
-- that the order of the log is the order of the commits.
CREATE TABLE organisations (
	id {key} PRIMARY KEY,
	uuid text NOT NULL UNIQUE,
	name text NOT NULL,
	seq {key} NOT NULL DEFAULT 0,
	created_at {time} NOT NULL
) {table};

CREATE TABLE log (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	at {time} NOT NULL,
	kind {code} NOT NULL CHECK (kind > 0),
	ref text NOT NULL,
	verb text NOT NULL,
	PRIMARY KEY (org, seq)
) {clustered};
CREATE INDEX log_people ON log (org, seq) WHERE kind = {log people};
REFUSE UPDATE ON log SAYING 'a log row is never changed';
REFUSE DELETE ON log SAYING 'a log row is never deleted';

CREATE TABLE workers (
	id text NOT NULL PRIMARY KEY,
	kind text NOT NULL,
	host text NOT NULL,
	pid {key} NOT NULL,
	started_at {time} NOT NULL,
	beat_at {time} NOT NULL
) {clustered};

-- Whoever may be told: a person (1) or a hook (2).
CREATE TABLE recipients (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	kind {code} NOT NULL CHECK (kind IN (1, 2))
) {table};

-- external is the keyed hash of what the organisation calls the person.
CREATE TABLE persons (
	id {key} PRIMARY KEY REFERENCES recipients (id),
	org {key} NOT NULL,
	external {bytes},
	erased_at {time} NOT NULL DEFAULT 0,
	UNIQUE (org, external)
) {table};
CREATE INDEX persons_by_org ON persons (org, id);

CREATE TABLE person_records (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	wrapped_key {bytes} NOT NULL,
	sealed {bytes} NOT NULL,
	PRIMARY KEY (person_id, id)
) {clustered};

CREATE TABLE addresses (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	no {code} NOT NULL CHECK (no > 0),
	channel {code} NOT NULL CHECK (channel > 0),
	PRIMARY KEY (person_id, id)
) {clustered};

CREATE TABLE sites (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	name text NOT NULL,
	area text NOT NULL,
	lat {real},
	lon {real},
	UNIQUE (org, name)
) {table};

CREATE TABLE trips (
	id {key} PRIMARY KEY,
	org {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	person_id {key} NOT NULL REFERENCES persons (id),
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0
) {table};
CREATE INDEX trips_by_person ON trips (person_id);

-- Closed by recorded_to, never overwritten.
CREATE TABLE presences (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	from_us {time} NOT NULL,
	to_us {time} NOT NULL,
	site_id {key} REFERENCES sites (id),
	trip_id {key} REFERENCES trips (id),
	because {code} NOT NULL CHECK (because > 0),
	area text NOT NULL,
	point_ref text NOT NULL,
	PRIMARY KEY (person_id, id)
) {clustered};

CREATE TABLE hooks (
	id {key} PRIMARY KEY REFERENCES recipients (id),
	org {key} NOT NULL,
	removed_at {time} NOT NULL DEFAULT 0,
	sealed {bytes} NOT NULL
) {table};

CREATE TABLE reports (
	uuid text NOT NULL PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	received_at {time} NOT NULL,
	origin text NOT NULL,
	provider text NOT NULL,
	digest text NOT NULL,
	body {bytes} NOT NULL,
	reading text NOT NULL
) {table};
REFUSE UPDATE ON reports SAYING 'a report is never changed';

CREATE TABLE situations (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	title text NOT NULL,
	status {code} NOT NULL CHECK (status BETWEEN 0 AND 2),
	last {key} NOT NULL
) {table};

-- state is draft or published; what befell it later stands in marks.
CREATE TABLE updates (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	state {code} NOT NULL CHECK (state IN ({update draft}, {update published})),
	status {code} NOT NULL CHECK (status BETWEEN 0 AND 2),
	situation_id {key} REFERENCES situations (id),
	number {key} CHECK (number > 0),
	corrects_id {key} REFERENCES updates (id) DEFERRABLE INITIALLY DEFERRED,
	created_at {time} NOT NULL,
	published_at {time} NOT NULL DEFAULT 0,
	body text NOT NULL,
	UNIQUE (situation_id, number),
	CHECK ((state = {update draft} AND number IS NULL AND published_at = 0)
		OR (state = {update published} AND number IS NOT NULL AND situation_id IS NOT NULL AND published_at <> 0))
) {table};
CREATE INDEX updates_by_time ON updates (org, published_at);
REFUSE UPDATE ON updates WHEN OLD.state <> {update draft} SAYING 'a published update is never changed';
REFUSE DELETE ON updates WHEN OLD.state <> {update draft} SAYING 'a published update is never deleted';

CREATE TABLE marks (
	update_id {key} PRIMARY KEY REFERENCES updates (id),
	org {key} NOT NULL,
	state {code} NOT NULL CHECK (state IN ({update overtaken}, {update stopped})),
	overtaken_by {key} REFERENCES updates (id),
	overtaken_at {time} NOT NULL DEFAULT 0,
	stopped_at {time} NOT NULL DEFAULT 0,
	stop_reason text NOT NULL DEFAULT ''
) {table};
REFUSE DELETE ON marks SAYING 'a mark is never deleted';

CREATE TABLE fanouts (
	id {key} PRIMARY KEY,
	org {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	update_id {key} NOT NULL UNIQUE REFERENCES updates (id),
	state {code} NOT NULL CHECK (state BETWEEN {fanout queued} AND {fanout halted}),
	lane {code} NOT NULL,
	pass {key} NOT NULL DEFAULT 0,
	place {key} NOT NULL DEFAULT 0,
	notices {key} NOT NULL DEFAULT 0,
	deliveries {key} NOT NULL DEFAULT 0,
	created_at {time} NOT NULL,
	finished_at {time} NOT NULL DEFAULT 0,
	leased_by text,
	lease_until {time} NOT NULL DEFAULT 0,
	CHECK ((finished_at = 0) = (state IN ({fanout queued}, {fanout planning})))
) {table};
CREATE INDEX fanouts_open ON fanouts (org, lane, id) WHERE finished_at = 0;

CREATE TABLE variants (
	update_id {key} NOT NULL REFERENCES updates (id),
	no {key} NOT NULL,
	digest text NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (update_id, no)
) {clustered};

CREATE TABLE notices (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL REFERENCES recipients (id),
	variant_no {key} NOT NULL,
	relation {code} NOT NULL CHECK (relation BETWEEN 0 AND 3),
	PRIMARY KEY (update_id, recipient_id),
	FOREIGN KEY (update_id, variant_no) REFERENCES variants (update_id, no)
) {clustered};

-- due_at is the one clock of the queue: when the row may be claimed. A claim
-- moves it to the end of its lease, so that a lapsed lease is simply due.
-- heard_at is the last evidence from the recipient's own end.
CREATE TABLE deliveries (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	org {key} NOT NULL,
	due_at {time} NOT NULL,
	accepted_at {time} NOT NULL DEFAULT 0,
	heard_at {time} NOT NULL DEFAULT 0,
	address_no {code} NOT NULL CHECK (address_no > 0),
	channel {code} NOT NULL CHECK (channel > 0),
	state {code} NOT NULL CHECK (state BETWEEN 1 AND 8),
	lane {code} NOT NULL,
	attempts {code} NOT NULL DEFAULT 0,
	doubts {code} NOT NULL DEFAULT 0 CHECK (doubts >= 0),
	leased_by text,
	detail text,
	PRIMARY KEY (update_id, recipient_id, address_no),
	FOREIGN KEY (update_id, recipient_id) REFERENCES notices (update_id, recipient_id)
) {queue};
CREATE INDEX deliveries_queue ON deliveries (org, lane, channel, update_id, due_at) WHERE state = {queued};

-- seq is that of the reply's log row: the order of replies is that of the log.
CREATE TABLE replies (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	at {time} NOT NULL,
	kind {code} NOT NULL CHECK (kind > 0),
	sealed {bytes},
	PRIMARY KEY (org, seq),
	FOREIGN KEY (update_id, recipient_id) REFERENCES notices (update_id, recipient_id)
) {clustered};
CREATE INDEX replies_by_notice ON replies (update_id, recipient_id, seq);
