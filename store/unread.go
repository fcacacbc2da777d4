package store

import (
	"context"
	"database/sql"

	"andon/analysis"
)

// Unread is a column that [File.Table] leaves out, with its rows and how many of
// them hold nothing.
type Unread struct {
	analysis.Field
	Rows, Nulls int64
}

// Unread are the filled columns of the inferences that no statistic uses: ids,
// paths of frames, free text and blobs. It reads the heads of the segments
// alone, so a blob has no count: its Nulls are all rows.
func (f *File) Unread(ctx context.Context) ([]Unread, error) {
	var out []Unread
	err := f.read(ctx, "count the columns of", func(tx *sql.Tx) error {
		c, err := readCatalog(ctx, tx, analysis.InferenceKind)
		if err != nil {
			return err
		}
		rows, err := lastRow(ctx, tx, inferenceTable)
		if err != nil {
			return err
		}
		for _, col := range c.columns {
			if !col.filled || statistic(col) && col.Type != analysis.Blob {
				continue
			}
			u := Unread{Field: col.Field, Rows: rows}
			err := tx.QueryRowContext(ctx, `SELECT ?1 - ifnull(sum(rows - nulls), 0) FROM segment WHERE "column" = ?2`, rows, col.id).Scan(&u.Nulls)
			if err != nil {
				return err
			}
			out = append(out, u)
		}
		return nil
	})
	return out, err
}

// statistic reports whether any statistic uses a column.
func statistic(col *column) bool {
	switch col.Role {
	case analysis.RoleID, analysis.RoleText, analysis.RoleFrame:
		return false
	}
	return true
}
