-- Managers are told of trips of their people that clash with what is advised.
-- A superior is the manager of one person, as a recipient of the ledger:
-- recipients of kind 2 are those who are no person of the organisation.

-- hash is the keyed hash of whoever it is, sealed their name and address,
-- under the person's own key; both are gone when the person is erased.
CREATE TABLE superiors (
	id {key} PRIMARY KEY REFERENCES recipients (id),
	org {key} NOT NULL,
	person_id {key} NOT NULL REFERENCES persons (id),
	hash {bytes},
	sealed {bytes},
	UNIQUE (person_id, hash)
) {table};

-- What each notice of a superior says: the clashes, sealed under the person's
-- key; gone is 1 where it says that none is left.
CREATE TABLE clashes (
	update_id {key} NOT NULL,
	recipient_id {key} NOT NULL REFERENCES superiors (id),
	round {code} NOT NULL,
	gone {code} NOT NULL CHECK (gone IN (0, 1)),
	sealed {bytes},
	PRIMARY KEY (update_id, recipient_id, round),
	FOREIGN KEY (update_id, recipient_id, round) REFERENCES notices (update_id, recipient_id, round)
) {clustered};
