package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"andon/analysis"
)

// Reading, working out what is stored, and waiting for the disk take about as
// long, so they overlap:
//
//	Append  portion 3      portion 4      portion 5
//	work            portion 2      portion 3      portion 4
//	disk                   portion 1      portion 2      portion 3
//
// At most two commits are in flight, one behind the other. The file's view of
// itself, [known], is handed from one to the next; what a commit brought is
// taken over by whoever holds the file's lock next.

// inFlight is how many commits there may be at once.
const inFlight = 2

// commitment is a commit in flight.
type commitment struct {
	queue  []queued
	asked  string      // path of the source that asked for it
	after  *commitment // the one before it, or nil
	begun  map[*Load]analysis.Source
	ledger map[*Load]analysis.Source // as it is once committed
	traces map[*Load]string
	coming int64 // inferences, as far as known

	rows     int64           // inferences in the file once it is committed
	repeated map[int64]int64 // events that were told already, by source
	worked   chan struct{}   // closed once it needs the view no more
	handed   bool            // that it is
	err      error
	done     chan struct{}
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

// launch begins to commit the next portion of the queue behind what is in
// flight.
func (f *File) launch(ctx context.Context, asked *Load) {
	n, _ := f.portion(f.queue)
	c := &commitment{queue: f.queue[:n], asked: asked.source.Path, begun: map[*Load]analysis.Source{}, traces: map[*Load]string{}, worked: make(chan struct{}), done: make(chan struct{})}
	for _, q := range c.queue {
		c.begun[q.load] = q.load.source
		c.traces[q.load] = q.trace
		if q.batch.Kind == analysis.InferenceKind {
			c.coming += int64(q.batch.Rows)
		}
	}
	f.ahead += c.coming
	f.queue, f.flush = slices.Clone(f.queue[n:]), time.Now()
	if len(f.flying) > 0 {
		c.after = f.flying[len(f.flying)-1]
	}
	f.flying = append(f.flying, c)
	go func() {
		defer close(c.done)
		if c.after != nil {
			<-c.after.worked
		}
		c.err = f.store(ctx, c)
		c.after = nil // or each would hold on to all before it
	}()
}

// settle waits for what is in flight and takes over what it brought. The error is
// that of the first commit that failed.
func (f *File) settle() error {
	var failed error
	for len(f.flying) > 0 {
		if err := f.settleFirst(); failed == nil {
			failed = err
		}
	}
	return failed
}

// settleFirst waits for the first commit in flight. If it failed, every Load that
// had a part in it is over, and what it still has in the queue goes too: behind
// a gap nothing may be kept.
func (f *File) settleFirst() error {
	c := f.flying[0]
	<-c.done
	f.flying = f.flying[1:]
	if c.err != nil {
		f.ahead -= c.coming
		if len(f.flying) == 0 {
			f.known = nil
		}
		for load := range c.begun {
			load.err = cmp.Or(load.err, c.err)
		}
		f.queue = slices.DeleteFunc(f.queue, func(q queued) bool { return q.load.err != nil })
		return c.err
	}
	f.ahead = c.rows
	for _, next := range f.flying {
		f.ahead += next.coming
	}
	for load, source := range c.ledger {
		load.source.Rows, load.source.Rejected, load.source.Offset = source.Rows, source.Rejected, source.Offset
		load.repeated += c.repeated[source.ID]
	}
	return nil
}

// collect takes over what is done without waiting.
func (f *File) collect() {
	for len(f.flying) > 0 {
		select {
		case <-f.flying[0].done:
			_ = f.settleFirst() // each Load has its own part of the error
		default:
			return
		}
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
