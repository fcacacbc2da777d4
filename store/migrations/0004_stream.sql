-- The incident file, version 4: what a source is known by, and read by.

-- How a followed or loaded log is found again under another name, as far as it
-- is loaded: committed together with its rows. Opaque here; see importers.Trace.
CREATE TABLE stream (
  source INTEGER PRIMARY KEY REFERENCES source,
  trace  TEXT NOT NULL
);

-- The mapping that a source was read by, as it was then: the file may change.
CREATE TABLE mapping (
  source INTEGER PRIMARY KEY REFERENCES source,
  path   TEXT NOT NULL,
  text   TEXT NOT NULL
);
