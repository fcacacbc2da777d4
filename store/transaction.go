package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
)

// transaction is a write in progress: everything in it happens or nothing.
type transaction struct {
	*sql.Tx
	conn     *sql.Conn
	batches  int       // databases attached, see bulk
	arrivals []arrival // rows that are not in the table yet
}

// write runs do in an immediate transaction and commits. The attempt ("save
// the note in") begins the message of any error.
//
// A cancelled ctx stops it before it begins, not midway: transactions are
// short, and database/sql would roll back behind the back of the raw
// statements that fill tables.
func (f *File) write(ctx context.Context, attempt string, do func(context.Context, *transaction) error) error {
	if f.writer == nil {
		return fmt.Errorf("%s %q: %w: it was opened read-only", attempt, f.path, ErrReadOnly)
	}
	if err := f.inPlace(); err != nil {
		return fmt.Errorf("%s %q: %w", attempt, f.path, err)
	}
	conn, err := f.writer.Conn(ctx)
	if err != nil {
		return explain(attempt, f.path, err)
	}
	defer conn.Close()
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return explain(attempt, f.path, err)
	}
	t := &transaction{Tx: tx, conn: conn}
	err = do(ctx, t)
	if err == nil {
		err = t.land(ctx)
	}
	if err == nil {
		err = setSeal(ctx, tx)
	}
	if err == nil {
		err = tx.Commit()
	}
	_ = tx.Rollback() // of what failed; a no-op once committed
	return explain(attempt, f.path, errors.Join(err, t.detach(ctx)))
}

// record is write for what people say. It is short and cannot wait, so on a
// full disk the ballast goes overboard for it.
func (f *File) record(ctx context.Context, attempt string, do func(context.Context, *transaction) error) error {
	err := f.write(ctx, attempt, do)
	if errors.Is(err, ErrFull) && dropBallast(f.path) {
		err = f.write(ctx, attempt, do)
	}
	return err
}

// inPlace fails if the path no longer leads to the file that is open: SQLite
// would go on writing into a file without a name, and say that all is well.
func (f *File) inPlace() error {
	now, err := os.Stat(f.path)
	if err == nil && os.SameFile(now, f.identity) {
		return nil
	}
	return fmt.Errorf("%w: nothing was saved; put it back, or save to another place", ErrMoved)
}

// read runs do over one snapshot, so that everything it asks fits together.
func (f *File) read(ctx context.Context, attempt string, do func(*sql.Tx) error) error {
	tx, err := f.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(attempt, f.path, err)
	}
	defer tx.Rollback()
	return explain(attempt, f.path, do(tx))
}

// cell is row i of a column, ready to be bound.
type cell func(i int) driver.Value

// insert adds rows first to last-1 of cells to a table, some dozen rows a
// statement. Sent as a query, the driver binds and runs a whole statement in
// one call into C, where Exec would make one call a value: measured 1.6 times
// as fast.
func (t *transaction) insert(ctx context.Context, table string, columns []string, cells []cell, rows int) error {
	return t.conn.Raw(func(conn any) error {
		each := max(1, min(64, 1000/len(columns)))
		for from := 0; from < rows; {
			n := min(each, rows-from)
			group := (rows - from) / n // full statements of n rows
			if err := insertGroup(ctx, conn.(driver.ConnPrepareContext), insertSQL(table, columns, n), cells, from, n, group); err != nil {
				return err
			}
			from += n * group
		}
		return nil
	})
}

// insertGroup runs one statement of n rows, times times.
func insertGroup(ctx context.Context, conn driver.ConnPrepareContext, text string, cells []cell, from, n, times int) error {
	statement, err := conn.PrepareContext(ctx, text)
	if err != nil {
		return err
	}
	defer statement.Close()
	query := statement.(driver.StmtQueryContext)
	values := make([]driver.NamedValue, n*len(cells))
	for i := range values {
		values[i].Ordinal = i + 1
	}
	for range times {
		for c, cell := range cells {
			for i := range n {
				values[i*len(cells)+c].Value = cell(from + i)
			}
		}
		from += n
		result, err := query.QueryContext(ctx, values)
		if err != nil {
			return err
		}
		if err := result.Close(); err != nil {
			return err
		}
	}
	return nil
}
