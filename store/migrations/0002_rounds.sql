-- Somebody may be told of one update several times: each time is a round.
-- What is there is round 1 of the publication. A primary key cannot be
-- changed, so the ledger's tables are made anew and filled from the old.

-- Why an update ends its situation's word, 0 for none that does not.
ALTER TABLE updates ADD COLUMN cancels {code} NOT NULL DEFAULT 0 CHECK (cancels BETWEEN 0 AND 2);

-- The update that stands: the newest published that is not stopped, 0 where
-- that is a cancellation or all are stopped. It follows from updates and
-- marks, and is kept so that asking for it does not go through them all. No
-- foreign key: updates have one to situations already.
ALTER TABLE situations ADD COLUMN stands {key} NOT NULL DEFAULT 0;
UPDATE situations SET stands = coalesce((SELECT u.id FROM updates u WHERE u.situation_id = situations.id AND u.number > 0
	AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id AND m.state = {update stopped})
	ORDER BY u.number DESC LIMIT 1), 0);
CREATE INDEX situations_standing ON situations (org, stands) WHERE stands > 0;

-- no 1 is the publication, later ones tell again.
CREATE TABLE fanouts_new (
	id {key} PRIMARY KEY,
	org {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	update_id {key} NOT NULL REFERENCES updates (id),
	no {code} NOT NULL CHECK (no > 0),
	cause {code} NOT NULL CHECK (cause > 0),
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
	UNIQUE (update_id, no),
	CHECK ((no = 1) = (cause = {cause published})),
	CHECK ((finished_at = 0) = (state IN ({fanout queued}, {fanout planning})))
) {table};
INSERT INTO fanouts_new (id, org, uuid, update_id, no, cause, state, lane, pass, place, notices, deliveries, created_at, finished_at, leased_by, lease_until)
	SELECT id, org, uuid, update_id, 1, {cause published}, state, lane, pass, place, notices, deliveries, created_at, finished_at, leased_by, lease_until FROM fanouts;

-- fanout_id is null where no fan-out made the notice, but the lookout.
-- made_at of an old one is when its update was published: no later than it
-- was made.
CREATE TABLE notices_new (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL REFERENCES recipients (id),
	fanout_id {key},
	made_at {time} NOT NULL,
	variant_no {key} NOT NULL,
	round {code} NOT NULL CHECK (round > 0),
	relation {code} NOT NULL CHECK (relation BETWEEN 0 AND 4),
	cause {code} NOT NULL CHECK (cause > 0),
	PRIMARY KEY (update_id, recipient_id, round),
	FOREIGN KEY (update_id, variant_no) REFERENCES variants (update_id, no)
) {clustered};
INSERT INTO notices_new (update_id, recipient_id, fanout_id, made_at, variant_no, round, relation, cause)
	SELECT n.update_id, n.recipient_id, f.id, f.created_at, n.variant_no, 1, n.relation, {cause published}
	FROM notices n JOIN fanouts f ON f.update_id = n.update_id ORDER BY n.update_id, n.recipient_id;

CREATE TABLE deliveries_new (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	org {key} NOT NULL,
	due_at {time} NOT NULL,
	accepted_at {time} NOT NULL DEFAULT 0,
	heard_at {time} NOT NULL DEFAULT 0,
	round {code} NOT NULL,
	address_no {code} NOT NULL CHECK (address_no > 0),
	channel {code} NOT NULL CHECK (channel > 0),
	state {code} NOT NULL CHECK (state BETWEEN 1 AND 8),
	lane {code} NOT NULL,
	attempts {code} NOT NULL DEFAULT 0,
	doubts {code} NOT NULL DEFAULT 0 CHECK (doubts >= 0),
	leased_by text,
	detail text,
	PRIMARY KEY (update_id, recipient_id, round, address_no),
	FOREIGN KEY (update_id, recipient_id, round) REFERENCES notices_new (update_id, recipient_id, round)
) {queue};
INSERT INTO deliveries_new (update_id, recipient_id, org, due_at, accepted_at, heard_at, round, address_no, channel, state, lane, attempts, doubts, leased_by, detail)
	SELECT update_id, recipient_id, org, due_at, accepted_at, heard_at, 1, address_no, channel, state, lane, attempts, doubts, leased_by, detail
	FROM deliveries ORDER BY update_id, recipient_id, address_no;

-- round is the person's newest of the update when they answered.
CREATE TABLE replies_new (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	at {time} NOT NULL,
	round {code} NOT NULL,
	kind {code} NOT NULL CHECK (kind > 0),
	sealed {bytes},
	PRIMARY KEY (org, seq),
	FOREIGN KEY (update_id, recipient_id, round) REFERENCES notices_new (update_id, recipient_id, round)
) {clustered};
INSERT INTO replies_new (org, seq, uuid, update_id, recipient_id, at, round, kind, sealed)
	SELECT org, seq, uuid, update_id, recipient_id, at, 1, kind, sealed FROM replies;

DROP TABLE replies;
DROP TABLE deliveries;
DROP TABLE notices;
DROP TABLE fanouts;
ALTER TABLE fanouts_new RENAME TO fanouts;
ALTER TABLE notices_new RENAME TO notices;
ALTER TABLE deliveries_new RENAME TO deliveries;
ALTER TABLE replies_new RENAME TO replies;
CREATE INDEX fanouts_open ON fanouts (org, lane, id) WHERE finished_at = 0;
CREATE INDEX deliveries_queue ON deliveries (org, lane, channel, update_id, due_at) WHERE state = {queued};
CREATE INDEX replies_by_notice ON replies (update_id, recipient_id, seq);

-- Several planners of an update find their variants by what they say.
CREATE UNIQUE INDEX variants_by_digest ON variants (update_id, digest);

-- Who was left out of an update, and why. Reasons repeat a thousand times:
-- each is kept once for its update. fanout_no is 0 for the lookout.
CREATE TABLE omission_reasons (
	update_id {key} NOT NULL REFERENCES updates (id),
	no {key} NOT NULL,
	reason text NOT NULL,
	PRIMARY KEY (update_id, no),
	UNIQUE (update_id, reason)
) {clustered};

CREATE TABLE omissions (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL REFERENCES recipients (id),
	at {time} NOT NULL,
	reason_no {key} NOT NULL,
	fanout_no {code} NOT NULL,
	news {code} NOT NULL CHECK (news > 0),
	PRIMARY KEY (update_id, recipient_id, fanout_no),
	FOREIGN KEY (update_id, reason_no) REFERENCES omission_reasons (update_id, no)
) {clustered};

-- What people declared of the conditions of an update's advice. seq is that
-- of the declaration's log row.
CREATE TABLE declarations (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	update_id {key} NOT NULL REFERENCES updates (id),
	group_no {key} NOT NULL,
	item_no {key} NOT NULL,
	at {time} NOT NULL,
	state {code} NOT NULL CHECK (state > 0),
	said_by text NOT NULL,
	reason text NOT NULL,
	PRIMARY KEY (org, seq)
) {clustered};
CREATE INDEX declarations_by_update ON declarations (update_id, group_no, item_no, seq);
REFUSE UPDATE ON declarations SAYING 'a declaration is never changed';
REFUSE DELETE ON declarations SAYING 'a declaration is never deleted';

-- How far changed people and arrivals were held against what stands.
CREATE TABLE lookouts (
	org {key} PRIMARY KEY REFERENCES organisations (id),
	seq {key} NOT NULL,
	place {key} NOT NULL DEFAULT 0,
	ahead_until {time} NOT NULL,
	leased_by text,
	lease_until {time} NOT NULL DEFAULT 0
) {table};
