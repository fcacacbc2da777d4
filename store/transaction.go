package store

import (
	"context"
	"database/sql"
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
