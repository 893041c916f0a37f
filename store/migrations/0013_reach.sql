-- Whether people are reached. A drill asks them to answer; it never stands.
ALTER TABLE updates ADD COLUMN drill {code} NOT NULL DEFAULT 0;
CREATE INDEX updates_drills ON updates (org, published_at) WHERE drill > 0;

-- hash is the keyed hash of the value: another value is another address, and
-- what was heard from the one says nothing of the other. NULL is from before
-- that was kept.
ALTER TABLE addresses ADD COLUMN hash {bytes};

-- arrived_at is the first evidence from the recipient's own end.
ALTER TABLE deliveries ADD COLUMN arrived_at {time} NOT NULL DEFAULT 0;
UPDATE deliveries SET arrived_at = heard_at WHERE state IN ({received}, {seen}, {answered}) AND heard_at > 0;

-- What is known of an address, kept as the ledger's results come: the last
-- evidence from its end, how long after the notice was made it first came, by
-- which update; when its owner last spoke; and the last failure.
CREATE TABLE reach (
	person_id {key} NOT NULL REFERENCES persons (id),
	address_id {key} NOT NULL,
	heard_at {time} NOT NULL DEFAULT 0,
	heard_after {time} NOT NULL DEFAULT 0,
	heard_update {key} REFERENCES updates (id),
	verified_at {time} NOT NULL DEFAULT 0,
	failed_at {time} NOT NULL DEFAULT 0,
	heard_state {code} NOT NULL DEFAULT 0,
	failed_why text NOT NULL DEFAULT '',
	PRIMARY KEY (person_id, address_id),
	FOREIGN KEY (person_id, address_id) REFERENCES addresses (person_id, id)
) {clustered};
