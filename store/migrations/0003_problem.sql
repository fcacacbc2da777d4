-- The incident file, version 3: problem solving.

-- What a finding's query was asked with, beside windows and slice.
-- NULL where there is nothing to say, so that older seals hold.
ALTER TABLE finding ADD COLUMN params TEXT;

-- How many notes there are, so that cutting off the end of the chain shows.
-- NULL where an older Andon wrote the last one.
ALTER TABLE state ADD COLUMN notes INTEGER;

-- What may have happened: a cause, in a slice, brought about by an event. "own"
-- is 1 where a person said it, 0 where it was read from the analysis.
CREATE TABLE hypothesis (
  id      INTEGER PRIMARY KEY,
  time    TEXT NOT NULL,
  author  TEXT NOT NULL,
  cause   TEXT NOT NULL,
  "where" TEXT NOT NULL,
  event   TEXT NOT NULL,             -- its title, '' for none
  text    TEXT NOT NULL,
  own     INTEGER NOT NULL
);

-- Append-only: how a hypothesis went from one status or probability to the
-- next, and why. before and after are its probability.
CREATE TABLE hypothesis_move (
  id         INTEGER PRIMARY KEY,
  hypothesis INTEGER NOT NULL REFERENCES hypothesis,
  time       TEXT NOT NULL,
  author     TEXT NOT NULL,
  "from"     TEXT NOT NULL,
  "to"       TEXT NOT NULL,
  before     REAL NOT NULL,
  after      REAL NOT NULL,
  reason     TEXT NOT NULL
);
CREATE TRIGGER hypothesis_move_no_update BEFORE UPDATE ON hypothesis_move
BEGIN SELECT RAISE(ABORT, 'moves are append-only: move the hypothesis again'); END;
CREATE TRIGGER hypothesis_move_no_delete BEFORE DELETE ON hypothesis_move
BEGIN SELECT RAISE(ABORT, 'moves are append-only: move the hypothesis again'); END;

-- What the old and the new model said to rows of both windows when they were
-- replayed. "row" counts inferences from 1; later answers of a row and model
-- take the place of earlier ones.
CREATE TABLE replayed (
  id         INTEGER PRIMARY KEY,
  swap       INTEGER NOT NULL,
  "row"      INTEGER NOT NULL,
  side       TEXT NOT NULL,          -- before, after
  slice      TEXT NOT NULL,
  model      TEXT NOT NULL,          -- old, new
  version    TEXT NOT NULL,
  prediction TEXT NOT NULL,
  correct    INTEGER NOT NULL
);

-- The incidents of the file, with who does what about them. Times are '' until
-- they are known, lists are JSON arrays.
CREATE TABLE incident_record (
  id        INTEGER PRIMARY KEY,
  title     TEXT NOT NULL,
  severity  TEXT NOT NULL,
  status    TEXT NOT NULL,           -- open, stable, closed
  owner     TEXT NOT NULL,
  created   TEXT NOT NULL,
  onset     TEXT NOT NULL,
  detected  TEXT NOT NULL,
  mitigated TEXT NOT NULL,
  resolved  TEXT NOT NULL,
  people    TEXT NOT NULL,
  links     TEXT NOT NULL,
  tags      TEXT NOT NULL,
  cause     TEXT NOT NULL,           -- what it looked like, to find it again
  "where"   TEXT NOT NULL,
  signals   TEXT NOT NULL
);

-- Append-only: every change of an incident, with its reason.
CREATE TABLE incident_move (
  id       INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident_record,
  time     TEXT NOT NULL,
  author   TEXT NOT NULL,
  field    TEXT NOT NULL,
  "from"   TEXT NOT NULL,
  "to"     TEXT NOT NULL,
  reason   TEXT NOT NULL
);
CREATE TRIGGER incident_move_no_update BEFORE UPDATE ON incident_move
BEGIN SELECT RAISE(ABORT, 'moves are append-only: change the incident again'); END;
CREATE TRIGGER incident_move_no_delete BEFORE DELETE ON incident_move
BEGIN SELECT RAISE(ABORT, 'moves are append-only: change the incident again'); END;
