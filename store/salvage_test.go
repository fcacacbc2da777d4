package store

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"andon/analysis"
)

// TestSalvageWhole brings all of a sound file over.
func TestSalvageWhole(t *testing.T) {
	path := whole(t, 400)
	to := filepath.Join(t.TempDir(), "saved.andon")
	s, err := Salvage(t.Context(), path, to, start)
	if err != nil || s.Rows != 400 || s.Lost+s.Gaps+s.Gone != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	f, err := OpenForeign(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if notes(t, f)[2].Text != "new gloves since 06:28" {
		t.Errorf("notes %+v", notes(t, f))
	}
	if got, want := dump(t, to), dump(t, path); got != want {
		t.Errorf("the rows are\n%.300s\nwant\n%.300s", got, want)
	}
}

// dump is the inferences and labels of a file, as text.
func dump(t *testing.T, path string) string {
	t.Helper()
	f, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return ask(t, f, "SELECT * FROM inference") + ask(t, f, `SELECT id, label, reviewer, label_time, "row", conflict FROM label`)
}

// TestSalvageCorrupt damages rows that segments still hold, segments whose rows
// are there, and anything at all: what comes out was stored, and is whole.
func TestSalvageCorrupt(t *testing.T) {
	cases := 12
	if os.Getenv("ANDON_HEAVY") != "" {
		cases = 120
	}
	path := whole(t, 600)
	clean, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]bool{}
	for line := range strings.Lines(askFile(t, path, "SELECT time, id FROM inference")) {
		stored[strings.TrimSpace(line)] = true
	}
	dir, saved := t.TempDir(), 0
	for i := range cases {
		r := rand.New(rand.NewPCG(uint64(i), 11))
		damaged := bytes.Clone(clean)
		clear(page(r, damaged[pageSize:]))
		at := filepath.Join(dir, "damaged.andon")
		if err := os.WriteFile(at, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "saved.andon")
		s, err := Salvage(t.Context(), at, to, start)
		if err == nil && s.Rows > 0 {
			saved++
			for line := range strings.Lines(askFile(t, to, "SELECT time, id FROM inference WHERE id IS NOT NULL")) {
				if !stored[strings.TrimSpace(line)] {
					t.Fatalf("case %d: row %q was never stored", i, line)
				}
			}
		}
		for _, suffix := range []string{"", "-ballast", "-wal", "-shm"} {
			_ = os.Remove(to + suffix)
		}
	}
	if saved < cases/2 {
		t.Errorf("rows came out of %d of %d", saved, cases)
	}
}

// askFile is ask of a closed file.
func askFile(t *testing.T, path, query string) string {
	t.Helper()
	f, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return ask(t, f, query)
}

// TestRebuild ruins every derived part in turn.
func TestRebuild(t *testing.T) {
	for name, ruin := range map[string]string{
		"a segment gone":    `DELETE FROM segment WHERE "column" = 13`,
		"a segment cut":     `UPDATE segment SET data = substr(data, 1, length(data) - 5) WHERE "column" = 15`,
		"a segment flipped": `UPDATE segment SET data = x'00' || substr(data, 2)`,
		"a word altered":    `UPDATE dictionary SET value = value || '!' WHERE code = 2`,
		"no dictionary":     `DELETE FROM dictionary`,
	} {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 700))
			f.Close()
			tamper(t, f.Path(), ruin)
			f, err := Open(t.Context(), f.Path())
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if h := f.Examine(t.Context()); h.Err() == nil {
				t.Error("it was not noticed")
			}
			if err := f.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := f.Examine(t.Context()).Err(); err != nil {
				t.Errorf("after rebuilding: %v", err)
			}
			sound(t, f)
			load(t, f, analysis.Source{Path: "more"}, plantBatch(700, 50))
			sound(t, f)
		})
	}
}

// BenchmarkSalvage saves files of unique ids with a hole in the rows: its time
// must grow with the rows, since who salvages has lost enough.
func BenchmarkSalvage(b *testing.B) {
	for _, rows := range []int{20_000, 80_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			path := whole(b, rows)
			text, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			clear(text[len(text)/2&^8191:][:3*8192])
			if err := os.WriteFile(path, text, 0o600); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := Salvage(b.Context(), path, filepath.Join(b.TempDir(), "saved.andon"), start); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
