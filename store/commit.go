package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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

// errOutdated says that what was worked out ahead is not how the file is.
var errOutdated = errors.New("the file has changed meanwhile")

// store writes a queue in one transaction. It goes by the view that the commit
// before it left, and where that is not how the file is, begins again from what
// stands there.
func (f *File) store(ctx context.Context, c *commitment) error {
	defer c.handOver()
	err := errOutdated
	if f.known != nil {
		err = f.storeBy(ctx, c, f.known)
	}
	if errors.Is(err, errOutdated) {
		if c.follow(); len(c.queue) == 0 {
			return c.after.err
		}
		f.known = nil
		err = f.storeBy(ctx, c, nil)
	}
	if err != nil && !c.handed {
		f.known = nil
	}
	if f.hastened {
		time.Sleep(hurryPause)
	}
	if errors.Is(err, ErrFull) {
		err = fmt.Errorf("%w%s", err, short(f.path, room(c.queue)))
	}
	return err
}

// handOver leaves the file's view to the next commit.
func (c *commitment) handOver() {
	if !c.handed {
		c.handed = true
		close(c.worked)
	}
}

// follow waits for the commit before this one. Behind one that failed, what its
// Loads gave since is nothing to keep.
func (c *commitment) follow() {
	if c.after == nil {
		return
	}
	<-c.after.done
	if c.after.err != nil {
		c.queue = slices.DeleteFunc(c.queue, func(q queued) bool { _, lost := c.after.begun[q.load]; return lost })
	}
}

// sources are the ledger's lines that this commit goes on from.
func (c *commitment) sources() map[*Load]analysis.Source {
	sources := map[*Load]analysis.Source{}
	for _, q := range c.queue {
		source := c.begun[q.load]
		if c.after != nil {
			if before, ok := c.after.ledger[q.load]; ok {
				source.Rows, source.Rejected, source.Offset = before.Rows, before.Rejected, before.Offset
			}
		}
		sources[q.load] = source
	}
	return sources
}

// storeBy is store by a view, or by what the file says where that is nil.
func (f *File) storeBy(ctx context.Context, c *commitment, k *known) error {
	ledger := c.sources()
	attempt := fmt.Sprintf("load %q into", c.asked)
	ahead := k != nil
	var then standing
	if ahead {
		then = k.standing()
	}
	rows := 0
	for _, q := range c.queue {
		rows += q.batch.Rows
	}
	open := func(ctx context.Context, t *transaction, begin func() error) error {
		if c.after != nil {
			<-c.after.done
			if ahead && c.after.err != nil {
				return errOutdated
			}
		}
		if err := f.hasten(ctx, rows); err != nil {
			return err
		}
		if err := begin(); err != nil {
			return err
		}
		var err error
		if ahead {
			err = then.still(ctx, t, c.coming > 0)
		}
		for _, source := range c.sources() {
			if err == nil {
				err = unmoved(ctx, t, source)
			}
		}
		return explain(attempt, f.path, err)
	}
	return f.writeAhead(ctx, attempt, open, func(ctx context.Context, t *transaction) (err error) {
		if !ahead {
			if k, err = f.refresh(ctx, t); err != nil {
				return err
			}
		}
		chunks := make([]brought, len(c.queue))
		for i, q := range c.queue {
			if ledger[q.load], chunks[i], err = keep(ctx, t, k, ledger[q.load], q.batch); err != nil {
				return err
			}
		}
		if err := k.save(ctx, t); err != nil {
			return err
		}
		c.ledger, c.rows, c.repeated = ledger, k.rows, k.repeated
		k.repeated = map[int64]int64{}
		c.handOver()
		return c.account(ctx, t, chunks)
	})
}

// account writes the ledger's lines and those of their batches.
func (c *commitment) account(ctx context.Context, q querier, chunks []brought) error {
	for _, chunk := range chunks {
		if err := saveChunk(ctx, q, chunk); err != nil {
			return err
		}
	}
	for load, source := range c.ledger {
		if err := saveTrace(ctx, q, source.ID, c.traces[load]); err != nil {
			return err
		}
		if err := updateSource(ctx, q, source, false); err != nil {
			return err
		}
	}
	return nil
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
