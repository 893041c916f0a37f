-- The update by which a roll-call asks its members: nobody else is told of it.
CREATE TABLE roll_questions (
	update_id {key} PRIMARY KEY REFERENCES updates (id),
	rollcall_id {key} NOT NULL UNIQUE REFERENCES rollcalls (id)
) {table};
REFUSE UPDATE ON roll_questions SAYING 'the question of a roll-call is never changed';
REFUSE DELETE ON roll_questions SAYING 'the question of a roll-call is never deleted';
