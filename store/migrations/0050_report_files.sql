INSERT INTO counters (noun, last) VALUES ('report file', 0);

-- The file that a report came in, byte for byte, under a key of its own; both are empty
-- where the report's text is the file. seq is that of its row in the one log, whose verb
-- names the sum over its bytes.
CREATE TABLE report_files (
	id {key} PRIMARY KEY,
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	uuid text NOT NULL UNIQUE,
	report text NOT NULL UNIQUE REFERENCES reports (uuid),
	name text NOT NULL,
	kind text NOT NULL CHECK (kind <> ''),
	size {key} NOT NULL CHECK (size >= 0),
	digest text NOT NULL CHECK (digest <> ''),
	wrapped_key {bytes},
	sealed {bytes}
) {table};
REFUSE UPDATE ON report_files WHEN OLD.digest <> NEW.digest OR OLD.report <> NEW.report OR OLD.seq <> NEW.seq OR OLD.sealed <> NEW.sealed SAYING 'the file of a report is never changed';
REFUSE DELETE ON report_files SAYING 'the file of a report is never deleted';
