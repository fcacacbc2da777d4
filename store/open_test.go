package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

// files are what people may hand to Open, made in dir.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	f := create(t)
	f.Close()
	ours, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Clone(ours)
	binary.BigEndian.PutUint32(newer[60:], uint32(len(migrations)+1))
	foreign := bytes.Clone(ours)
	binary.BigEndian.PutUint32(foreign[68:], 0x47504b47)
	return map[string]string{
		"newer":   write("newer.andon", newer),
		"foreign": write("foreign.db", foreign),
		"empty":   write("empty.andon", nil),
		"log":     write("app.log", []byte(strings.Repeat("{\"time\":1}\n", 50))),
		"picture": write("a.png", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 200)...)),
		"short":   write("short.andon", ours[:50]),
		"dir":     dir,
		"missing": filepath.Join(dir, "missing.andon"),
	}
}

func TestOpenRefuses(t *testing.T) {
	want := map[string]error{
		"newer": ErrNewer, "foreign": ErrNotIncident, "empty": ErrNotIncident, "log": ErrNotIncident,
		"picture": ErrNotIncident, "short": ErrNotIncident, "dir": ErrNotIncident, "missing": ErrNotFound,
	}
	dir := t.TempDir()
	for name, path := range files(t, dir) {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(path)
			for _, open := range []func(context.Context, string) (*File, error){Open, OpenReadOnly} {
				f, err := open(t.Context(), path)
				if !errors.Is(err, want[name]) {
					t.Errorf("error %v, want %v", err, want[name])
				}
				if f != nil {
					f.Close()
				}
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
				t.Errorf("%v was left beside it", left)
			}
		})
	}
}

// TestOpenNewerInLog has a newer version only in the -wal, as after a kill of
// a newer Andon: the header still shows ours.
func TestOpenNewerInLog(t *testing.T) {
	f := create(t)
	if _, err := f.writer.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	copied := filepath.Join(dir, "copy.andon")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(f.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := os.ReadFile(copied)
	if _, err := Open(t.Context(), copied); !errors.Is(err, ErrNewer) {
		t.Errorf("error %v, want ErrNewer", err)
	}
	if after, _ := os.ReadFile(copied); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

func TestCreateExists(t *testing.T) {
	f := create(t)
	if _, err := Create(t.Context(), f.Path(), start); !errors.Is(err, ErrExists) {
		t.Errorf("error %v, want ErrExists", err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(f.Path()), ".andon-new-*"))
	if len(left) > 0 {
		t.Errorf("%v was left behind", left)
	}
}

// TestCreateOrphanLog removes a file but not the log of the killed program that
// wrote it.
func TestCreateOrphanLog(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plant())
	path := filepath.Join(t.TempDir(), "x.andon")
	log, err := os.ReadFile(f.Path() + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatalf("%d bytes of log, %v", len(log), err)
	}
	if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), path, start); !errors.Is(err, ErrExists) || !strings.Contains(err.Error(), "-wal") {
		t.Errorf("error %v does not name the log", err)
	}
}

func TestCreateOwnerOnly(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plant())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(f.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", suffix, info.Mode())
		}
	}
	incident, err := f.Incident(t.Context())
	if err != nil || incident.Title != "x" || !incident.Created.Equal(start) || incident.Status != "open" {
		t.Errorf("incident %+v, %v", incident, err)
	}
}

func TestOpenNames(t *testing.T) {
	for _, name := range []string{"a?b", "a#b", "100%", "a b", "a\nb", "ü日本", "%3f", "&x=1", "\x1b[31m", "\xff", strings.Repeat("x", 200)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name+".andon")
			f, err := Create(t.Context(), path, start)
			if err != nil {
				t.Fatal(err)
			}
			load(t, f, analysis.Source{Path: "log"}, plant())
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 2 || entries[0].Name() != name+".andon" || entries[1].Name() != name+".andon-ballast" {
				t.Errorf("the directory holds %v, %v", entries, err)
			}
		})
	}
}

func TestPragmasReadBack(t *testing.T) {
	f := create(t)
	for _, s := range append(writing, setting{"", "", "page_size", "8192"}, setting{"", "", "application_id", "1097753710"}) {
		if s.pragma == "" {
			continue
		}
		var got string
		if err := f.writer.QueryRow("PRAGMA " + s.pragma).Scan(&got); err != nil || got != s.want {
			t.Errorf("%s is %s (%v), want %s", s.pragma, got, err, s.want)
		}
	}
	if _, err := f.reader.Exec("DELETE FROM event"); err == nil {
		t.Error("a reader could write")
	}
}

// TestPragmasRefused asks for a setting that the DSN does not bring about.
func TestPragmasRefused(t *testing.T) {
	f := create(t)
	wrong := append([]setting{{"_synchronous", "NORMAL", "synchronous", "2"}}, shared...)
	db := connect(f.Path(), wrong, 1)
	defer db.Close()
	if err := db.PingContext(t.Context()); !errors.Is(err, ErrUnsafe) {
		t.Errorf("error %v, want ErrUnsafe", err)
	}
}

// TestEngine holds the engine to a version without the bug that corrupts a
// database when its log is reset (sqlite.org/wal.html, fixed in 3.51.3).
func TestEngine(t *testing.T) {
	f := create(t)
	if got := ask(t, f, "SELECT sqlite_version()"); versionNumber(got) < versionNumber("3.51.3") {
		t.Errorf("SQLite %s", got)
	}
}

func versionNumber(s string) int {
	n := 0
	for part := range strings.SplitSeq(s, ".") {
		v := 0
		for _, digit := range part {
			v = v*10 + int(digit-'0')
		}
		n = n*1000 + v
	}
	return n
}

func TestMoved(t *testing.T) {
	ways := map[string]func(path string) error{
		"removed": os.Remove,
		"renamed": func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, []byte("other"), 0o600))
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			if _, err := f.AddNote(t.Context(), analysis.Note{Text: "before"}); err != nil {
				t.Fatal(err)
			}
			if err := way(f.Path()); err != nil {
				t.Fatal(err)
			}
			if _, err := f.AddNote(t.Context(), analysis.Note{Text: "after"}); !errors.Is(err, ErrMoved) {
				t.Errorf("a note after it was %s: %v, want ErrMoved", name, err)
			}
		})
	}
}

func TestOpenReadOnly(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plant())
	f.Close()
	r, err := OpenReadOnly(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := r.RowCount(t.Context()); n != 6 || err != nil || !r.ReadOnly() {
		t.Errorf("%d rows, %v, read-only %v", n, err, r.ReadOnly())
	}
	if _, err := r.AddNote(t.Context(), analysis.Note{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a note gives %v, want ErrReadOnly", err)
	}
	if _, err := r.Load(t.Context(), analysis.Source{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a load gives %v, want ErrReadOnly", err)
	}
}

// TestMigrateKeepsWhatIsThere runs the steps twice and from two connections.
func TestMigrateKeepsWhatIsThere(t *testing.T) {
	f := create(t)
	if _, err := f.AddNote(t.Context(), analysis.Note{Text: "kept"}); err != nil {
		t.Fatal(err)
	}
	if err := migrate(t.Context(), f.writer, f.Path()); err != nil {
		t.Fatal(err)
	}
	if err := step(t.Context(), f.writer, 0); err != nil {
		t.Errorf("a step another process has done: %v", err)
	}
	if notes, err := f.Notes(t.Context()); len(notes) != 1 || err != nil {
		t.Errorf("%d notes, %v", len(notes), err)
	}
}

// TestReadersDoNotWait reads while a transaction is open.
func TestReadersDoNotWait(t *testing.T) {
	f := create(t)
	err := f.write(t.Context(), "test", func(ctx context.Context, tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "UPDATE incident SET title = 'other'"); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		incident, err := f.Incident(ctx)
		if incident.Title != "x" {
			t.Errorf("a reader sees %q", incident.Title)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTwoProcesses writes through two Files in turn: each sees the other's rows
// before it fills the tail further.
func TestTwoProcesses(t *testing.T) {
	a := create(t)
	b, err := Open(t.Context(), a.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for range 3 {
		load(t, a, analysis.Source{Path: "a"}, plant())
		load(t, b, analysis.Source{Path: "b"}, inferences())
		load(t, b, analysis.Source{Path: "labels", Kind: analysis.LabelKind}, feedback())
		join(t, b)
	}
	sound(t, a)
	if n, err := a.RowCount(t.Context()); n != 36 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

var _ querier = (*sql.DB)(nil)
