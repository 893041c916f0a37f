INSERT INTO counters (noun, last) VALUES ('handover', 0);

-- What a shift left to the next, as one JSON text that names no person, and
-- the signed digest of it. Who took over is added.
CREATE TABLE handovers (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	no {code} NOT NULL CHECK (no > 0),
	at {time} NOT NULL,
	body text NOT NULL,
	digest text NOT NULL CHECK (digest <> ''),
	UNIQUE (org, no)
) {table};
REFUSE UPDATE ON handovers SAYING 'a hand-over is never changed';
REFUSE DELETE ON handovers SAYING 'a hand-over is never deleted';

CREATE TABLE handovers_taken (
	handover_id {key} PRIMARY KEY REFERENCES handovers (id),
	at {time} NOT NULL,
	taken_by text NOT NULL CHECK (taken_by <> '')
) {table};
REFUSE UPDATE ON handovers_taken SAYING 'who took over is never changed';
REFUSE DELETE ON handovers_taken SAYING 'who took over is never deleted';
