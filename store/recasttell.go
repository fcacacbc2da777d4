package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// ledger notes the roles with the sources, for the Data screen and for what
// goes on loading them.
func (r *recasting) ledger(ctx context.Context, t *transaction) error {
	sources, err := inferenceLedger(ctx, t)
	if err != nil {
		return err
	}
	for _, s := range sources {
		changed := false
		for i := range s.Fields {
			for _, m := range r.moved {
				if slices.Contains(m.paths, s.Fields[i].Path) {
					s.Fields[i].Role, s.Fields[i].Name, changed = m.to.Role, m.to.Name, true
				}
			}
		}
		if !changed {
			continue
		}
		fields, err := json.Marshal(s.Fields)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE source SET fields = ? WHERE id = ?", string(fields), s.ID); err != nil {
			return err
		}
	}
	return nil
}

// inferenceLedger is the ledger's lines of inferences, with their fields.
func inferenceLedger(ctx context.Context, q querier) ([]analysis.Source, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+sourceColumns+" FROM source WHERE kind = ? ORDER BY id", analysis.InferenceKind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []analysis.Source
	for rows.Next() {
		s, _, err := scanSource(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// pathsOf are the fields of all sources that fill a column.
func pathsOf(ctx context.Context, q querier, col *column) ([]string, error) {
	sources, err := inferenceLedger(ctx, q)
	if err != nil {
		return nil, err
	}
	var paths []string
	if col.Path != "" {
		paths = append(paths, col.Path)
	}
	for _, s := range sources {
		for _, f := range s.Fields {
			if f.Name == col.Name && f.Path != "" && !slices.Contains(paths, f.Path) {
				paths = append(paths, f.Path)
			}
		}
	}
	return paths, nil
}

// tell writes the note and the lines of recast.
func (r *recasting) tell(ctx context.Context, t *transaction) (analysis.Note, error) {
	var said []string
	for _, m := range r.moved {
		text := fmt.Sprintf("%s is now %s (was %s)", m.from.Name, m.to.Role, m.from.Role)
		if m.to.Name != m.from.Name && m.to.Name != string(m.to.Role) {
			text += ", called " + m.to.Name
		}
		said = append(said, text)
	}
	note := analysis.Note{Time: r.at, Author: r.author, Text: "roles: " + strings.Join(said, "; "), Pin: analysis.Pin{Screen: "data"}}
	if err := addNote(ctx, t, &note); err != nil {
		return note, err
	}
	for _, m := range r.moved {
		for _, path := range m.paths {
			_, err := t.ExecContext(ctx, "INSERT INTO recast (time, author, path, role, name, was, called, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				formatInstant(r.at), r.author, path, m.to.Role, m.to.Name, m.from.Role, m.from.Name, note.ID)
			if err != nil {
				return note, err
			}
		}
	}
	return note, nil
}
