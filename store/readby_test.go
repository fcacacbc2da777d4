package store

import (
	"testing"

	"andon/analysis"
)

// The mapping of a source is kept with it, the newest one;
// a source that was read without one has none.
func TestReadBy(t *testing.T) {
	f := create(t)
	first := analysis.ReadBy{Path: "a.yaml", Text: "kind: inference\n"}
	load(t, f, analysis.Source{Path: "plain"}, plantBatch(0, 3))
	source := load(t, f, analysis.Source{Path: "log", Hash: "1", ReadBy: first}, plantBatch(3, 3))
	want := func(f *File, m analysis.ReadBy) {
		t.Helper()
		sources, err := f.Sources(t.Context())
		if err != nil || len(sources) < 2 || sources[0].ReadBy != (analysis.ReadBy{}) || sources[1].ReadBy != m {
			t.Errorf("sources %+v, %v; want %+v", sources, err, m)
		}
	}
	want(f, first)
	source.ReadBy = analysis.ReadBy{Path: "b.yaml", Text: "kind: metric\n"}
	if _, err := f.Load(t.Context(), source); err != nil {
		t.Fatal(err)
	}
	want(f, source.ReadBy)
	want(reopen(t, f), source.ReadBy)
}
