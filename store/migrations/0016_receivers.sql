-- How a system that is told by webhook has done lately: tries on end that it
-- did not take, since when, and when it took something last. asked is 1 where
-- the desk was asked about it.
CREATE TABLE receivers (
	hook_id {key} PRIMARY KEY REFERENCES hooks (id),
	org {key} NOT NULL,
	failures {key} NOT NULL,
	since {time} NOT NULL,
	last {time} NOT NULL,
	took_at {time} NOT NULL,
	asked {code} NOT NULL CHECK (asked IN (0, 1)),
	detail text NOT NULL
) {table};
