package store

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

// TestFleet holds that what a fleet was asked and said is kept, once, and that a
// changed answer is noticed.
func TestFleet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fleet.andon")
	f, err := Create(t.Context(), path, start)
	if err != nil {
		t.Fatal(err)
	}
	if about, err := f.Fleet(t.Context()); err != nil || about != "" {
		t.Errorf("a file without a fleet: got %q, %v", about, err)
	}
	if err := f.SetFleet(t.Context(), `{"table":"inference"}`); err != nil {
		t.Fatal(err)
	}
	if _, held, err := f.Recall(t.Context(), "SELECT 1"); err != nil || held {
		t.Errorf("never asked: got %v, %v", held, err)
	}
	for _, result := range []string{"first", "second"} {
		if err := f.Remember(t.Context(), "SELECT 1", []byte(result), 7, time.Second, start); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	if f, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	about, err := f.Fleet(t.Context())
	if err != nil || !strings.Contains(about, "inference") {
		t.Errorf("which fleet: got %q, %v", about, err)
	}
	result, held, err := f.Recall(t.Context(), "SELECT 1")
	if err != nil || !held || !bytes.Equal(result, []byte("first")) {
		t.Errorf("the first answer stands: got %q, %v, %v", result, held, err)
	}
	asked, err := f.Queries(t.Context())
	if err != nil || len(asked) != 1 || asked[0].Text != "SELECT 1" || asked[0].Read != 7 || asked[0].Bytes != 5 || asked[0].Seconds != 1 || !asked[0].Time.Equal(start) {
		t.Errorf("what was asked: got %+v, %v", asked, err)
	}
	f.Close()
	tamper(t, path, "UPDATE query SET result = x'00'")
	if f, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, _, err := f.Recall(t.Context(), "SELECT 1"); !errors.Is(err, ErrDamaged) {
		t.Errorf("a changed answer: got %v, want ErrDamaged", err)
	}
}

// TestStretches holds that every row of every source comes by once, in order,
// with its place in its source.
func TestStretches(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stretches.andon")
	f, err := Create(t.Context(), path, start)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := map[string]int{"a": 70_000, "b": 300}
	load(t, f, analysis.Source{Path: "a"}, plantBatch(0, rows["a"]))
	load(t, f, analysis.Source{Path: "b"}, plantBatch(0, rows["b"]))
	whole, err := f.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	times, at := whole.Role(analysis.RoleTime).Times, 0
	passed := map[string]int{}
	err = f.Stretches(t.Context(), func(s Stretch) error {
		if int(s.Offset) != passed[s.Source] {
			t.Errorf("%s: a stretch begins at %d, want %d", s.Source, s.Offset, passed[s.Source])
		}
		for _, c := range s.Columns {
			if c.Len() != s.Columns[0].Len() {
				t.Fatalf("column %s has %d rows, want %d", c.Name, c.Len(), s.Columns[0].Len())
			}
			for i := range c.Len() {
				if c.Role == analysis.RoleTime && c.Times[i] != times[at+i] {
					t.Fatalf("row %d of %s is not in its place", i, s.Source)
				}
				if own := whole.Column(c.Name); own != nil && c.String(i) != own.String(at+i) {
					t.Fatalf("%s of row %d: got %q, want %q", c.Name, at+i, c.String(i), own.String(at+i))
				}
			}
		}
		passed[s.Source] += s.Columns[0].Len()
		at += s.Columns[0].Len()
		return nil
	})
	if err != nil || passed["a"] != rows["a"] || passed["b"] != rows["b"] {
		t.Errorf("passed %v, %v; want %v", passed, err, rows)
	}
}
