package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"andon/analysis"
)

// What was recast stays recast: a source that is loaded on, by whoever and with
// whatever roles, brings its fields under the roles that people gave them.

// retold is what the last recast of a path says.
type retold struct {
	role analysis.Role
	name string
}

// readRetold reads what was recast, by path.
func readRetold(ctx context.Context, q querier) (map[string]retold, error) {
	rows, err := q.QueryContext(ctx, "SELECT path, role, name FROM recast ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	last := map[string]retold{}
	for rows.Next() {
		var path string
		var r retold
		if err := rows.Scan(&path, &r.role, &r.name); err != nil {
			return nil, err
		}
		last[path] = r
	}
	return last, rows.Err()
}

// retell gives fields of inferences their recast roles. A field that was not
// recast gives way where one that was takes its role.
func retell(recast map[string]retold, fields []*analysis.Field) {
	held := map[analysis.Role]bool{}
	for _, f := range fields {
		if r, ok := recast[f.Path]; ok && f.Path != "" {
			f.Role, f.Name = r.role, r.name
			held[r.role] = r.role.Named()
		}
	}
	for _, f := range fields {
		if _, ok := recast[f.Path]; ok || !held[f.Role] {
			continue
		}
		f.Role = analysis.RoleFeature
		if f.Type == analysis.Text {
			f.Role = analysis.RoleDimension
		}
		f.Name = lastSegment(f.Path)
	}
}

// retell gives the columns of a batch of inferences their recast roles; the
// batch itself is its giver's and stays.
func (k *known) retell(b *analysis.Batch) {
	if len(k.recast) == 0 || b.Kind != analysis.InferenceKind {
		return
	}
	columns := make([]analysis.Column, len(b.Columns))
	fields := make([]*analysis.Field, len(columns))
	for i := range b.Columns {
		columns[i] = b.Columns[i]
		fields[i] = &columns[i].Field
	}
	retell(k.recast, fields)
	b.Columns = columns
}

// retellSource gives the fields of a ledger's line their recast roles.
func retellSource(ctx context.Context, q querier, s *analysis.Source) error {
	recast, err := readRetold(ctx, q)
	if err != nil || len(recast) == 0 || s.Kind != analysis.InferenceKind {
		return err
	}
	s.Fields = slices.Clone(s.Fields)
	fields := make([]*analysis.Field, len(s.Fields))
	for i := range s.Fields {
		fields[i] = &s.Fields[i]
	}
	retell(recast, fields)
	return nil
}

// Recasted is a field whose role people changed, as it stands: the last line of
// its path.
type Recasted struct {
	Path   string
	Role   analysis.Role
	Was    analysis.Role
	Author string
	Time   time.Time
	Note   int64
}

// Recasts are the fields whose role people changed, in the order of the last
// change of each.
func (f *File) Recasts(ctx context.Context) ([]Recasted, error) {
	var out []Recasted
	err := f.read(ctx, "read the changed roles of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT path, role, was, author, time, note FROM recast WHERE id IN (SELECT max(id) FROM recast GROUP BY path) ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r Recasted
			var at string
			if err := rows.Scan(&r.Path, &r.Role, &r.Was, &r.Author, &at, &r.Note); err != nil {
				return err
			}
			r.Time = parseInstant(at)
			out = append(out, r)
		}
		return rows.Err()
	})
	return out, err
}
