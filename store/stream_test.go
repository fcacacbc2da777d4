package store

import (
	"testing"

	"andon/analysis"
)

// A trace is committed with the batch it came with, not before and not later.
func TestTraceComesWithItsRows(t *testing.T) {
	f := create(t)
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	want := func(trace string) {
		t.Helper()
		traces, err := f.Traces(t.Context())
		if err != nil || traces[l.Source().ID] != trace {
			t.Errorf("traces %v, %v; want %q", traces, err, trace)
		}
	}
	for i, trace := range []string{"one", "two"} {
		b := plantBatch(10*i, 10)
		b.Offset = int64(10 * (i + 1))
		l.Trace(trace)
		if err := l.Append(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		want([]string{"", "one"}[i])
		if err := l.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		want(trace)
	}
	l.Trace("end")
	if _, err := l.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	want("end")
}
