-- The incident file, version 5: what was done about an incident, and what
-- watches that it does not come back.

-- Append-only: a countermeasure that was taken. "incident" is 0 for the file's
-- own; "from" and "until" are the window to verify it in, '' until it is known.
-- Whether it worked is a finding of the step "verify".
CREATE TABLE countermeasure (
  id       INTEGER PRIMARY KEY,
  time     TEXT NOT NULL,            -- when it was written down
  author   TEXT NOT NULL,
  incident INTEGER NOT NULL,
  "do"     TEXT NOT NULL,
  cause    TEXT NOT NULL,            -- '' where none is named
  taken    TEXT NOT NULL,            -- when it was done
  "from"   TEXT NOT NULL,
  "until"  TEXT NOT NULL
);
CREATE TRIGGER countermeasure_no_update BEFORE UPDATE ON countermeasure
BEGIN SELECT RAISE(ABORT, 'countermeasures are append-only: record another'); END;
CREATE TRIGGER countermeasure_no_delete BEFORE DELETE ON countermeasure
BEGIN SELECT RAISE(ABORT, 'countermeasures are append-only: record another'); END;

-- Append-only: a check that a closed incident left behind; the last one of a
-- name counts. "bounds" is a JSON array of what must hold.
CREATE TABLE saved_check (
  id       INTEGER PRIMARY KEY,
  time     TEXT NOT NULL,
  author   TEXT NOT NULL,
  incident INTEGER NOT NULL,
  name     TEXT NOT NULL,
  "where"  TEXT NOT NULL,
  bounds   TEXT NOT NULL
);
