-- Updates that are asked for by their keys are found by them: a database that knows no
-- figures of its tables would else go through all that an organisation published.
CREATE INDEX updates_by_org ON updates (org, id);
