package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// One connection writes, whoever is first takes it, and everything that people or
// programs say comes into the file through here.

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
