package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
)

// A transaction begins with its first statement, so that what needs no database
// can be worked out while the one before it is still being committed:
//
//	write ─▶ begin ─────▶ do ─▶ commit
//	ahead ─▶ do ─ begin ─ do ─▶ commit

// transaction is a write in progress: everything in it happens or nothing.
type transaction struct {
	tx       *sql.Tx // nil until begun
	conn     *sql.Conn
	batches  int       // databases attached, see bulk
	arrivals []arrival // rows that are not in the table yet

	file    *File
	open    func() error // begins it
	refused error        // why it could not begin; then nothing was done
}

// begin begins the transaction, unless it is under way.
func (t *transaction) begin() error {
	if t.tx == nil && t.refused == nil {
		t.refused = t.open()
	}
	return t.refused
}

func (t *transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.begin(); err != nil {
		return nil, err
	}
	return t.tx.ExecContext(ctx, query, args...)
}

func (t *transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := t.begin(); err != nil {
		return nil, err
	}
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext asks nothing of a transaction that cannot begin: a row cannot
// be made with an error of ours, but it can be one of a question taken back.
func (t *transaction) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if t.begin() != nil {
		back, cancel := context.WithCancel(ctx)
		cancel()
		return t.file.reader.QueryRowContext(back, query)
	}
	return t.tx.QueryRowContext(ctx, query, args...)
}

// PrepareContext prepares a statement of the transaction.
func (t *transaction) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := t.begin(); err != nil {
		return nil, err
	}
	return t.tx.PrepareContext(ctx, query)
}

// raw runs do on the driver's connection, within the transaction.
func (t *transaction) raw(do func(conn any) error) error {
	if err := t.begin(); err != nil {
		return err
	}
	return t.conn.Raw(do)
}

// write runs do in an immediate transaction and commits. The attempt ("save
// the note in") begins the message of any error.
//
// A cancelled ctx stops it before it begins, not midway: transactions are
// short, and database/sql would roll back behind the back of the raw
// statements that fill tables.
func (f *File) write(ctx context.Context, attempt string, do func(context.Context, *transaction) error) error {
	return f.writeAhead(ctx, attempt, nil, func(ctx context.Context, t *transaction) error {
		if err := t.begin(); err != nil {
			return err
		}
		return do(ctx, t)
	})
}

// opening is what is done around the beginning of a transaction.
type opening func(ctx context.Context, t *transaction, begin func() error) error

// writeAhead is write, but that the transaction begins at the first statement of
// do, in the way of opening, if there is one.
func (f *File) writeAhead(ctx context.Context, attempt string, opening opening, do func(context.Context, *transaction) error) error {
	t := &transaction{file: f}
	asked := ctx
	begin := func() (err error) {
		t.conn, t.tx, err = f.begin(asked, attempt)
		return err
	}
	t.open = begin
	ctx = context.WithoutCancel(ctx)
	if opening != nil {
		t.open = func() error { return opening(ctx, t, begin) }
	}
	err := do(ctx, t)
	if err == nil {
		err = t.land(ctx)
	}
	if err == nil {
		err = setSeal(ctx, t)
	}
	if t.tx == nil {
		return cmp.Or(t.refused, explain(attempt, f.path, err))
	}
	defer t.conn.Close()
	if err == nil && t.refused == nil {
		err = t.tx.Commit()
	}
	_ = t.tx.Rollback() // of what failed; a no-op once committed
	if t.refused != nil {
		return t.refused
	}
	return explain(attempt, f.path, errors.Join(err, t.detach(ctx)))
}

// begin takes the connection that writes and begins a transaction on it.
func (f *File) begin(ctx context.Context, attempt string) (*sql.Conn, *sql.Tx, error) {
	if f.writer == nil {
		return nil, nil, fmt.Errorf("%s %q: %w: it was opened read-only", attempt, f.path, ErrReadOnly)
	}
	if err := f.inPlace(); err != nil {
		return nil, nil, fmt.Errorf("%s %q: %w", attempt, f.path, err)
	}
	conn, err := f.writer.Conn(ctx)
	if err != nil {
		return nil, nil, explain(attempt, f.path, err)
	}
	if err = ctx.Err(); err == nil {
		var tx *sql.Tx
		if tx, err = conn.BeginTx(context.WithoutCancel(ctx), nil); err == nil {
			return conn, tx, nil
		}
		err = explain(attempt, f.path, err)
	}
	conn.Close()
	return nil, nil, err
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
	return t.raw(func(conn any) error {
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
