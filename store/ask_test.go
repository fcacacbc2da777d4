package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"andon/analysis"
)

// asked is a file with two notes to ask about.
func asked(t *testing.T) *File {
	t.Helper()
	f := create(t)
	for _, text := range []string{"gloves look black", "asked purchasing"} {
		if _, err := f.AddNote(t.Context(), analysis.Note{Time: start, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestAsk(t *testing.T) {
	f := asked(t)
	for _, test := range []struct {
		question, columns, first string
		rows                     int
		more                     bool
	}{
		{"SELECT id, text FROM note ORDER BY id", "id text", "1 gloves look black", 2, false},
		{"select null, 1.5, x'00ff', 'a' || char(27)", "null 1.5 x'00ff' 'a' || char(27)", "NULL 1.5 \x00\xff a\x1b", 1, false},
		{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT i FROM n", "i", "1", AskRows, true},
		{"SELECT 1 WHERE 0", "1", "", 0, false},
		{"SELECT count(*) FROM sqlite_schema WHERE name = 'note'", "count(*)", "1", 1, false},
	} {
		got, err := f.Ask(t.Context(), test.question)
		if err != nil {
			t.Errorf("%s: %v", test.question, err)
			continue
		}
		first := ""
		if len(got.Rows) > 0 {
			var words []string
			for _, v := range got.Rows[0] {
				if v == nil {
					words = append(words, "NULL")
				} else {
					words = append(words, *v)
				}
			}
			first = strings.Join(words, " ")
		}
		if columns := strings.Join(got.Columns, " "); columns != test.columns || first != test.first || len(got.Rows) != test.rows || got.More != test.more {
			t.Errorf("%s: %q, first %q of %d rows, more %v", test.question, columns, first, len(got.Rows), got.More)
		}
	}
}

// What is wrong is said where it is wrong.
func TestAskFaults(t *testing.T) {
	f := asked(t)
	for _, test := range []struct {
		question string
		at       int
		why      string
	}{
		{"", 0, "begins with SELECT"},
		{"SELECT text FORM note", 17, `"note" cannot stand here`}, // FORM is a name of the column
		{"SELECT id FROM note WHERE id = = 1", 31, `"=" cannot stand here`},
		{"SELECT tekst FROM note", 7, "no such column: tekst"},
		{"SELECT n.tekst FROM note n", 9, "no such column: n.tekst"},
		{"SELECT * FROM nots", 14, "no such table: nots"},
		{"SELECT frob(1)", 7, "no such function: frob"},
		{"SELECT id FROM note WHERE", 25, "not finished"},
		{"SELECT replace(hex(zeroblob(20000000)), '00', 'xx')", -1, "longer than 10 MB"},
	} {
		_, err := f.Ask(t.Context(), test.question)
		fault, ok := errors.AsType[*AskError](err)
		if !ok || !strings.Contains(fault.Why, test.why) || fault.At != test.at {
			t.Errorf("%q: %v (%+v), want %q at %d", test.question, err, fault, test.why, test.at)
		}
	}
}

// Nothing but reading passes, whatever it is called.
func TestAskOnlyReads(t *testing.T) {
	f := asked(t)
	side := filepath.Join(t.TempDir(), "side.db")
	for _, question := range []string{
		"DELETE FROM note", "UPDATE note SET text = 'x'", "INSERT INTO note DEFAULT VALUES", "DROP TABLE note",
		"CREATE TEMP TABLE t (a)", "ATTACH '" + side + "' AS side", "PRAGMA journal_mode = DELETE", "PRAGMA user_version",
		"SELECT * FROM pragma_table_info('note')", "SELECT load_extension('/tmp/x.so')", "VACUUM INTO '" + side + "'", "BEGIN IMMEDIATE",
		"SELECT 1; DELETE FROM note", "WITH d AS (SELECT 1) DELETE FROM note", "EXPLAIN DELETE FROM note", "REINDEX", "ANALYZE",
	} {
		_, err := f.Ask(t.Context(), question)
		if fault, ok := errors.AsType[*AskError](err); !ok || !strings.Contains(fault.Why, "only reading is allowed") {
			t.Errorf("%s: %v", question, err)
		}
	}
	if notes, err := f.Notes(t.Context()); err != nil || len(notes) != 2 {
		t.Errorf("%d notes are left, %v", len(notes), err)
	}
	if _, err := os.Stat(side); err == nil {
		t.Error("a file was made beside")
	}
}

// A question that does not end is given up when asked to.
func TestAskIsCancelled(t *testing.T) {
	f := asked(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Ask(ctx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

// A file that can only be read answers too.
func TestAskForeign(t *testing.T) {
	f := asked(t)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	foreign, err := OpenForeign(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer foreign.Close()
	if got, err := foreign.Ask(t.Context(), "SELECT count(*) FROM note"); err != nil || *got.Rows[0][0] != "2" {
		t.Errorf("%v, %v", got, err)
	}
}
