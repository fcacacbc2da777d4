package store

import (
	"context"
	"database/sql/driver"
	"time"
)

// The write-ahead log writes every page twice, with check sums, so that others
// can read meanwhile. A program that only loads needs no others:
//
//	Hurry ─▶ a big commit ─▶ rollback journal ─▶ ... ─▶ Flush, Finish, Close ─▶ log again
//	                 └─ somebody has the file open: the log stays
//
// New pages need no journal, so a load writes them once, straight into the
// file: measured a fifth faster. It is as durable (synchronous EXTRA also
// synchronises the directory), and whoever opens the file meanwhile turns it
// back to the log, or waits for the transaction under way.

// hurryRows is from how many rows a commit is worth the change; tests lower it.
var hurryRows = 1 << 14

// hurryPause is what others get after each commit of a hurried load.
const hurryPause = 2 * time.Millisecond

// hurried are the settings of the connection that loads in a hurry.
var hurried = []setting{
	{"", "DELETE", "journal_mode", "delete"},
	{"", "EXTRA", "synchronous", "3"},
	{"", "OFF", "cache_spill", "0"}, // or readers would wait for all of a transaction
}

// fleeting are those of a file that its program removes: a transaction is still
// whole or not at all, but no disk is waited for.
var fleeting = []setting{
	{"", "MEMORY", "journal_mode", "memory"},
	{"", "OFF", "synchronous", "0"},
	{"", "OFF", "cache_spill", "0"},
}

// unhurried are those it goes back to.
var unhurried = []setting{
	{"", "WAL", "journal_mode", "wal"},
	{"", "FULL", "synchronous", "2"},
}

// Hurry says that this program does nothing with the file but load into it
// until it flushes: until then its readers and its loads wait for each other.
// It is called before the first Append.
func (f *File) Hurry() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hurry = true
}

// Fleeting is Hurry for a file that is removed by this program: what a power
// cut would do to it is nobody's loss.
func (f *File) Fleeting() {
	f.Hurry()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fleeting = true
}

// hasten leaves the log for a commit of so many rows, if it may and can. It is
// called by whoever commits, of whom there is one at a time.
func (f *File) hasten(ctx context.Context, rows int) error {
	if !f.hurry || f.hastened || rows < hurryRows {
		return nil
	}
	f.reader.SetMaxIdleConns(0) // an idle reader holds on to the log
	defer f.reader.SetMaxIdleConns(readers)
	f.hurry = false // once; Flush allows it again
	return f.onWriter(ctx, func(conn any) error {
		mode, err := pragma(conn.(driver.QueryerContext), "journal_mode")
		if err != nil || mode != "wal" {
			return err // it does without a log anyway
		}
		quick := hurried
		if f.fleeting {
			quick = fleeting
		}
		if err := apply(conn, quick); err == nil && readBack(conn, quick) == nil {
			f.hastened = true
			return nil
		}
		if err := apply(conn, unhurried); err != nil {
			return err
		}
		return readBack(conn, unhurried)
	})
}

// steady goes back to the log. Where somebody reads it cannot, and the file
// stays as it is, no less safe, until it is opened again.
func (f *File) steady(ctx context.Context) error {
	if !f.hastened {
		return nil
	}
	f.hastened, f.hurry = false, true
	return f.onWriter(ctx, func(conn any) error {
		if apply(conn, unhurried[:1]) != nil || readBack(conn, unhurried[:1]) != nil {
			return nil
		}
		if err := apply(conn, unhurried[1:]); err != nil {
			return err
		}
		return readBack(conn, unhurried)
	})
}

// onWriter runs do on the writing connection, outside of any transaction.
func (f *File) onWriter(ctx context.Context, do func(conn any) error) error {
	conn, err := f.writer.Conn(ctx)
	if err != nil {
		return explain("write to", f.path, err)
	}
	defer conn.Close()
	return explain("write to", f.path, conn.Raw(do))
}
