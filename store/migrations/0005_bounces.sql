
-- Addresses that mail servers say are no mailbox. hash is the keyed hash of the
-- address: whoever has it is not written to there until somebody lifts it.
CREATE TABLE dead_addresses (
	org {key} NOT NULL REFERENCES organisations (id),
	hash {bytes} NOT NULL,
	since {time} NOT NULL,
	lifted_at {time} NOT NULL DEFAULT 0,
	person_id {key} NOT NULL REFERENCES persons (id),
	address_no {code} NOT NULL,
	reason text NOT NULL,
	lifted_by text NOT NULL DEFAULT '',
	PRIMARY KEY (org, hash, since)
) {table};
