package store

import (
	"context"
	"fmt"
	"time"

	"andon/analysis"
)

// Batches wait in the queue until one of these is reached, so that a fast
// import writes each segment once and a slow follower is never a second
// behind. A transaction of flushCells values takes some 0.3 s.
const (
	firstRows  = 1 << 13
	flushRows  = 1 << 16
	flushCells = 2_000_000
)

var flushEvery = 800 * time.Millisecond // tests lengthen it

// queued is a batch that waits to be committed.
type queued struct {
	load  *Load
	batch *analysis.Batch
	trace string // of the load, when the batch was given
}

// Load is one source on its way into the file. Its methods may be called from
// one goroutine; several Loads of a File may run at once.
type Load struct {
	file   *File
	source analysis.Source // as committed
	resume int64           // the offset that a broken-off load had committed
	passed int64           // end of the last batch passed over as committed
	err    error           // why nothing can be appended any more
	trace  string          // what it is known by, with the batches so far

	repeated int64 // records that another source told already
}

// Load opens the ledger for a source and returns the place to append to.
//
// Where a source with the same Hash was loaded to its end, the error is
// ErrPresent and the returned Load's Source tells which. A source with an ID,
// or with the Hash of one that was broken off, is resumed: read on from
// Source().Offset. Reading again from the beginning is fine too, as batches
// that end at or before that offset are passed over. A Hash of "" is never
// compared.
func (f *File) Load(ctx context.Context, src analysis.Source) (*Load, error) {
	l := &Load{file: f}
	err := f.write(ctx, fmt.Sprintf("load %q into", src.Path), func(ctx context.Context, t *transaction) error {
		found, done, err := findSource(ctx, t, src)
		if err != nil {
			return err
		}
		if found != nil {
			l.source, l.resume = *found, found.Offset
			if src.ID != 0 && src.Hash != "" { // it has grown since
				l.source.Hash = src.Hash
			}
			if src.ID != 0 && src.Bytes > 0 {
				l.source.Bytes = src.Bytes
			}
			if done && src.ID == 0 {
				return ErrPresent
			}
			return saveReadBy(ctx, t, l.source.ID, src.ReadBy)
		}
		src.Rows, src.Rejected, src.Offset = 0, 0, 0
		if src.Time.IsZero() {
			src.Time = time.Now()
		}
		l.source = src
		if err := retellSource(ctx, t, &l.source); err != nil {
			return err
		}
		if err := insertSource(ctx, t, &l.source); err != nil {
			return err
		}
		return saveReadBy(ctx, t, l.source.ID, src.ReadBy)
	})
	if err != nil {
		return l, err
	}
	return l, nil
}

// Source is the ledger's line as far as it is committed.
func (l *Load) Source() analysis.Source {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	return l.source
}

// Append adds a batch, which must not be changed afterwards: it may wait for
// others up to a second and is then committed with them, in one
// transaction of rows, segments, rejects and the ledger's offset, while the
// next are being read. A reader that waits for more input calls Flush first.
//
// An error may be about a batch that was given before. After it nothing of the
// waiting batches was kept, and the Load is over; what was committed before
// stands, and the source can be resumed. The errors are those of writing
// (ErrFull, ErrMoved, ErrBusy, ErrReadOnly), ErrColumns, and ErrNoTime for
// inferences without a time column. Inferences whose time is null become
// rejects.
//
// Offset must not move on before everything up to it was given: it is where a
// broken-off load begins again.
//
// A batch of some thousand rows keeps a transaction well below a second; one
// of a million rows is one long transaction.
func (l *Load) Append(ctx context.Context, b *analysis.Batch) error {
	f := l.file
	f.mu.Lock()
	defer f.mu.Unlock()
	f.collect()
	if l.err != nil {
		return l.err
	}
	if err := checkBatch(b); err != nil {
		return fmt.Errorf("load %q into %q: %w", l.source.Path, f.path, err)
	}
	if over, err := l.passOver(b); over || err != nil {
		return err
	}
	if len(f.queue) == 0 && f.flush.IsZero() {
		f.flush = time.Now()
	}
	f.queue = append(f.queue, queued{l, b, l.trace})
	if _, whole := f.portion(f.queue); !whole && time.Since(f.flush) < flushEvery {
		return nil
	}
	if len(f.flying) == inFlight {
		_ = f.settleFirst() // l.err is this Load's part of it
	}
	if l.err != nil {
		return l.err
	}
	f.launch(ctx, l)
	return nil
}

// Flush commits what is waiting.
func (l *Load) Flush(ctx context.Context) error {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	if err := l.file.commit(ctx, l); err != nil {
		return err
	}
	return l.file.steady(ctx)
}

// Repeated counts the events committed so far that another source told already,
// word for word: they are not kept twice.
func (l *Load) Repeated() int64 {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	return l.repeated
}

// Warn keeps a sentence about the source with its line in the ledger, written
// by Finish.
func (l *Load) Warn(sentence string) {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	l.source.Warnings = append(l.source.Warnings, sentence)
}

// Finish commits what is waiting and marks the source as loaded to its end.
func (l *Load) Finish(ctx context.Context) (analysis.Source, error) {
	if err := l.Flush(ctx); err != nil {
		return l.Source(), err
	}
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	err := l.file.write(ctx, fmt.Sprintf("finish loading %q into", l.source.Path), func(ctx context.Context, t *transaction) error {
		if err := saveTrace(ctx, t, l.source.ID, l.trace); err != nil {
			return err
		}
		return updateSource(ctx, t, l.source, true)
	})
	return l.source, err
}

// passOver reports whether a batch of a resumed source is committed already,
// which is so while the reader, begun anew, has not come to where it was.
func (l *Load) passOver(b *analysis.Batch) (bool, error) {
	if l.resume > 0 && b.Offset <= l.resume {
		l.passed = b.Offset
		return true, nil
	}
	if l.passed > 0 && l.passed < l.resume {
		return false, fmt.Errorf("load %q into %q: a batch begins before byte %d, up to which all is committed, and ends behind it; read on from there", l.source.Path, l.file.path, l.resume)
	}
	l.resume, l.passed = 0, 0
	return false, nil
}

// checkBatch refuses what a correct importer never yields.
func checkBatch(b *analysis.Batch) error {
	if keepers[b.Kind] == nil {
		return fmt.Errorf("records of kind %q are not known", b.Kind)
	}
	for i := range b.Columns {
		if n := b.Columns[i].Len(); n != b.Rows {
			return fmt.Errorf("column %q has %d values for %d rows", b.Columns[i].Name, n, b.Rows)
		}
	}
	return nil
}
