-- Facts in two times: what is recorded of sites, trips, watches, settings and
-- postures is closed by recorded_to, never overwritten, as presences are.

INSERT INTO counters (noun, last) VALUES ('watch', 0), ('setting', 0), ('posture', 0), ('task', 0);

-- The persons that a log row of kind people is about. Rows up to trimmed are
-- gone: whoever has not followed so far reads all people again.
CREATE TABLE changed (
	org {key} NOT NULL,
	seq {key} NOT NULL,
	person_id {key} NOT NULL,
	PRIMARY KEY (org, seq, person_id)
) {clustered};
ALTER TABLE organisations ADD COLUMN trimmed {key} NOT NULL DEFAULT 0;
UPDATE organisations SET trimmed = seq;

-- Who left the organisation, and when; they are kept until they are erased.
ALTER TABLE persons ADD COLUMN retired_at {time} NOT NULL DEFAULT 0;

-- A site is what its presences point at; what is recorded of it stands aside.
CREATE TABLE sites_3 (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE
) {table};
INSERT INTO sites_3 (id, org, uuid) SELECT id, org, uuid FROM sites;

CREATE TABLE site_records (
	site_id {key} NOT NULL REFERENCES sites_3 (id),
	id {key} NOT NULL,
	org {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	external text NOT NULL,
	name text NOT NULL,
	area text NOT NULL,
	phone text NOT NULL,
	lat {real},
	lon {real},
	PRIMARY KEY (site_id, id)
) {clustered};
INSERT INTO site_records (site_id, id, org, recorded_from, external, name, area, phone, lat, lon)
	SELECT s.id, c.last + s.id, s.org, o.created_at, '', s.name, s.area, '', s.lat, s.lon
	FROM sites s JOIN organisations o ON o.id = s.org JOIN counters c ON c.noun = 'fact';
UPDATE counters SET last = last + (SELECT coalesce(max(id), 0) FROM sites) WHERE noun = 'fact';
CREATE UNIQUE INDEX site_records_name ON site_records (org, name) WHERE recorded_to = 0;
CREATE UNIQUE INDEX site_records_external ON site_records (org, external) WHERE recorded_to = 0 AND external <> '';

-- external is the keyed hash of what the organisation calls the trip.
CREATE TABLE trip_records (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	trip_id {key} NOT NULL REFERENCES trips (id),
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	cancelled {code} NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
	external {bytes},
	sealed {bytes},
	PRIMARY KEY (person_id, id)
) {clustered};
INSERT INTO trip_records (person_id, id, trip_id, recorded_from, recorded_to)
	SELECT t.person_id, c.last + t.id, t.id, t.recorded_from, t.recorded_to FROM trips t JOIN counters c ON c.noun = 'fact';
UPDATE counters SET last = last + (SELECT coalesce(max(id), 0) FROM trips) WHERE noun = 'fact';
CREATE UNIQUE INDEX trip_records_live ON trip_records (trip_id) WHERE recorded_to = 0;
CREATE UNIQUE INDEX trip_records_external ON trip_records (person_id, external) WHERE recorded_to = 0 AND external IS NOT NULL;
ALTER TABLE trips DROP COLUMN recorded_from;
ALTER TABLE trips DROP COLUMN recorded_to;

-- ended says why a presence ended before its time; was_to is when it would
-- have ended.
CREATE TABLE presences_3 (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	from_us {time} NOT NULL,
	to_us {time} NOT NULL,
	was_to {time} NOT NULL DEFAULT 0,
	site_id {key} REFERENCES sites_3 (id),
	trip_id {key} REFERENCES trips (id),
	because {code} NOT NULL CHECK (because > 0),
	spread {real} NOT NULL DEFAULT 0,
	area text NOT NULL,
	point_ref text NOT NULL,
	ended text NOT NULL DEFAULT '',
	PRIMARY KEY (person_id, id)
) {clustered};
INSERT INTO presences_3 (person_id, id, recorded_from, recorded_to, from_us, to_us, site_id, trip_id, because, area, point_ref)
	SELECT person_id, id, recorded_from, recorded_to, from_us, to_us, site_id, trip_id, because, area, point_ref FROM presences
	ORDER BY person_id, id;
DROP TABLE presences;
DROP TABLE sites;
ALTER TABLE sites_3 RENAME TO sites;
ALTER TABLE presences_3 RENAME TO presences;
CREATE INDEX presences_arriving ON presences (from_us) WHERE recorded_to = 0 AND because IN ({because travels});

-- watch is the key of the watch, id that of one recording of it.
CREATE TABLE watches (
	person_id {key} NOT NULL REFERENCES persons (id),
	id {key} NOT NULL,
	org {key} NOT NULL,
	watch {key} NOT NULL,
	uuid text NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	body text NOT NULL,
	PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX watches_live ON watches (uuid) WHERE recorded_to = 0;

CREATE TABLE settings (
	org {key} NOT NULL REFERENCES organisations (id),
	id {key} NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	body text NOT NULL,
	set_by text NOT NULL,
	PRIMARY KEY (org, id)
) {clustered};
CREATE UNIQUE INDEX settings_live ON settings (org) WHERE recorded_to = 0;

-- provider '' is the organisation's own word.
CREATE TABLE postures (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	since {time} NOT NULL,
	update_id {key} REFERENCES updates (id),
	advice_group {key} NOT NULL,
	advice_item {key} NOT NULL,
	action {code} NOT NULL CHECK (action >= 0),
	area text NOT NULL,
	provider text NOT NULL,
	body text NOT NULL,
	set_by text NOT NULL,
	reason text NOT NULL,
	CHECK (set_by = '' AND update_id IS NOT NULL OR set_by <> '' AND reason <> '')
) {table};
CREATE UNIQUE INDEX postures_live ON postures (org, area, provider) WHERE recorded_to = 0;
CREATE INDEX postures_by_area ON postures (org, area, provider, id);
REFUSE DELETE ON postures SAYING 'a posture is never deleted';

CREATE TABLE tasks (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	kind {code} NOT NULL CHECK (kind > 0),
	state {code} NOT NULL CHECK (state IN ({task open}, {task done})),
	update_id {key} REFERENCES updates (id),
	created_at {time} NOT NULL,
	due_at {time} NOT NULL,
	done_at {time} NOT NULL DEFAULT 0,
	area text NOT NULL,
	question text NOT NULL,
	default_outcome text NOT NULL,
	owner text NOT NULL,
	done_by text NOT NULL DEFAULT '',
	outcome text NOT NULL DEFAULT '',
	reason text NOT NULL DEFAULT '',
	CHECK ((state = {task open}) = (done_at = 0))
) {table};
CREATE INDEX tasks_by_state ON tasks (org, state, due_at);
REFUSE UPDATE ON tasks WHEN OLD.state <> {task open} SAYING 'a decided task is never changed';
REFUSE DELETE ON tasks SAYING 'a task is never deleted';
