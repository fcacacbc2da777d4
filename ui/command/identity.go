package command

import (
	"context"
	"math"
	"slices"

	"andon/analysis"
	"andon/importers"
	"andon/store"
)

// A source that is loaded is looked for in the ledger by what is in it, as a
// follower looks for its streams: a log that was loaded or followed as a.log and
// is now a.log.1 or a.log.2.gz adds only what has come since.

// streams are the logs that the ledger knows by their traces.
func (l *loader) streams(ctx context.Context) ([]*stream, error) {
	ledger, err := l.file.Sources(ctx)
	if err != nil {
		return nil, err
	}
	traces, err := l.file.Traces(ctx)
	if err != nil {
		return nil, err
	}
	var known []*stream
	for _, line := range ledger {
		text, ok := traces[line.ID]
		if !ok {
			continue
		}
		trace, err := importers.ParseTrace(text)
		if err != nil {
			return nil, input(err)
		}
		known = append(known, &stream{entry: line, trace: trace, offset: line.Offset})
	}
	return known, nil
}

// shown is the stream of the records' kind that a source shows, and how; a
// source that is no single file shows none.
func (l *loader) shown(ctx context.Context, s importers.Source, kind analysis.Kind) (*stream, relation, error) {
	if l.known == nil {
		var err error
		if l.known, err = l.streams(ctx); err != nil {
			return nil, another, err
		}
	}
	held, err := s.Hold()
	if err != nil || len(l.known) == 0 {
		return nil, another, nil
	}
	defer held.Close()
	file := &sighting{held: held}
	if file.marks, err = held.Marks(ctx, math.MaxInt64); err != nil {
		return nil, another, input(err)
	}
	var best *stream
	how := another
	for _, known := range l.known {
		if known.entry.Kind != kind || !known.trace.Agrees(file.marks) {
			continue
		}
		if file.extent.Text == 0 {
			if file.extent, err = held.Measure(ctx); err != nil {
				return nil, another, input(err)
			}
			file.extent.Lines = file.extent.Text // nobody ends its last line while it is loaded
		}
		r, err := known.relate(ctx, file)
		if err != nil {
			return nil, another, input(err)
		}
		if r > how || r == how && how == readable && known.offset > best.offset {
			best, how = known, r
		}
	}
	return best, how, nil
}

// unlike reports whether no log of so many bytes is in the ledger.
func (l *loader) unlike(ctx context.Context, bytes int64) (bool, error) {
	ledger, err := l.file.Sources(ctx)
	return !slices.ContainsFunc(ledger, func(s analysis.Source) bool { return s.Bytes == bytes }), err
}

// marker makes the traces of a source that is being read, so that each commit
// brings what finds the rest again: a load that was killed goes on even if the
// log has grown meanwhile, or was renamed. Nil makes none.
type marker struct {
	held      *importers.Held
	beginning importers.Trace
	tails     bool
	last      string
}

// marker is that of a source; nil where it is no single file. Of an archive,
// which would be unpacked for every trace once more, only the beginning is kept.
func (l *loader) marker(ctx context.Context, s importers.Source, r importers.Recognition) (*marker, error) {
	held, err := s.Hold()
	if err != nil {
		return nil, nil
	}
	m := &marker{held: held, tails: r.Packed == "" && r.Format != "parquet"}
	if m.beginning, err = held.Beginning(ctx, math.MaxInt64); err != nil {
		m.done()
		return nil, input(err)
	}
	return m, nil
}

// at is the trace once all before offset is committed. Where the text ends
// before it by now, the last one stands: a shorter trace is as true.
func (m *marker) at(offset int64) string {
	if m == nil {
		return ""
	}
	if trace, err := m.trace(offset); err == nil {
		m.last = trace.String()
	}
	return m.last
}

func (m *marker) trace(offset int64) (importers.Trace, error) {
	if !m.tails {
		return m.beginning, nil
	}
	return m.held.Further(m.beginning, offset)
}

func (m *marker) done() {
	if m != nil {
		m.held.Close()
	}
}

// trace keeps with a load what its source is known by as far as it was read.
func (l *loader) trace(ctx context.Context, s importers.Source, mark *marker, into *store.Load) error {
	if mark == nil {
		return nil
	}
	if err := into.Flush(ctx); err != nil {
		return err
	}
	line := into.Source()
	trace, err := mark.trace(line.Offset)
	if err != nil {
		return input(err)
	}
	into.Trace(trace.String())
	l.known = append(l.known, &stream{entry: line, trace: trace, offset: line.Offset})
	return nil
}
