-- What a call says to whoever presses a key, sealed under the person's key: a
-- gateway fetches it when the call is taken. at is when it was last made ready,
-- missed how often nobody took the call.
CREATE TABLE rings (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL,
	round {code} NOT NULL,
	address_no {code} NOT NULL,
	org {key} NOT NULL REFERENCES organisations (id),
	at {time} NOT NULL,
	missed {code} NOT NULL DEFAULT 0,
	sealed {bytes},
	PRIMARY KEY (update_id, recipient_id, round, address_no),
	FOREIGN KEY (update_id, recipient_id, round) REFERENCES notices (update_id, recipient_id, round)
) {table};
CREATE INDEX rings_by_person ON rings (recipient_id);
