package command

import (
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"andon/analysis"
	"andon/store"
)

// TestOverview shows what the file holds and plots quality from the rollups
// before any row is read, and the same as the rows tell; what the rollups do not
// know is asked of the rows.
func TestOverview(t *testing.T) {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	file, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "x.andon"), start)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	right := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	for i := range 5000 {
		clock.Time(start.Add(time.Duration(i) * 7 * time.Second).UnixNano())
		right.Number(float64(i * 7 % 5 / 4))
		line.Text(fmt.Sprint("L", i%3))
	}
	load, err := file.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	batch := &analysis.Batch{Kind: analysis.InferenceKind, Rows: 5000, Offset: 1, Columns: []analysis.Column{clock.Column(), right.Column(), line.Column()}}
	if err := load.Append(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if _, err := load.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newSession(file, Env{Now: time.Now, Getenv: func(string) string { return "" }})
	if held, err := s.Glance(t.Context()); err != nil || len(held.Sources) != 1 || s.table != nil {
		t.Fatalf("a glance reads the rows: %v; sources %v, %v", s.table != nil, held.Sources, err)
	}
	got, err := s.Series(t.Context(), "", nil, 10*time.Minute)
	if err != nil || s.table != nil {
		t.Fatalf("the rows were read: %v, %v", s.table != nil, err)
	}
	table, err := s.log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want, err := table.Series(t.Context(), nil, 10*time.Minute); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v, %v", got, want, err)
	}
	for name, where := range map[string]analysis.Where{"": {analysis.Is("line", "L1")}, "confidence": nil} {
		if _, ok, err := s.overview(t.Context(), name, where, time.Hour); ok || err != nil {
			t.Errorf("%q where %v: told %v, %v", name, where, ok, err)
		}
	}
	if _, ok, err := s.overview(t.Context(), "", nil, time.Second); ok || err != nil {
		t.Errorf("by the second: told %v, %v", ok, err)
	}
}
