-- How an area answered an update of the past: to how many it was sent, and of
-- how many word came within each of some times (a JSON list). area '' says
-- that the update was measured.
CREATE TABLE habits (
	update_id {key} NOT NULL REFERENCES updates (id),
	area text NOT NULL,
	sent {key} NOT NULL,
	arrived text NOT NULL,
	PRIMARY KEY (update_id, area)
) {clustered};
