-- The incident file, version 2: what was stored can be checked.

-- SHA-256 (hex) of the rows as they were committed, but for inferences, which
-- their segments check. '' where an older Andon loaded them.
ALTER TABLE chunk ADD COLUMN hash TEXT NOT NULL DEFAULT '';

-- CRC-32C of the column's words in the dictionary, each with its length before
-- it. NULL where an older Andon wrote them.
ALTER TABLE "column" ADD COLUMN words INTEGER;

-- SHA-256 (hex) of the small tables (incident, source, column, event, finding)
-- as they were last committed. '' where an older Andon did.
ALTER TABLE state ADD COLUMN seal TEXT NOT NULL DEFAULT '';
