package command

import (
	"context"
	"iter"
	"strings"
	"sync/atomic"
	"testing"

	"andon/analysis"
	"andon/importers"
)

// brokenReader is a source whose reader breaks.
type brokenReader struct{}

func (brokenReader) Recognise(context.Context, importers.Options) (importers.Recognition, error) {
	var nothing *importers.Recognition
	return *nothing, nil
}

func (brokenReader) Read(context.Context, importers.Recognition, int64, *atomic.Int64) iter.Seq2[*analysis.Batch, error] {
	return func(yield func(*analysis.Batch, error) bool) {
		if yield(&analysis.Batch{Rows: 3}, nil) {
			panic("row of the log")
		}
	}
}

// A reader's panic is its source's error, names no row, and comes behind what
// was read before.
func TestBrokenSource(t *testing.T) {
	if _, err := recognised(t.Context(), "a.log", brokenReader{}, importers.Options{}); err == nil || !strings.Contains(err.Error(), "a.log: Andon's reader broke") ||
		!strings.Contains(err.Error(), "nil pointer") {
		t.Errorf("recognising gives %v", err)
	}
	rows, broken := 0, error(nil)
	for b, err := range batches(t.Context(), "a.log", brokenReader{}, importers.Recognition{}, 0, nil) {
		if broken = err; err == nil {
			rows += b.Rows
		}
	}
	if rows != 3 || broken == nil || strings.Contains(broken.Error(), "row of the log") {
		t.Errorf("%d rows, then %v", rows, broken)
	}
}

// A panic of who takes the batches is not the source's.
func TestBrokenTaker(t *testing.T) {
	defer func() {
		if p := recover(); p != "mine" {
			t.Errorf("%v came through", p)
		}
	}()
	for range batches(t.Context(), "a.log", brokenReader{}, importers.Recognition{}, 0, nil) {
		panic("mine")
	}
}
