INSERT INTO counters (noun, last) VALUES ('compromise', 0);

-- Since when somebody is held to be compromised: detained, their phone lost.
-- Of a person one row at most is open. It is closed, never overwritten: true
-- from-to, recorded from-to. sealed and sealed_end are the reasons, under the
-- person's own key.
CREATE TABLE compromises (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	person_id {key} NOT NULL REFERENCES persons (id),
	from_us {time} NOT NULL,
	to_us {time} NOT NULL DEFAULT 0,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	by_whom text NOT NULL,
	ended_by text NOT NULL DEFAULT '',
	sealed {bytes},
	sealed_end {bytes},
	CHECK ((to_us = 0) = (recorded_to = 0))
) {table};
CREATE UNIQUE INDEX compromises_open ON compromises (person_id) WHERE recorded_to = 0;
CREATE INDEX compromises_by_org ON compromises (org, recorded_to);
CREATE INDEX compromises_by_person ON compromises (person_id, recorded_from);
REFUSE DELETE ON compromises SAYING 'that somebody was compromised is never deleted';

-- The addresses they had then, as keyed hashes: nothing of anybody else's is
-- sent there either.
CREATE TABLE compromised_addresses (
	compromise_id {key} NOT NULL REFERENCES compromises (id),
	hash {bytes} NOT NULL,
	PRIMARY KEY (compromise_id, hash)
) {clustered};

-- How far an answer is believed: 1 untrusted, 2 given under duress. way is over
-- what it came.
ALTER TABLE replies ADD COLUMN trust {code} NOT NULL DEFAULT 0 CHECK (trust BETWEEN 0 AND 2);
ALTER TABLE case_entries ADD COLUMN trust {code} NOT NULL DEFAULT 0 CHECK (trust BETWEEN 0 AND 2);
ALTER TABLE case_entries ADD COLUMN way {code} NOT NULL DEFAULT 0;

-- A case of duress is marked so; hidden while the person themself has not
-- called: then nothing they are shown or sent knows of it.
ALTER TABLE cases ADD COLUMN duress {code} NOT NULL DEFAULT 0 CHECK (duress IN (0, 1));
ALTER TABLE cases ADD COLUMN hidden {code} NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));

-- Letters about duress go before all others.
ALTER TABLE letters ADD COLUMN lane {code} NOT NULL DEFAULT 1;
