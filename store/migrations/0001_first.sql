-- The incident file, version 1.
--
-- inference, label and frame are wide: a new field of a source becomes a new
-- column, and "column" says what it means. All other tables are fixed.

CREATE TABLE incident (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  title   TEXT NOT NULL,
  created TEXT NOT NULL,
  status  TEXT NOT NULL,
  slo     REAL NOT NULL              -- 0: no objective set
);

-- What has been loaded, and how far. "offset" is committed together with the
-- rows before it.
CREATE TABLE source (
  id       INTEGER PRIMARY KEY,
  path     TEXT NOT NULL,
  hash     TEXT NOT NULL,            -- SHA-256 of the content, hex, or ''
  format   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  rows     INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  bytes    INTEGER NOT NULL,
  time     TEXT NOT NULL,            -- when it was loaded
  fields   TEXT NOT NULL,            -- the mapping, JSON
  warnings TEXT NOT NULL,            -- JSON array of sentences
  done     INTEGER NOT NULL          -- 1: loaded to its end
);
CREATE INDEX source_hash ON source (hash);

-- Which rows came from which source: rows first..last of the kind's table,
-- and where in the source the next unread record began.
CREATE TABLE chunk (
  id       INTEGER PRIMARY KEY,
  source   INTEGER NOT NULL REFERENCES source,
  kind     TEXT NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  "offset" INTEGER NOT NULL
);

CREATE TABLE reject (
  id       INTEGER PRIMARY KEY,
  source   INTEGER NOT NULL REFERENCES source,
  line     INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  raw      BLOB                      -- the record as it was, at most 4 KiB
);

-- One row an inference, in order of arrival. There is no index: segments find
-- rows by time.
CREATE TABLE inference (
  time    TEXT,
  id      TEXT,
  correct INTEGER
);

-- Late feedback. "row" is the inference it was joined to, "conflict" is 1 where
-- it contradicts the label that stands there (the first one stays), "repeat"
-- is 1 where an earlier label has the same id.
CREATE TABLE label (
  source   INTEGER NOT NULL REFERENCES source,
  "row"    INTEGER,
  repeat   INTEGER NOT NULL DEFAULT 0,
  conflict INTEGER NOT NULL DEFAULT 0,
  id       TEXT
);
CREATE INDEX label_id ON label (id);

-- Sampled images as small JPEG or PNG thumbnails, with the features computed
-- from the full image.
CREATE TABLE frame (
  source INTEGER NOT NULL REFERENCES source,
  "row"  INTEGER,
  path   TEXT,
  time   TEXT,
  id     TEXT,
  width  NUMERIC,
  height NUMERIC,
  thumb  BLOB
);
CREATE INDEX frame_row ON frame ("row");

CREATE TABLE metric (
  source INTEGER NOT NULL REFERENCES source,
  time   TEXT NOT NULL,
  name   TEXT NOT NULL,
  labels TEXT NOT NULL,              -- JSON object
  value  REAL NOT NULL
);

CREATE TABLE event (
  id     INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  time   TEXT NOT NULL,
  "end"  TEXT NOT NULL,              -- '' for an instant or an open end
  kind   TEXT NOT NULL,
  title  TEXT NOT NULL,
  detail TEXT NOT NULL,
  scope  TEXT NOT NULL               -- JSON object, column: value
);

-- What the columns of the wide tables mean. "name" is how screens and commands
-- call one, "sql" how its table does (they differ where SQLite would confuse
-- two names). A column is filled once any row has a value in it.
CREATE TABLE "column" (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  name   TEXT NOT NULL,
  sql    TEXT NOT NULL COLLATE NOCASE,
  path   TEXT NOT NULL,
  role   TEXT NOT NULL,
  type   TEXT NOT NULL,
  unit   TEXT NOT NULL,
  filled INTEGER NOT NULL,
  UNIQUE (kind, name),
  UNIQUE (kind, sql)
);
INSERT INTO "column" (kind, name, sql, path, role, type, unit, filled) VALUES
  ('inference', 'time',    'time',    '', 'time',    'time',   '',   0),
  ('inference', 'id',      'id',      '', 'id',      'text',   '',   0),
  ('inference', 'correct', 'correct', '', 'correct', 'number', '',   0),
  ('label',     'id',      'id',      '', 'id',      'text',   '',   0),
  ('frame',     'path',    'path',    '', 'path',    'text',   '',   0),
  ('frame',     'time',    'time',    '', 'time',    'time',   '',   0),
  ('frame',     'id',      'id',      '', 'id',      'text',   '',   0),
  ('frame',     'width',   'width',   '', 'width',   'number', 'px', 0),
  ('frame',     'height',  'height',  '', 'height',  'number', 'px', 0),
  ('frame',     'thumb',   'thumb',   '', 'thumb',   'blob',   '',   0);

-- The values of dimension-like text columns of inference; segments hold their
-- codes, counted from 1.
CREATE TABLE dictionary (
  "column" INTEGER NOT NULL REFERENCES "column",
  code     INTEGER NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY ("column", code)
) WITHOUT ROWID;

-- Derived from inference: one column over rows first .. first+rows-1. low and
-- high are the smallest and largest value (nanoseconds for times), "from" and
-- "until" the time range of the rows. The format of data is described in
-- package store/segment.
CREATE TABLE segment (
  "column" INTEGER NOT NULL REFERENCES "column",
  first    INTEGER NOT NULL,
  rows     INTEGER NOT NULL,
  nulls    INTEGER NOT NULL,
  low,
  high,
  "from"   INTEGER,
  "until"  INTEGER,
  data     BLOB NOT NULL,
  PRIMARY KEY ("column", first)
);

-- Append-only: each note carries the SHA-256 of the one before, an edit is a
-- new note that supersedes.
CREATE TABLE note (
  id         INTEGER PRIMARY KEY,
  time       TEXT NOT NULL,
  author     TEXT NOT NULL,
  text       TEXT NOT NULL,
  pin        TEXT NOT NULL,          -- JSON: what was under the cursor
  supersedes INTEGER NOT NULL,       -- 0: none
  prev       TEXT NOT NULL,
  hash       TEXT NOT NULL
);
CREATE TRIGGER note_no_update BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'notes are append-only: write a new note that supersedes'); END;
CREATE TRIGGER note_no_delete BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'notes are append-only: write a new note that supersedes'); END;

-- A claim with its evidence: the query, the windows and slice it was asked
-- over, what came out and the hash of that.
CREATE TABLE finding (
  id      INTEGER PRIMARY KEY,
  time    TEXT NOT NULL,
  step    TEXT NOT NULL,
  outcome TEXT NOT NULL,
  claim   TEXT NOT NULL,
  query   TEXT NOT NULL,
  "where" TEXT NOT NULL,
  windows TEXT NOT NULL,             -- JSON
  result  TEXT NOT NULL,
  hash    TEXT NOT NULL
);

-- How far the file has come: generation grows with every change of rows or
-- segments; rows up to joined_row have met labels up to joined_label and
-- frames up to joined_frame.
CREATE TABLE state (
  one          INTEGER PRIMARY KEY CHECK (one = 1),
  generation   INTEGER NOT NULL,
  joined_row   INTEGER NOT NULL,
  joined_label INTEGER NOT NULL,
  joined_frame INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, 0, 0);
