-- Which links to somebody's own page are good: those with their number, from 0. They die
-- together when it is raised: the desk did, or somebody else may have the phone.
CREATE TABLE page_links (
	person_id {key} NOT NULL PRIMARY KEY REFERENCES persons (id),
	no {key} NOT NULL,
	since {time} NOT NULL
) {table};

-- When an answer was tapped that reached us late, by the phone's own measure of how long
-- ago that was; 0 where it came at once. It moves nothing, and orders nothing but itself.
ALTER TABLE replies ADD COLUMN tapped_at {time} NOT NULL DEFAULT 0;
ALTER TABLE case_entries ADD COLUMN tapped_at {time} NOT NULL DEFAULT 0;
