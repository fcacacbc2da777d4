package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// What a commit stores is worked out by the view that the one before it left,
// which may not have reached the disk yet:
//
//	view ─▶ rows, segments, sums ─▶ wait ─▶ begin ─▶ is it still so? ─┬▶ write ─▶ commit
//	file ─▶ ◀─────────────────────────────── no ─────────────────────┘

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
		f.known = nil
		if c.follow(); len(c.queue) == 0 {
			return c.after.err
		}
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
	var then *standing
	if k != nil {
		then = k.standing()
	}
	return f.writeAhead(ctx, attempt, f.behind(c, then, attempt), func(ctx context.Context, t *transaction) (err error) {
		if k == nil {
			if k, err = f.refresh(ctx, t); err != nil {
				return err
			}
		}
		lines := make([]brought, len(c.queue))
		for i, q := range c.queue {
			if ledger[q.load], lines[i], err = keep(ctx, t, k, ledger[q.load], q.batch); err != nil {
				return err
			}
		}
		if err := k.save(ctx, t); err != nil {
			return err
		}
		c.ledger, c.rows, c.repeated = ledger, k.rows, k.repeated
		k.repeated = map[int64]int64{}
		c.handOver()
		return c.account(ctx, t, lines)
	})
}

// behind begins the transaction of a commit once the one before it is done, and
// fails with errOutdated where the file is not as it was then; nil is as it may.
func (f *File) behind(c *commitment, then *standing, attempt string) opening {
	rows := 0
	for _, q := range c.queue {
		rows += q.batch.Rows
	}
	return func(ctx context.Context, t *transaction, begin func() error) (err error) {
		if c.after != nil {
			if <-c.after.done; then != nil && c.after.err != nil {
				return errOutdated
			}
		}
		if err := f.hasten(ctx, rows); err != nil {
			return err
		}
		if err := begin(); err != nil {
			return err
		}
		if then != nil {
			err = then.still(ctx, t, c.coming > 0)
		}
		for _, source := range c.sources() {
			if err == nil {
				err = unmoved(ctx, t, source)
			}
		}
		return explain(attempt, f.path, err)
	}
}

// account writes the ledger's lines and those of their batches.
func (c *commitment) account(ctx context.Context, q querier, lines []brought) error {
	for _, line := range lines {
		if err := saveChunk(ctx, q, line); err != nil {
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

// standing is how the file was when a view of it was taken.
type standing struct {
	generation, rows int64
	declared         string // the table of the inferences; "" if not asked
}

// standing is how the file is by this view.
func (k *known) standing() *standing {
	s := &standing{generation: k.generation, rows: k.rows}
	if l := k.inference().layout; l != nil {
		s.declared = l.sql
	}
	return s
}

// still fails with errOutdated unless the file is like that yet, and with
// ErrDamaged where only rows were added or removed, which no Andon does.
func (s *standing) still(ctx context.Context, q querier, rows bool) error {
	var generation int64
	if err := q.QueryRowContext(ctx, "SELECT generation FROM state").Scan(&generation); err != nil {
		return err
	}
	declared, err := declaration(ctx, q, analysis.InferenceKind)
	switch {
	case err != nil:
		return err
	case generation != s.generation, s.declared != "" && s.declared != declared:
		return errOutdated
	case !rows:
		return nil
	}
	last, err := lastRow(ctx, q, inferenceTable)
	if err == nil && last != s.rows {
		err = fmt.Errorf("%w: inference should go on at row %d but goes on at %d, as if another tool had changed it", ErrDamaged, s.rows+1, last+1)
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
