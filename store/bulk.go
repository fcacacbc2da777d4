package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"

	"andon/analysis"
	"andon/store/pages"
)

// Many rows take a way around SQL's binding of values:
//
//	columns ─▶ pages of a database in memory ─ INSERT SELECT ─▶ inference
//
// Between two tables declared alike SQLite copies whole records without looking
// into them (its transfer optimisation), in the same transaction as everything
// else, so this way is as durable as the other. Measured three times as fast.
// Who makes an image, and when it is copied, is in arrival.go.

// bulkRows is from how many rows on the detour pays; tests change it.
var bulkRows = 256

// maxBatches is how many databases may be attached in one transaction: SQLite
// allows 10, and lets none go before the end.
const maxBatches = 10

// images are buffers of images past: SQLite makes its own copy.
var images = sync.Pool{New: func() any { return new([]byte) }}

// plain is a column of a table as the transfer needs it: a name and a type.
type plain struct{ name, declared string }

// inferenceTable is the table that takes the detour.
const inferenceTable = string(analysis.InferenceKind)

// layout is a table as it is declared: its columns in their order, nil where one
// has anything beyond a name and a type, as another tool may have made it.
type layout struct {
	sql     string
	columns []plain
}

// laidOut is the layout of the catalog's table.
func (c *catalog) laidOut(ctx context.Context, q querier) (*layout, error) {
	if c.layout != nil {
		return c.layout, nil
	}
	declared, err := declaration(ctx, q, c.kind)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT name, type, "notnull" OR pk OR hidden OR dflt_value IS NOT NULL FROM main.pragma_table_xinfo(?)`, c.kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	l := &layout{sql: declared}
	odd := false
	for rows.Next() {
		var c plain
		var more bool
		if err := rows.Scan(&c.name, &c.declared, &more); err != nil {
			return nil, err
		}
		odd = odd || more
		l.columns = append(l.columns, c)
	}
	if odd {
		l.columns = nil
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	c.layout = l
	return l, nil
}

// declaration is the SQL that a kind's table is declared by.
func declaration(ctx context.Context, q querier, kind analysis.Kind) (text string, err error) {
	err = q.QueryRowContext(ctx, "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", kind).Scan(&text)
	return text, err
}

// draw is the columns under these names as pages of a database with a table
// of that layout, in a buffer that goes back to images after its use.
func draw(table string, layout []plain, columns []analysis.Column, names []string, rows int) (*[]byte, error) {
	values := make([]analysis.Column, len(layout))
	declarations := make([]string, len(layout))
	for i, c := range layout {
		declarations[i] = quote(c.name) + " " + c.declared
		for at, name := range names {
			if fold(name) == fold(c.name) {
				values[i] = columns[at]
			}
		}
	}
	create := fmt.Sprintf("CREATE TABLE %s (%s)", quote(table), strings.Join(declarations, ", "))
	buffer := images.Get().(*[]byte)
	made, err := pages.Image(*buffer, table, create, values, rows, appendTime)
	if err != nil {
		images.Put(buffer)
		return nil, err
	}
	*buffer = made
	return buffer, nil
}

// transfer copies the table of a database image into the file's.
func (t *transaction) transfer(ctx context.Context, table string, image []byte) error {
	name := fmt.Sprintf("batch%d", t.batches)
	if _, err := t.ExecContext(ctx, "ATTACH ':memory:' AS "+name); err != nil {
		return err
	}
	t.batches++
	return t.raw(func(conn any) error {
		if err := deserialize(conn, image, name); err != nil {
			return err
		}
		_, err := conn.(driver.ExecerContext).ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%[1]s SELECT * FROM %[2]s.%[1]s", quote(table), name), nil)
		return err
	})
}

// detach lets the databases of a transaction that has ended go.
func (t *transaction) detach(ctx context.Context) error {
	for ; t.batches > 0; t.batches-- {
		if _, err := t.conn.ExecContext(ctx, fmt.Sprintf("DETACH batch%d", t.batches-1)); err != nil {
			return err
		}
	}
	return nil
}
