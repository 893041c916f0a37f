-- Addresses whose owner wants no more of what merely informs: they called a mail
-- spam, or unsubscribed. Warnings still go there.
ALTER TABLE dead_addresses ADD COLUMN warn_only {code} NOT NULL DEFAULT 0 CHECK (warn_only IN (0, 1));
