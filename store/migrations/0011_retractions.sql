-- A cancellation that ends the word of what it corrects alone: what else the
-- situation says stands.
ALTER TABLE updates ADD COLUMN alone {code} NOT NULL DEFAULT 0 CHECK (alone IN (0, 1));

-- What is said where an update was sent in error, made ready when it was
-- published, in every language.
CREATE TABLE retractions (
	update_id {key} PRIMARY KEY REFERENCES updates (id),
	body {bytes} NOT NULL
) {table};
REFUSE UPDATE ON retractions SAYING 'what was made ready is never changed';
