-- Whose a number is, by its keyed hash: who answers by a short message is
-- found by it. It follows from the sealed records, and goes with them.
CREATE TABLE numbers (
	org {key} NOT NULL REFERENCES organisations (id),
	hash {bytes} NOT NULL,
	person_id {key} NOT NULL REFERENCES persons (id),
	PRIMARY KEY (org, hash, person_id)
) {clustered};
CREATE INDEX numbers_by_person ON numbers (person_id);

-- What a gateway has told already, by hash: told again, it is heard once.
CREATE TABLE heard (
	org {key} NOT NULL REFERENCES organisations (id),
	at {time} NOT NULL,
	hash {bytes} NOT NULL,
	PRIMARY KEY (org, hash)
) {clustered};
CREATE INDEX heard_by_time ON heard (org, at);
