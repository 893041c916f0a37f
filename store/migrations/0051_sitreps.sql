INSERT INTO counters (noun, last) VALUES ('sitrep', 0);

-- A report of a situation as it was shown and signed: body is what was signed, with the
-- sums of page and paper in it. seq is that of its row in the one log, whose verb names
-- the sum over the paper.
CREATE TABLE sitreps (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	situation_id {key} NOT NULL REFERENCES situations (id),
	at {time} NOT NULL,
	body text NOT NULL,
	digest text NOT NULL CHECK (digest <> ''),
	page text NOT NULL,
	paper {bytes} NOT NULL
) {table};
CREATE INDEX sitreps_of ON sitreps (situation_id, id);
REFUSE UPDATE ON sitreps SAYING 'a report of a situation that was signed is never changed';
REFUSE DELETE ON sitreps SAYING 'a report of a situation that was signed is never deleted';
