-- The incident file, version 8: rollups, derived from inference as segments
-- are, so that a window is compared without reading its rows.

-- The rows of one segment by the hour. The format of the blobs is described in
-- package store/rollup; "sum" is the CRC-32C of counts and whole, minutes carry
-- their own.
CREATE TABLE rollup (
  start   INTEGER NOT NULL,          -- of the hour, nanoseconds since 1970 UTC
  first   INTEGER NOT NULL,          -- of the segment
  sum     INTEGER NOT NULL,
  counts  BLOB NOT NULL,
  whole   BLOB NOT NULL,
  minutes BLOB,                      -- NULL where the rows are strewn too thinly
  PRIMARY KEY (start, first)
);
CREATE INDEX rollup_first ON rollup (first);

-- Which segments have been rolled up, with how many rows; hours is 0 where they
-- are strewn over too many of them. A file from an older Andon has none.
CREATE TABLE rolled (
  first INTEGER PRIMARY KEY,
  rows  INTEGER NOT NULL,
  hours INTEGER NOT NULL
);

-- Where the bins of a number begin and end, chosen when it was first seen.
CREATE TABLE scale (
  "column" INTEGER PRIMARY KEY REFERENCES "column",
  low      REAL NOT NULL,
  high     REAL NOT NULL
);
