-- Who signs in and may know who is restricted: whoever keeps that list says so of each.
ALTER TABLE users ADD COLUMN privy {code} NOT NULL DEFAULT 0 CHECK (privy BETWEEN 0 AND 1);
