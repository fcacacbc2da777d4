package store

import (
	"context"

	"andon/analysis"
)

// The mapping that a source was read by is kept with it: a log that has grown is
// read on as it was begun, whatever became of the mapping's file, and whoever
// gets the incident file can see what was said about the log.

// saveReadBy keeps the mapping of a source; a later one takes its place.
func saveReadBy(ctx context.Context, q querier, source int64, m analysis.ReadBy) error {
	if m == (analysis.ReadBy{}) {
		return nil
	}
	_, err := q.ExecContext(ctx, "INSERT INTO mapping (source, path, text) VALUES (?1, ?2, ?3) ON CONFLICT (source) DO UPDATE SET path = ?2, text = ?3", source, m.Path, m.Text)
	return err
}

// readBys puts their mappings to the sources.
func readBys(ctx context.Context, q querier, sources []analysis.Source) error {
	rows, err := q.QueryContext(ctx, "SELECT source, path, text FROM mapping")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var m analysis.ReadBy
		if err := rows.Scan(&id, &m.Path, &m.Text); err != nil {
			return err
		}
		for i := range sources {
			if sources[i].ID == id {
				sources[i].ReadBy = m
			}
		}
	}
	return rows.Err()
}
