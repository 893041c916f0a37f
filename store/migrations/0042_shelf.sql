-- What published updates are found by: a card of each, in the order of the log, and under
-- each word, by blocks of 4096 keys, the updates that have it: three hexadecimal digits
-- for each, its place in the block. Made from updates, so no backup holds them; "through"
-- is how far in the log they are made.
CREATE TABLE shelves (
	org {key} NOT NULL PRIMARY KEY REFERENCES organisations (id),
	through {key} NOT NULL
) {table};
CREATE TABLE cards (
	org {key} NOT NULL REFERENCES organisations (id),
	seq {key} NOT NULL,
	update_id {key} NOT NULL REFERENCES updates (id),
	published_at {time} NOT NULL,
	card text NOT NULL,
	PRIMARY KEY (org, seq)
) {clustered};
CREATE TABLE words (
	org {key} NOT NULL REFERENCES organisations (id),
	word {bytes} NOT NULL,
	block {key} NOT NULL,
	places text NOT NULL,
	PRIMARY KEY (org, word, block)
) {clustered};
