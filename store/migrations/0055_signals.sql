INSERT INTO counters (noun, last) VALUES ('signal', 0);

-- Events from outside feeds, as they came; words is what was read of body. One that is sent
-- twice is kept once.
CREATE TABLE signals (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	uuid text NOT NULL UNIQUE,
	received_at {time} NOT NULL,
	sender text NOT NULL,
	identifier text NOT NULL,
	sent_at {time} NOT NULL,
	digest text NOT NULL,
	words text NOT NULL,
	body {bytes} NOT NULL,
	state {code} NOT NULL,
	decided_at {time} NOT NULL DEFAULT 0,
	decided_by text NOT NULL DEFAULT '',
	why text NOT NULL DEFAULT '',
	draft text NOT NULL DEFAULT '',
	UNIQUE (org, sender, identifier, sent_at)
) {table};
CREATE INDEX signals_by_state ON signals (org, state, id);

-- Those that a signal takes the place of, which may come after it.
CREATE TABLE signal_refers (
	signal_id {key} NOT NULL REFERENCES signals (id),
	org {key} NOT NULL,
	sender text NOT NULL,
	identifier text NOT NULL,
	sent_at {time} NOT NULL,
	PRIMARY KEY (signal_id, sender, identifier, sent_at)
) {clustered};
CREATE INDEX signal_refers_of ON signal_refers (org, sender, identifier, sent_at);

-- Which draft or update a report is in. Of those from before, the one that was made as it
-- came is known by its time; 0 says that it is not known.
CREATE TABLE report_uses (
	report text NOT NULL REFERENCES reports (uuid),
	update_id {key} NOT NULL,
	org {key} NOT NULL,
	PRIMARY KEY (report, update_id)
) {clustered};
CREATE INDEX report_uses_of ON report_uses (update_id);
CREATE INDEX reports_by_time ON reports (org, received_at);
INSERT INTO report_uses (report, update_id, org) SELECT r.uuid, coalesce(min(u.id), 0), r.org FROM reports r LEFT JOIN updates u ON u.org = r.org AND u.created_at = r.received_at GROUP BY r.uuid, r.org;
