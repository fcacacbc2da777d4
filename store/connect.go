package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"andon/analysis"
)

// setting is one pragma: how the DSN asks for it (no key: the connection does,
// once open) and what reading it back must give. go-sqlite3 silently lowers synchronous to NORMAL, which loses
// acknowledged commits at a power cut, so nothing is taken on trust.
type setting struct{ key, value, pragma, want string }

var (
	shared = []setting{
		{"_busy_timeout", "10000", "busy_timeout", "10000"},
		{"_foreign_keys", "on", "foreign_keys", "1"},
		// Nothing in the file's schema may call a function of ours, and a page
		// that lies about its cells is an error, not a wild read.
		{"", "OFF", "trusted_schema", "0"},
		{"", "ON", "cell_size_check", "1"},
		{"", "0", "mmap_size", "0"},
	}
	writing = append([]setting{
		{"_journal_mode", "WAL", "journal_mode", "wal"},
		{"_synchronous", "FULL", "synchronous", "2"},
		{"_secure_delete", "true", "secure_delete", "1"},
		{"_txlock", "immediate", "", ""},
	}, shared...)
	// remote is writing where shared memory is not shared: a -wal on a network
	// file system ruins the file as soon as two machines open it
	// (sqlite.org/wal.html). EXTRA also synchronises the directory.
	remote = append([]setting{
		{"_journal_mode", "DELETE", "journal_mode", "delete"},
		{"_synchronous", "EXTRA", "synchronous", "3"},
		{"_secure_delete", "true", "secure_delete", "1"},
		{"_txlock", "immediate", "", ""},
	}, shared...)
	reading = append([]setting{
		{"mode", "ro", "", ""},
		{"_query_only", "true", "query_only", "1"},
	}, shared...)
	// Without a writable directory and without a -wal the file cannot change
	// under us, and SQLite needs no lock file beside it.
	frozen = append([]setting{{"immutable", "1", "", ""}}, reading...)
	// building is the mode of a file that nobody else can see yet.
	building = append([]setting{
		{"_journal_mode", "DELETE", "journal_mode", "delete"},
		{"_synchronous", "FULL", "synchronous", "2"},
	}, shared...)
)

// dsn names the file by URI, so that no byte of its path is mistaken for a
// parameter: go-sqlite3 cuts a plain path at the first "?".
func dsn(path string, settings []setting) string {
	var b strings.Builder
	b.WriteString("file:")
	for i := range len(path) {
		switch c := path[i]; {
		case c == '/' || c == '.' || c == '-' || c == '_',
			'0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	values := url.Values{}
	for _, s := range settings {
		if s.key != "" {
			values.Set(s.key, s.value)
		}
	}
	return b.String() + "?" + values.Encode()
}

// connector opens connections with the settings and refuses one that did not
// take them.
type connector struct {
	dsn    string
	driver sqlite3.SQLiteDriver
}

// Connect waits while another program that loads in a hurry is in the middle of
// a transaction: to turn the file back to the write-ahead log SQLite does not
// wait by itself, whatever the time-out.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	for until := time.Now().Add(patience); ; time.Sleep(hurryPause / 4) {
		conn, err := c.driver.Open(c.dsn)
		if code, _ := resultCode(err); code != codeBusy || time.Now().After(until) || ctx.Err() != nil {
			return conn, err
		}
	}
}

func (c *connector) Driver() driver.Driver { return &c.driver }

// patience is how long a connection waits for another, as in the settings.
const patience = 10 * time.Second

// connect returns a pool of at most n connections to path, each prepared by
// more.
func connect(path string, settings []setting, n int, more ...func(*sqlite3.SQLiteConn) error) *sql.DB {
	c := &connector{dsn: dsn(path, settings)}
	c.driver.ConnectHook = func(conn *sqlite3.SQLiteConn) error {
		if err := apply(conn, settings); err != nil {
			return err
		}
		if err := readBack(conn, settings); err != nil {
			return err
		}
		for _, prepare := range append(more, teach) {
			if err := prepare(conn); err != nil {
				return err
			}
		}
		return nil
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// apply brings about the settings that the DSN has no word for.
func apply(conn any, settings []setting) error {
	for _, s := range settings {
		if s.key != "" {
			continue
		}
		if _, err := conn.(driver.ExecerContext).ExecContext(context.Background(), "PRAGMA "+s.pragma+" = "+s.value, nil); err != nil {
			return err
		}
	}
	return nil
}

// readBack asks every pragma for its value.
func readBack(conn any, settings []setting) error {
	for _, s := range settings {
		if s.pragma == "" {
			continue
		}
		got, err := pragma(conn.(driver.QueryerContext), s.pragma)
		if err != nil {
			return err
		}
		if got != s.want {
			return fmt.Errorf("%w: %s is %q instead of %q; the file system may not support it (a network share?), so copy the file to a local disk", ErrUnsafe, s.pragma, got, s.want)
		}
	}
	return nil
}

func pragma(conn driver.QueryerContext, name string) (string, error) {
	rows, err := conn.QueryContext(context.Background(), "PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	value := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(value); err != nil {
		if err == io.EOF {
			return "", nil
		}
		return "", err
	}
	return fmt.Sprint(value[0]), nil
}

// teach gives a connection the functions that statements of this package use:
// the same code decides about classes here and in memory.
func teach(conn *sqlite3.SQLiteConn) error {
	functions := map[string]any{
		"andon_canonical": func(v any) any {
			if v == nil {
				return nil
			}
			return analysis.Canonical(textOf(v))
		},
		"andon_text": func(v any) any {
			if v == nil {
				return nil
			}
			return textOf(v)
		},
		"andon_failed": func(v any) bool { return v != nil && analysis.Failed(textOf(v)) },
	}
	for name, f := range functions {
		if err := conn.RegisterFunc(name, f, true); err != nil {
			return err
		}
	}
	return nil
}
