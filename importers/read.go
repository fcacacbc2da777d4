package importers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync/atomic"

	"andon/analysis"
)

// A batch ends at batchRows rows, batchBytes of source or batchRejects rejects,
// whichever comes first, so that no input makes one grow.
const (
	batchRows    = 8192
	batchBytes   = 8 << 20
	batchRejects = 512
)

// Read streams the source's records as batches in their order.
//
// from is the Offset of the last batch that was kept, or 0. progress, if not
// nil, grows by the raw bytes as they are read (and by those skipped for from),
// so one counter may watch many sources.
//
// An error ends the sequence; the batches before it stand. Records that cannot
// be used are rejects of their batch and no error. A last record that is cut
// off is a reject too, and Offset stays before it, so that a file still being
// written is read on from there.
//
// Memory: one batch and at most 32 MiB for a record. Cost: linear.
func (s Source) Read(ctx context.Context, r Recognition, from int64, progress *atomic.Int64) iter.Seq2[*analysis.Batch, error] {
	return func(yield func(*analysis.Batch, error) bool) {
		if s.Images > 0 {
			s.readImages(ctx, r.framing, from, progress, yield)
			return
		}
		if s.video {
			s.readVideo(ctx, r.framing, from, progress, yield)
			return
		}
		if r.plan == nil {
			yield(nil, fmt.Errorf("%s: read before it was recognised", s.Path))
			return
		}
		p, err := s.resumed(ctx, r.plan, from)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", s.Path, err))
			return
		}
		start, err := s.before(p, from)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", s.Path, err))
			return
		}
		u, err := s.open(start, progress)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", s.Path, err))
			return
		}
		defer u.Close()
		if err := newReading(p, u, start, from).run(ctx, yield); err != nil {
			yield(nil, fmt.Errorf("%s: %w", s.Path, err))
		}
	}
}

// reading is one pass over a source.
type reading struct {
	plan    *plan
	w       *window
	decoder decoder
	rec     record
	shape   shape
	rejects []analysis.Reject
	flushed int64 // offset of the last batch
	from    int64 // records before it were read in an earlier pass
}

// newReading reads from start on what lies at from and behind.
func newReading(p *plan, r io.Reader, start, from int64) *reading {
	g := &reading{plan: p, w: newWindow(r, start), shape: p.shape(), flushed: from, from: from}
	for _, path := range p.paths {
		g.rec.slot(path)
	}
	g.decoder = p.layout.over(p.dialect.decoder(g.w))
	return g
}

// errStopped says that the caller wants no more.
var errStopped = errors.New("stopped")

func (g *reading) run(ctx context.Context, yield func(*analysis.Batch, error) bool) error {
	err := g.records(ctx, func(b *analysis.Batch) bool { return yield(b, nil) })
	if errors.Is(err, errStopped) {
		return nil
	}
	last := g.batch()
	last.Warnings = g.warnings()
	if (last.Rows > 0 || len(last.Rejects) > 0 || len(last.Warnings) > 0 || last.Offset > g.flushed) && !yield(last, nil) {
		return nil
	}
	return err
}

// records reads to the end; nil is a good one.
func (g *reading) records(ctx context.Context, yield func(*analysis.Batch) bool) error {
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		err := g.decoder.next(&g.rec)
		var bad *badRecord
		switch {
		case g.rec.offset < g.from && (err == nil || errors.As(err, &bad) && !bad.tail):
			continue
		case err == nil:
			if why := g.shape.add(&g.rec); why != "" {
				g.reject(why, g.raw())
			}
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			g.reject(bad.why, bad.raw)
			if bad.tail {
				return nil
			}
		default:
			return err
		}
		if g.full() {
			b := g.batch()
			g.flushed = b.Offset
			if !yield(b) {
				return errStopped
			}
		}
	}
}

// raw is the record just read, as it stood.
func (g *reading) raw() []byte { return g.w.behind(g.rec.offset) }

func (g *reading) reject(why string, raw []byte) {
	g.rejects = append(g.rejects, analysis.Reject{Line: g.rec.line, Offset: g.rec.offset, Reason: why, Raw: raw})
}

// full reports whether the batch should end; within a record it cannot, since
// its offset would promise rows that are still to come.
func (g *reading) full() bool {
	if held(g.decoder) {
		return false
	}
	return g.shape.rows() >= batchRows || len(g.rejects) >= batchRejects || g.w.offset()-g.flushed >= batchBytes
}

// batch takes what was read since the last one.
func (g *reading) batch() *analysis.Batch {
	b := &analysis.Batch{Kind: g.plan.kind, Offset: g.w.offset(), Rejects: g.rejects}
	b.Columns, b.Rows = g.shape.take()
	g.rejects = nil
	return b
}

func (g *reading) warnings() []string {
	list := g.shape.warnings()
	list = append(list, notesOf(g.decoder)...)
	if n := g.rec.duplicates; n > 0 {
		list = append(list, fmt.Sprintf("%d keys came twice in one record; the last value counts", n))
	}
	if g.rec.dropped > 0 {
		list = append(list, fmt.Sprintf("more than %d fields; the rest is left out", maxFields))
	}
	return list
}
