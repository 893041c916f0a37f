-- A line of a situation's log: what was decided, why, and by whom. seq is that of its row
-- in the one log, whose verb holds a sum over the line.
CREATE TABLE decisions (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	situation_id {key} NOT NULL REFERENCES situations (id),
	no {key} NOT NULL CHECK (no > 0),
	at {time} NOT NULL,
	what text NOT NULL CHECK (what <> ''),
	why text NOT NULL,
	by_whom text NOT NULL CHECK (by_whom <> ''),
	corrects {key} NOT NULL DEFAULT 0 CHECK (corrects >= 0 AND corrects < no),
	PRIMARY KEY (org, seq),
	UNIQUE (situation_id, no)
) {clustered};
REFUSE UPDATE ON decisions SAYING 'a line of the log is never changed: write a further one';
REFUSE DELETE ON decisions SAYING 'a line of the log is never deleted';
