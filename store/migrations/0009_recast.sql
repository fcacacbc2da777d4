-- The incident file, version 9: roles that people changed after loading.

-- The field "path" of a source fills "role" from then on, in the column "name";
-- before, "was" in the column "called". The last line of a path counts, also
-- for what is loaded later. "note" tells it to readers.
CREATE TABLE recast (
  id     INTEGER PRIMARY KEY,
  time   TEXT NOT NULL,
  author TEXT NOT NULL,
  path   TEXT NOT NULL,
  role   TEXT NOT NULL,
  name   TEXT NOT NULL,
  was    TEXT NOT NULL,
  called TEXT NOT NULL,
  note   INTEGER NOT NULL REFERENCES note
);
