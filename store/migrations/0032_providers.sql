-- Somebody whom an identity provider signs in is known by who it is, and what it calls
-- them, from their first time on. follows is 1 where their role is what its groups say,
-- each_time where they want to show a second factor whenever they sign in.
ALTER TABLE users ADD COLUMN issuer text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN subject text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN follows {code} NOT NULL DEFAULT 0 CHECK (follows IN (0, 1));
ALTER TABLE users ADD COLUMN each_time {code} NOT NULL DEFAULT 0 CHECK (each_time IN (0, 1));
CREATE UNIQUE INDEX users_subject ON users (org, issuer, subject) WHERE subject <> '' AND closed_at = 0;
