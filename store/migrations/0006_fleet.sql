-- The incident file, version 6: a fleet's table beside the rows copied from it.

-- What table of which cluster the log is, as JSON without user and password.
-- The inferences of such a file are a sample of it.
CREATE TABLE fleet (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  about TEXT NOT NULL
);

-- What the cluster was asked and said: the evidence of every number, and the
-- reason why a question is asked once. result is zstd of JSON: rows of values.
CREATE TABLE query (
  id      INTEGER PRIMARY KEY,
  text    TEXT NOT NULL UNIQUE,
  result  BLOB NOT NULL,
  hash    TEXT NOT NULL,             -- SHA-256 of result, hex
  read    INTEGER NOT NULL,          -- rows the servers read for it
  seconds REAL NOT NULL,
  time    TEXT NOT NULL
);
