-- Whether a text came before is asked each time its draft is looked at.
CREATE INDEX reports_by_digest ON reports (org, digest);
