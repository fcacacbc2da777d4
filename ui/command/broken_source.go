package command

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync/atomic"

	"andon/analysis"
	"andon/importers"
)

// A parser that meets bytes nobody thought of may panic. That is a fault of
// Andon's, and of one source: the others are loaded, a follower goes on with
// its other files, and what this one gave before stands. importers itself has
// no such net, so that a fuzzer falls through.
//
//	Recognise ─┐
//	Read ──────┴─ panic ─▶ the source's error, with the place in Andon's code

// source is what a load and a follower read alike.
type source interface {
	Recognise(context.Context, importers.Options) (importers.Recognition, error)
	Read(context.Context, importers.Recognition, int64, *atomic.Int64) iter.Seq2[*analysis.Batch, error]
}

// recognised is [importers.Source.Recognise] over the net.
func recognised(ctx context.Context, path string, s source, o importers.Options) (r importers.Recognition, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = brokenBy(path, p)
		}
	}()
	return s.Recognise(ctx, o)
}

// batches are those of [importers.Source.Read] over the net. A panic of who
// takes them goes its way.
func batches(ctx context.Context, path string, s source, r importers.Recognition, from int64, read *atomic.Int64) iter.Seq2[*analysis.Batch, error] {
	return func(yield func(*analysis.Batch, error) bool) {
		taking := false
		defer func() {
			if taking {
				return
			}
			if p := recover(); p != nil {
				yield(nil, brokenBy(path, p))
			}
		}()
		for b, err := range s.Read(ctx, r, from, read) {
			taking = true
			more := yield(b, err)
			if taking = false; !more {
				return
			}
		}
	}
}

// brokenBy is a parser's panic as its source's error: where it was, and what
// may be done. What was thrown is named only where it cannot quote the log.
func brokenBy(path string, thrown any) error {
	return fmt.Errorf("%s: Andon's reader broke on it at %s: %w. That is a fault of Andon, worth a report; "+
		"what it gave before stands, and as CSV or JSON lines of another program's making, or by a mapping (andon map), it may load", path, reader(), crash{value: thrown})
}

// reader is the innermost place within importers on the panicking stack.
func reader() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "andon/importers") {
			return fmt.Sprintf("%s:%d", f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
		}
		if !more {
			return "a place unknown"
		}
	}
}
