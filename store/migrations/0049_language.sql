-- In which language somebody wants the pages they sign in to, by its tag; empty where
-- their browser says it.
ALTER TABLE users ADD COLUMN language text NOT NULL DEFAULT '';
