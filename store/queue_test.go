package store

import (
	"testing"

	"andon/analysis"
)

// TestQueueIsPortioned lets more wait than one transaction takes, with batches
// that end where no segment does: every row arrives once and in order, and the
// ledger's trace is never ahead of the rows.
func TestQueueIsPortioned(t *testing.T) {
	f := create(t)
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	const each, batches = 7_001, 22
	most := 0
	for i := range batches {
		if err := l.Append(t.Context(), plantBatch(i*each, each)); err != nil {
			t.Fatal(err)
		}
		f.mu.Lock()
		waiting := 0
		for _, q := range f.queue {
			waiting += q.batch.Rows
		}
		f.mu.Unlock()
		most = max(most, waiting)
	}
	if most > 2*flushRows+each {
		t.Errorf("%d rows waited", most)
	}
	src, err := l.Finish(t.Context())
	if err != nil || src.Rows != each*batches || src.Offset != each*batches*400 {
		t.Fatalf("%d rows to byte %d, %v", src.Rows, src.Offset, err)
	}
	plain := create(t)
	load(t, plain, analysis.Source{Path: "log"}, plantBatch(0, each*batches))
	if typed(t, f) != typed(t, plain) {
		t.Error("the rows differ from those of one batch")
	}
	sound(t, f)
}

// TestTraceOfPortion commits the first of two waiting portions: its trace is
// the one that was said before its batches.
func TestTraceOfPortion(t *testing.T) {
	f := create(t)
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	l.Trace("first")
	one := queued{l, plantBatch(0, flushRows), "first"}
	two := queued{l, plantBatch(flushRows, 10), "second"}
	f.mu.Lock()
	f.queue = []queued{one, two}
	f.launch(t.Context(), l)
	if err := f.settle(); err != nil || len(f.queue) != 1 {
		t.Fatalf("%d wait, %v", len(f.queue), err)
	}
	f.mu.Unlock()
	traces, err := f.Traces(t.Context())
	if err != nil || traces[l.Source().ID] != "first" {
		t.Errorf("trace %q, %v", traces[l.Source().ID], err)
	}
	if got := l.Source().Rows; got != flushRows {
		t.Errorf("%d rows", got)
	}
}
