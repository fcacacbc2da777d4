package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"andon/analysis"
)

const migrateVariable = "ANDON_STORE_MIGRATE"

// migrateOld is a child that brings a file of version 1 up to date.
func migrateOld(ctx context.Context, path string) error {
	fmt.Println("begin")
	f, err := Open(ctx, path)
	if err != nil {
		return err
	}
	fmt.Println("done")
	return f.Close()
}

// old makes a closed file of version 1 with rows and a note, as the first
// Andon wrote it.
func old(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.andon")
	f, err := Create(t.Context(), path, start)
	if err != nil {
		t.Fatal(err)
	}
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 300))
	if _, err := f.AddNote(t.Context(), analysis.Note{Text: "kept"}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	tamper(t, path, "DROP TABLE rollup", "DROP TABLE rolled", "DROP TABLE scale", "DROP TABLE fleet", "DROP TABLE query", "DROP TABLE stream", "DROP TABLE mapping", "ALTER TABLE finding DROP COLUMN params", "DROP TABLE hypothesis_move", "DROP TABLE hypothesis",
		"DROP TABLE replayed", "DROP TABLE incident_move", "DROP TABLE incident_record",
		"DROP TABLE countermeasure", "DROP TABLE saved_check", "DROP TABLE recast",
		"ALTER TABLE state DROP COLUMN notes",
		"ALTER TABLE chunk DROP COLUMN hash", `ALTER TABLE "column" DROP COLUMN words`,
		"ALTER TABLE state DROP COLUMN seal", "PRAGMA user_version = 1", "PRAGMA wal_checkpoint(TRUNCATE)")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestMigrateOld opens a file of version 1, and one from someone else.
func TestMigrateOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.andon")
	if err := os.WriteFile(path, old(t), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if f, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	load(t, f, analysis.Source{Path: "more"}, plantBatch(300, 100))
	sound(t, f)
	if err := f.Examine(t.Context()).Err(); err != nil {
		t.Error(err)
	}
	if all := notes(t, f); len(all) != 1 || all[0].Text != "kept" {
		t.Errorf("notes %+v", all)
	}
}

// TestMigrateKill kills migrations: the file is of the old version or the new
// one, with all that was in it.
func TestMigrateKill(t *testing.T) {
	content := old(t)
	random := rand.New(rand.NewPCG(3, 4))
	versions := map[string]int{}
	for i := range kills() {
		path := filepath.Join(t.TempDir(), fmt.Sprint(i, ".andon"))
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		killAfter(t, migrateVariable, path, time.Duration(random.IntN(4_000))*time.Microsecond)
		r, err := newFile(path, reading)
		if err != nil {
			t.Fatal(err)
		}
		version, err := r.version(t.Context())
		if err != nil || version < 1 || version > len(migrations) {
			t.Errorf("version %d, %v", version, err)
		}
		versions[fmt.Sprint(version)]++
		r.Close()
		f, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := f.RowCount(t.Context()); n != 300 || err != nil || len(notes(t, f)) != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
		sound(t, f)
		f.Close()
	}
	t.Logf("versions after the kill: %v", versions)
}
