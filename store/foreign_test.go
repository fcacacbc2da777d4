package store

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"andon/analysis"
)

// whole makes a closed file with something of every kind in it.
func whole(t testing.TB, rows int) string {
	t.Helper()
	f := create(t)
	load(t, f, analysis.Source{Path: "log", Hash: "l", Kind: analysis.InferenceKind}, plantBatch(0, rows))
	load(t, f, analysis.Source{Path: "labels", Hash: "t", Kind: analysis.LabelKind}, feedback())
	load(t, f, analysis.Source{Path: "metrics", Hash: "m", Kind: analysis.MetricKind}, samples())
	load(t, f, analysis.Source{Path: "events", Hash: "e", Kind: analysis.EventKind}, changes())
	join(t, f)
	for _, text := range []string{"first look", "gloves", "new gloves since 06:28"} {
		if _, err := f.AddNote(t.Context(), analysis.Note{Text: text, Time: start}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Path()
}

func samples() *analysis.Batch {
	return batch(analysis.MetricKind, []string{"time:time", "name:name", "host", "value:value"},
		[]string{stamp(1), "cpu", "a", "3"}, []string{stamp(2), "cpu", "a", "2"})
}

func changes() *analysis.Batch {
	return batch(analysis.EventKind, []string{"time:time", "kind:kind", "title:title", "line:scope"},
		[]string{stamp(60), "material", "gloves", "L2"}, []string{stamp(90), "deploy", "2.4.0", ""})
}

// tamper runs statements on a file as any SQLite tool could.
func tamper(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range append([]string{"PRAGMA trusted_schema = ON"}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestOpenForeign(t *testing.T) {
	path := whole(t, 500)
	before, _ := os.ReadFile(path)
	f, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := f.RowCount(t.Context()); n != 500 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	if _, err := f.AddNote(t.Context(), analysis.Note{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a note gives %v, want ErrReadOnly", err)
	}
	for _, evil := range []string{"ATTACH 'x.db' AS x", "DELETE FROM event", "VACUUM INTO 'x.db'", "SELECT randomblob(100000000)", "CREATE TEMP TABLE x (a)"} {
		if _, err := f.reader.Exec(evil); err == nil {
			t.Errorf("%s was allowed", evil)
		}
	}
	private := f.private
	info, err := os.Stat(filepath.Join(private, "copy.andon"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v", info, err)
	}
	f.Close()
	if _, err := os.Stat(private); err == nil {
		t.Error("the copy was left behind")
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

// TestOpenEvil has schemas that would act when looked at, and rows that were
// changed behind the segments' back.
func TestOpenEvil(t *testing.T) {
	rename := "ALTER TABLE event RENAME TO event_"
	cases := map[string][]string{
		"a view for a table":      {rename, "CREATE VIEW event AS SELECT * FROM event_"},
		"a view that never ends":  {rename, "CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"},
		"one view more":           {"CREATE VIEW more AS SELECT 1"},
		"a trigger":               {"CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM event; END"},
		"a trigger for ours":      {"DROP TRIGGER note_no_update"},
		"an index":                {"CREATE INDEX evil ON inference (time)"},
		"a computed column":       {"ALTER TABLE inference ADD COLUMN evil TEXT AS (hex(zeroblob(1000000)))"},
		"a huge default":          {"ALTER TABLE inference ADD COLUMN evil TEXT DEFAULT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"},
		"a column of no catalog":  {"ALTER TABLE inference ADD COLUMN evil TEXT"},
		"a table missing":         {"DROP TABLE reject"},
		"a check":                 {rename, "CREATE TABLE event (id INTEGER PRIMARY KEY, source, time, \"end\", kind, title, detail, scope, CHECK (randomblob(1e9)))"},
		"an altered inference":    {"UPDATE inference SET dimension0 = 'other' WHERE rowid = 77"},
		"an altered label":        {"UPDATE label SET label = 'other' WHERE rowid = 2"},
		"an altered event":        {"UPDATE event SET title = 'other' WHERE rowid = 1"},
		"an altered metric":       {"UPDATE metric SET value = 1e9 WHERE rowid = 1"},
		"a row missing":           {"DELETE FROM inference WHERE rowid = (SELECT max(rowid) FROM inference)"},
		"an altered word":         {"UPDATE dictionary SET value = 'other' WHERE code = 1"},
		"a segment of other rows": {"UPDATE segment SET data = (SELECT data FROM segment s WHERE s.\"column\" = segment.\"column\" + 1 AND s.first = segment.first) WHERE \"column\" = 13"},
		"an altered note": {"DROP TRIGGER note_no_update", "UPDATE note SET text = 'all is well' WHERE id = 2",
			"CREATE TRIGGER note_no_update BEFORE UPDATE ON note\nBEGIN SELECT RAISE(ABORT, 'notes are append-only: write a new note that supersedes'); END"},
	}
	clean := whole(t, 300)
	content, err := os.ReadFile(clean)
	if err != nil {
		t.Fatal(err)
	}
	for name, statements := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "evil.andon")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			tamper(t, path, statements...)
			f, err := OpenForeign(t.Context(), path)
			if err == nil {
				f.Close()
				t.Fatal("it was opened")
			}
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrAltered) && !errors.Is(err, ErrBroken) {
				t.Errorf("error %v", err)
			}
		})
	}
}
