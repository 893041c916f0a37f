-- Whom somebody sees whose role sees its own people alone: a word a line.
ALTER TABLE users ADD COLUMN of_whom text NOT NULL DEFAULT '';
