-- The incident file, version 7: what the log says a replayed row was answered
-- in production, '' where that was another model.
ALTER TABLE replayed ADD COLUMN logged TEXT NOT NULL DEFAULT '';
