package store

import (
	"fmt"
	"testing"
	"time"

	"andon/analysis"
)

// Every kind of record is counted under its source, at its own time or at that
// of its inference.
func TestSpread(t *testing.T) {
	f := create(t)
	head := []string{"time:time", "id:id", "line"}
	first := load(t, f, analysis.Source{Path: "a.csv", Hash: "a", Kind: analysis.InferenceKind},
		batch(analysis.InferenceKind, head, []string{stamp(0), "1", "L1"}, []string{stamp(10), "2", "L1"}))
	second := load(t, f, analysis.Source{Path: "b.csv", Hash: "b", Kind: analysis.InferenceKind},
		batch(analysis.InferenceKind, head, []string{stamp(95), "3", "L2"}, []string{stamp(500), "4", "L2"}))
	labels := load(t, f, analysis.Source{Path: "l.csv", Hash: "l", Kind: analysis.LabelKind},
		batch(analysis.LabelKind, []string{"id:id", "label:label"}, []string{"3", "ok"}, []string{"9", "ok"}))
	events := load(t, f, analysis.Source{Path: "e.csv", Hash: "e", Kind: analysis.EventKind},
		batch(analysis.EventKind, []string{"time:time", "title:title"}, []string{stamp(50), "gloves"}))
	if _, err := f.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := f.Spread(t.Context(), analysis.Window{From: start, To: start.Add(100 * time.Second)}, 4)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64][]int{first.ID: {2, 0, 0, 0}, second.ID: {0, 0, 0, 1}, labels.ID: {0, 0, 0, 1}, events.ID: {0, 0, 1, 0}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("spread %v, want %v", got, want)
	}
	if none, err := f.Spread(t.Context(), analysis.Window{}, 4); err != nil || len(none) > 0 {
		t.Errorf("over no time: %v, %v", none, err)
	}
}
