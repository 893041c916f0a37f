INSERT INTO counters (noun, last) VALUES ('flash', 0);

-- A template of an organisation's flashes, by its key: its own, or instead of one that is
-- built in. body is JSON; a row that is closed, with none after it, was taken back.
CREATE TABLE flash_templates (
	org {key} NOT NULL REFERENCES organisations (id),
	id {key} NOT NULL,
	name text NOT NULL,
	recorded_from {time} NOT NULL,
	recorded_to {time} NOT NULL DEFAULT 0,
	body text NOT NULL,
	set_by text NOT NULL,
	PRIMARY KEY (org, id)
) {clustered};
CREATE UNIQUE INDEX flash_templates_live ON flash_templates (org, name) WHERE recorded_to = 0;
REFUSE DELETE ON flash_templates SAYING 'what a flash would have said is never deleted';
