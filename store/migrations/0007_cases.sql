INSERT INTO counters (noun, last) VALUES ('case', 0);

-- A call for help is a case. Of the cases of a person one at most is not closed.
CREATE TABLE cases (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	person_id {key} NOT NULL REFERENCES persons (id),
	update_id {key} NOT NULL REFERENCES updates (id),
	state {code} NOT NULL CHECK (state IN ({case open}, {case taken}, {case closed})),
	owner text NOT NULL DEFAULT '',
	opened_at {time} NOT NULL,
	called_at {time} NOT NULL,
	due_at {time} NOT NULL,
	closed_at {time} NOT NULL DEFAULT 0,
	CHECK ((state = {case closed}) = (closed_at <> 0)),
	CHECK (state <> {case taken} OR owner <> '')
) {table};
CREATE INDEX cases_by_state ON cases (org, state, due_at);
CREATE UNIQUE INDEX cases_of_person ON cases (person_id) WHERE state <> {case closed};
REFUSE DELETE ON cases SAYING 'a case is never deleted';

-- What was said and done, in order; sealed is under the person's own key and
-- gone when they are erased.
CREATE TABLE case_entries (
	case_id {key} NOT NULL REFERENCES cases (id),
	no {code} NOT NULL,
	at {time} NOT NULL,
	kind {code} NOT NULL CHECK (kind > 0),
	by_whom text NOT NULL,
	sealed {bytes},
	PRIMARY KEY (case_id, no)
) {clustered};
REFUSE DELETE ON case_entries SAYING 'an entry of a case is never deleted';
