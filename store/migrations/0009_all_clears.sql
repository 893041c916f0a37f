-- An all-clear is an update; of which situations it ends what protects people.
CREATE TABLE all_clears (
	update_id {key} NOT NULL REFERENCES updates (id),
	situation_id {key} NOT NULL REFERENCES situations (id),
	PRIMARY KEY (update_id, situation_id)
) {clustered};
CREATE INDEX all_clears_by_situation ON all_clears (situation_id, update_id);
REFUSE UPDATE ON all_clears SAYING 'an all-clear is never changed';
REFUSE DELETE ON all_clears SAYING 'an all-clear is never deleted';
