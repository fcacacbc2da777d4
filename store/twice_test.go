package store

import (
	"errors"
	"testing"

	"andon/analysis"
)

// TestTwoLoadsOfOneSource plays two imports of the same log at once: one gets
// through, the other is told, and no row is kept twice.
func TestTwoLoadsOfOneSource(t *testing.T) {
	ctx := t.Context()
	first := create(t)
	second, err := Open(ctx, first.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	source := analysis.Source{Path: "log.jsonl", Hash: "h", Kind: analysis.InferenceKind}
	a, err := first.Load(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	b, err := second.Load(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	rows := func() *analysis.Batch {
		return batch(analysis.InferenceKind, []string{"time:time", "line"}, []string{"2026-03-07T06:28:00Z", "L1"}, []string{"2026-03-07T06:29:00Z", "L2"})
	}
	if err := a.Append(ctx, rows()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	if err = b.Append(ctx, rows()); err == nil {
		_, err = b.Finish(ctx)
	}
	if !errors.Is(err, ErrBusy) {
		t.Errorf("the second load says %v, want ErrBusy", err)
	}
	if n, err := first.RowCount(ctx); err != nil || n != 2 {
		t.Errorf("%d rows (%v), want 2", n, err)
	}
}

// TestGrownSource keeps the ledger's hash and size those of what was loaded.
func TestGrownSource(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log.jsonl", Hash: "short", Bytes: 10, Kind: analysis.InferenceKind})
	load(t, f, analysis.Source{ID: 1, Path: "log.jsonl", Hash: "long", Bytes: 20, Kind: analysis.InferenceKind})
	sources, err := f.Sources(t.Context())
	if err != nil || len(sources) != 1 || sources[0].Hash != "long" || sources[0].Bytes != 20 {
		t.Errorf("the ledger says %+v (%v)", sources, err)
	}
}
