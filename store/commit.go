package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// Reading and storing take about as long, so they overlap:
//
//	Append  batch batch batch │ batch batch batch │ ...
//	                          └─▶ one transaction └─▶ the next
//
// One commit is in flight at a time. What it brought is taken over by whoever
// holds the file's lock next, so nothing else is shared with it.

// commitment is a commit in flight.
type commitment struct {
	queue  []queued
	asked  string // path of the source that asked for it
	ledger map[*Load]analysis.Source
	traces map[*Load]string
	err    error
	done   chan struct{}
}

// portion is how many of the waiting batches go into one transaction, and
// whether it takes no more. The first of all is small: whoever waits for a load
// to begin sees a plot while a whole segment is still being read.
func (f *File) portion(queue []queued) (n int, whole bool) {
	rows, cells, most := f.ahead%flushRows, 0, int64(flushRows)
	if f.ahead == 0 {
		most = firstRows
	}
	for ; n < len(queue) && !whole; n++ {
		b := queue[n].batch
		rows, cells = rows+int64(b.Rows), cells+b.Rows*len(b.Columns)
		whole = rows >= most || cells >= flushCells
	}
	return n, whole
}

// launch begins to commit the next portion of the queue; none may be in flight.
func (f *File) launch(ctx context.Context, asked *Load) {
	n, _ := f.portion(f.queue)
	c := &commitment{queue: f.queue[:n], asked: asked.source.Path, ledger: map[*Load]analysis.Source{}, traces: map[*Load]string{}, done: make(chan struct{})}
	for _, q := range c.queue {
		c.ledger[q.load] = q.load.source
		c.traces[q.load] = q.trace
		if q.batch.Kind == analysis.InferenceKind {
			f.ahead += int64(q.batch.Rows)
		}
	}
	f.queue, f.flush = slices.Clone(f.queue[n:]), time.Now()
	f.flying = c
	go func() {
		defer close(c.done)
		c.err = f.store(ctx, c)
	}()
}

// store writes a queue in one transaction.
func (f *File) store(ctx context.Context, c *commitment) error {
	rows := 0
	for _, q := range c.queue {
		rows += q.batch.Rows
	}
	if err := f.hasten(ctx, rows); err != nil {
		return err
	}
	err := f.write(ctx, fmt.Sprintf("load %q into", c.asked), func(ctx context.Context, t *transaction) error {
		k, err := f.refresh(ctx, t)
		if err != nil {
			return err
		}
		for _, source := range c.ledger {
			if err := unmoved(ctx, t, source); err != nil {
				return err
			}
		}
		for _, q := range c.queue {
			if c.ledger[q.load], err = keep(ctx, t, k, c.ledger[q.load], q.batch); err != nil {
				return err
			}
		}
		for load, trace := range c.traces {
			if err := saveTrace(ctx, t, c.ledger[load].ID, trace); err != nil {
				return err
			}
		}
		return k.save(ctx, t)
	})
	if f.hastened {
		time.Sleep(hurryPause)
	}
	if errors.Is(err, ErrFull) {
		err = fmt.Errorf("%w%s", err, short(f.path, room(c.queue)))
	}
	return err
}

// settle waits for the commit in flight and takes over what it brought. If it
// failed, every Load that had a part in it is over, and what it still has in
// the queue goes too: behind a gap nothing may be kept. The error is that of
// the commit.
func (f *File) settle() error {
	c := f.flying
	if c == nil {
		return nil
	}
	<-c.done
	f.flying = nil
	if c.err != nil {
		f.known = nil
		for _, q := range c.queue {
			q.load.err = c.err
		}
		f.queue = slices.DeleteFunc(f.queue, func(q queued) bool { return q.load.err != nil })
		return c.err
	}
	f.ahead = f.known.rows
	for load, source := range c.ledger {
		load.source.Rows, load.source.Rejected, load.source.Offset = source.Rows, source.Rejected, source.Offset
		load.repeated += f.known.repeated[source.ID]
		delete(f.known.repeated, source.ID)
	}
	return nil
}

// collect is settle if that need not wait.
func (f *File) collect() {
	if f.flying == nil {
		return
	}
	select {
	case <-f.flying.done:
		_ = f.settle() // each Load has its own part of the error
	default:
	}
}

// commit writes all that is waiting and waits for it. The error is that of the
// Load that asked; every other Load meets its own at its next call.
func (f *File) commit(ctx context.Context, asked *Load) error {
	_ = f.settle() // each Load has its own part of the error
	for asked.err == nil && len(f.queue) > 0 {
		f.launch(ctx, asked)
		_ = f.settle()
	}
	return asked.err
}

// drain commits the queue when the file is closed, or before joining.
func (f *File) drain(ctx context.Context) error {
	err := f.settle()
	for err == nil && len(f.queue) > 0 {
		err = f.commit(ctx, f.queue[0].load)
	}
	return err
}

// room is about what the file still needs for the sources in the queue: the
// batches twice, in the log and in the file, and half as much again as is left
// to read of each source, by what logs were seen to become.
func room(queue []queued) int64 {
	var n int64
	left := map[*Load]int64{}
	for _, q := range queue {
		n += 2 * 10 * int64(q.batch.Rows) * int64(len(q.batch.Columns))
		left[q.load] = max(0, q.load.source.Bytes-q.batch.Offset)
	}
	for _, bytes := range left {
		n += bytes + bytes/2
	}
	return n
}
