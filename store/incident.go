package store

import (
	"context"
	"database/sql"

	"andon/analysis"
)

// Incident is the head of the record.
func (f *File) Incident(ctx context.Context) (analysis.Incident, error) {
	var i analysis.Incident
	err := f.read(ctx, "read the incident of", func(tx *sql.Tx) error {
		var created string
		err := tx.QueryRowContext(ctx, "SELECT title, created, status, slo FROM incident").Scan(&i.Title, &created, &i.Status, &i.SLO)
		i.Created = parseInstant(created)
		return err
	})
	return i, err
}

// SetIncident replaces the head of the record.
func (f *File) SetIncident(ctx context.Context, i analysis.Incident) error {
	return f.record(ctx, "save the incident in", func(ctx context.Context, t *transaction) error {
		return setIncident(ctx, t, i)
	})
}

func setIncident(ctx context.Context, q querier, i analysis.Incident) error {
	_, err := q.ExecContext(ctx, "INSERT OR REPLACE INTO incident (one, title, created, status, slo) VALUES (1, ?, ?, ?, ?)",
		i.Title, formatInstant(i.Created), i.Status, i.SLO)
	return err
}
