package store

import (
	"errors"
	"fmt"
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

// TestBehindAFailure: a commit that was worked out behind one that then failed
// is worked out again without it, and drops what the lost Load gave since.
func TestBehindAFailure(t *testing.T) {
	f := create(t)
	var loads [2]*Load
	for i, name := range []string{"lost", "kept"} {
		var err error
		if loads[i], err = f.Load(t.Context(), analysis.Source{Path: name}); err != nil {
			t.Fatal(err)
		}
	}
	lost, kept := loads[0], loads[1]
	if err := errors.Join(kept.Append(t.Context(), plantBatch(0, 1000)), kept.Flush(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := f.writer.Exec("UPDATE source SET rows = 7 WHERE path = 'lost'"); err != nil { // as another import would
		t.Fatal(err)
	}
	f.mu.Lock()
	f.ahead = flushRows - 10 // so that ten rows are a portion
	f.queue = []queued{{load: lost, batch: plantBatch(1000, 10)}}
	f.launch(t.Context(), lost)
	f.queue = []queued{{load: lost, batch: plantBatch(2000, 10)}, {load: kept, batch: plantBatch(3000, flushRows)}}
	f.launch(t.Context(), kept)
	err := f.settle()
	f.mu.Unlock()
	if !errors.Is(err, ErrBusy) || !errors.Is(lost.Append(t.Context(), plantBatch(0, 10)), ErrBusy) {
		t.Errorf("error %v, want %v", err, ErrBusy)
	}
	src, err := kept.Finish(t.Context())
	if err != nil || src.Rows != 1000+flushRows {
		t.Errorf("%d rows, %v", src.Rows, err)
	}
	if got := ask(t, f, "SELECT count(*) FROM inference"); got != fmt.Sprint(src.Rows) {
		t.Errorf("%s rows stand in the file", got)
	}
	sound(t, f)
}

// TestAheadOfAnother: what was worked out ahead is worked out again where
// another process has loaded meanwhile, or changed the table.
func TestAheadOfAnother(t *testing.T) {
	f := create(t)
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	give := func(from int) {
		t.Helper()
		if err := errors.Join(l.Append(t.Context(), plantBatch(from, 1000)), l.Flush(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	give(0)
	g, err := Open(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	more := plantBatch(5000, 1000)
	column := numbers("of another", 1000)
	column.Role = analysis.RoleFeature
	more.Columns = append(more.Columns, column)
	load(t, g, analysis.Source{Path: "other"}, more)
	give(1000)
	if _, err := g.writer.Exec(`ALTER TABLE inference ADD COLUMN by_hand TEXT`); err != nil {
		t.Fatal(err)
	}
	give(2000)
	if got := ask(t, f, "SELECT count(*), count(DISTINCT id), count(\"of another\") FROM inference"); got != "4000|4000|1000" {
		t.Errorf("rows, ids and values of another: %s", got)
	}
}
