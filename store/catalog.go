package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// maxColumns is what SQLite allows a table by default, less a few for the
// tables' own columns.
const maxColumns = 1990

// column is one column of a wide table: what it means and how SQL calls it.
type column struct {
	analysis.Field
	id     int64
	sql    string
	filled bool          // some row has a value
	dict   *dictionary   // of an inference's dimension-like text, else nil
	words  sql.NullInt64 // check sum of the dictionary as stored; not known of old files
}

// catalog is the columns of one wide table, in the order they came.
type catalog struct {
	kind    analysis.Kind
	columns []*column
	layout  *layout // of the table, where it was asked since it changed
}

// wide are the kinds whose tables gain a column for every new field.
var wide = []analysis.Kind{analysis.InferenceKind, analysis.LabelKind, analysis.FrameKind}

// own are the columns that the tables have for themselves.
var own = map[analysis.Kind][]string{
	analysis.LabelKind: {"source", "row", "repeat", "conflict"},
	analysis.FrameKind: {"source", "row"},
}

// querier is a transaction or a database.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// readCatalog reads the columns of a kind.
func readCatalog(ctx context.Context, q querier, kind analysis.Kind) (*catalog, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, sql, path, role, type, unit, filled, words FROM "column" WHERE kind = ? ORDER BY id`, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	c := &catalog{kind: kind}
	for rows.Next() {
		var col column
		var typ string
		if err := rows.Scan(&col.id, &col.Name, &col.sql, &col.Path, &col.Role, &typ, &col.Unit, &col.filled, &col.words); err != nil {
			return nil, err
		}
		if col.Type, err = typeOf(typ); err != nil {
			return nil, fmt.Errorf("column %q: %w", col.Name, err)
		}
		c.columns = append(c.columns, &col)
	}
	return c, rows.Err()
}

func typeOf(name string) (analysis.Type, error) {
	for t := analysis.Text; t <= analysis.Blob; t++ {
		if t.String() == name {
			return t, nil
		}
	}
	return 0, fmt.Errorf("%w: the type %q is not known", ErrDamaged, name)
}

// find is the column of a name, or nil.
func (c *catalog) find(name string) *column {
	for _, col := range c.columns {
		if col.Name == name {
			return col
		}
	}
	return nil
}

// role is the first filled column of a role, or nil.
func (c *catalog) role(r analysis.Role) *column {
	for _, col := range c.columns {
		if col.Role == r && col.filled {
			return col
		}
	}
	return nil
}

// taken reports whether an SQL name cannot be used any more.
func (c *catalog) taken(folded string) bool {
	return slices.Contains(rowidNames, folded) || slices.Contains(own[c.kind], folded) ||
		slices.ContainsFunc(c.columns, func(col *column) bool { return fold(col.sql) == folded })
}

// declared is the SQL type of a column. NUMERIC keeps whole numbers as
// INTEGER and the others as REAL, so that 3 reads "3".
func declared(t analysis.Type) string {
	switch t {
	case analysis.Number:
		return "NUMERIC"
	case analysis.Blob:
		return "BLOB"
	}
	return "TEXT"
}

// add gives the table a column for the field.
func (c *catalog) add(ctx context.Context, q querier, f analysis.Field) (*column, error) {
	if len(c.columns) >= maxColumns {
		return nil, fmt.Errorf("%w: %q would be %s column %d, and a SQLite table holds %d; map fewer fields (andon map), or leave out lists and nested objects", ErrColumns, f.Name, c.kind, len(c.columns)+1, maxColumns)
	}
	col := &column{Field: f, sql: columnName(f.Name, c.taken)}
	alter := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", quote(string(c.kind)), quote(col.sql), declared(f.Type))
	c.layout = nil
	if _, err := q.ExecContext(ctx, alter); err != nil {
		return nil, err
	}
	result, err := q.ExecContext(ctx, `INSERT INTO "column" (kind, name, sql, path, role, type, unit, filled) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
		c.kind, f.Name, col.sql, f.Path, f.Role, f.Type.String(), f.Unit)
	if err != nil {
		return nil, err
	}
	if col.id, err = result.LastInsertId(); err != nil {
		return nil, err
	}
	c.columns = append(c.columns, col)
	return col, nil
}

// fill notes that the column has a value, and where it came from if that is
// not known yet: correct has no path while it was only worked out here.
func (col *column) fill(ctx context.Context, q querier, from analysis.Field) error {
	if col.filled && (col.Path != "" || from.Path == "") {
		return nil
	}
	col.filled = true
	if col.Path == "" {
		col.Path = from.Path
	}
	if col.Unit == "" {
		col.Unit = from.Unit
	}
	_, err := q.ExecContext(ctx, `UPDATE "column" SET filled = 1, path = ?, unit = ? WHERE id = ?`, col.Path, col.Unit, col.id)
	return err
}

// names are the quoted SQL names of columns, separated by commas.
func names(columns []*column) string {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c.sql)
	}
	return strings.Join(quoted, ", ")
}
