package command

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/importers"
	"andon/store"
)

// stream is one log through all its files and names. What is loaded of it is
// the beginning of a text, R; every file that shows the log, be it the log
// itself, the renamed one, a copy, an archive or half of either, shows a
// beginning F of the same text. So one of them begins with the other, and of
// two different logs neither does:
//
//	R ▓▓▓▓▓▓▓▓▓▓▓▓        R ▓▓▓▓▓▓▓▓▓▓▓▓        R ▓▓▓▓▓▓▓▓▓▓▓▓
//	F ▓▓▓▓▓▓▓▓            F ▓▓▓▓▓▓▓▓▓▓▓▓░░░░    F ▓▓▓▒▒▒▒▒▒
//	nothing new           read on behind R      another log, from its beginning
//
// R is known by its trace, committed in the transaction of its rows. Nothing
// else is remembered about files, so it makes no difference when a follower is
// killed, nor in which step of a rotation it looks.
//
// One thing cannot be told: a log that begins anew with exactly the bytes that
// were loaded of an older one is taken for that one, as an export that is
// imported twice is. With a time or an id in its first line none does.
type stream struct {
	entry  analysis.Source // the ledger's line as it was found, or is to be
	trace  importers.Trace // of what is loaded
	offset int64           // where it ends
	plan   importers.Recognition
	known  bool        // plan is made
	load   *store.Load // nil until there is something to load
	rows   int64       // loaded by this follower
	seen   bool        // a file shows it now
}

// relation is how a file stands to a stream.
type relation int

const (
	another  relation = iota
	readable          // it goes on where the stream ends
	nothing           // it has nothing that is not loaded
)

// relate compares the beginning of a file with what is loaded.
func (s *stream) relate(ctx context.Context, file *sighting) (relation, error) {
	switch view := file.held.View(); {
	case view != "" && view != s.entry.Format: // another part of the same text
		return another, nil
	case !s.trace.Agrees(file.marks):
		return another, nil
	case file.extent.Lines <= s.offset:
		return nothing, nil
	}
	holds, err := file.held.Holds(ctx, s.trace)
	if err != nil || !holds {
		return another, err
	}
	return readable, nil
}

// begin makes a stream of a file that shows none that is known; nil where there
// is nothing in it that Andon can use.
func (f *follower) begin(ctx context.Context, file *sighting) (*stream, error) {
	s := &stream{trace: importers.Trace{Marks: file.marks}}
	file.held.Until(file.extent.Lines)
	if err := f.recognise(ctx, s, file.held); err != nil || !s.known {
		return nil, err
	}
	s.entry = analysis.Source{ReadBy: s.entry.ReadBy, Path: file.held.Path, Format: s.plan.Format, Kind: s.plan.Kind,
		Time: f.loader.now().UTC(), Fields: s.plan.Fields, Warnings: s.plan.Warnings}
	part := int64(-1)
	if file.extent.Plain {
		part = file.extent.Lines
	}
	var err error
	if s.entry.Hash, err = file.held.Hash(ctx, part); err != nil {
		f.trouble(file.held.Path, err)
		return nil, ctx.Err()
	}
	if s.entry.Bytes = file.extent.Lines; !file.extent.Plain {
		s.entry.Bytes = file.info.Size()
	}
	return s, nil
}

// recognise makes the stream's plan, if that can be done.
func (f *follower) recognise(ctx context.Context, s *stream, held *importers.Held) error {
	options := f.loader.options
	known, err := f.loader.file.Fields(ctx)
	if err != nil {
		return err
	}
	options.Known = known
	source := held.Source
	if s.entry.Path != "" {
		source.Path = s.entry.Path // the mapping was for the name it began under
	}
	if err := f.loader.remembered(ctx, source, &options); err != nil {
		return err
	}
	if s.plan, err = recognised(ctx, held.Path, held, options); err != nil {
		f.trouble(held.Path, err)
		return ctx.Err()
	}
	s.known = true
	s.entry.ReadBy, err = readBy(options, s.plan)
	return err
}

// advance loads what the file has behind the stream's end, up to until.
//
// A file may be truncated and written anew at any moment. So every batch is
// read first and then the file is asked whether it still begins with what is
// loaded: a text that is gone never comes back, so if it does now, it did when
// the batch was read.
func (f *follower) advance(ctx context.Context, s *stream, file *sighting, until int64) error {
	file.held.Until(until)
	if !s.known {
		if err := f.recognise(ctx, s, file.held); err != nil || !s.known {
			return err
		}
	}
	for batch, err := range batches(ctx, file.held.Path, file.held, s.plan, s.offset, nil) {
		if err != nil {
			f.trouble(file.held.Path, err)
			break
		}
		waiting(batch)
		if batch.Rows == 0 && len(batch.Rejects) == 0 && batch.Offset <= s.offset {
			continue
		}
		next, err := f.traceAt(ctx, s, file, batch.Offset)
		if err != nil {
			f.trouble(file.held.Path, err)
			break
		}
		if still, err := file.held.Holds(ctx, s.trace); err != nil || !still {
			break // what is left of it is in a copy
		}
		if err := f.keep(ctx, s, batch, next); err != nil {
			return err
		}
		f.lag(s, file)
	}
	if s.load == nil {
		return ctx.Err()
	}
	return s.load.Flush(ctx)
}

// traceAt is the stream's trace once a batch is loaded. That of an archive would
// be unpacked once more for every batch, so it stays where its first batch
// ended: a shorter trace is as true.
func (f *follower) traceAt(ctx context.Context, s *stream, file *sighting, offset int64) (importers.Trace, error) {
	if !file.extent.Plain && s.trace.End > 0 {
		return s.trace, nil
	}
	return file.held.Trace(ctx, offset)
}

// keep loads one batch. The ledger gets its line with the first of them.
func (f *follower) keep(ctx context.Context, s *stream, batch *analysis.Batch, trace importers.Trace) (err error) {
	if s.load == nil {
		if s.load, err = f.loader.file.Load(ctx, s.entry); err != nil {
			return fmt.Errorf("follow %s: %w", s.entry.Path, err)
		}
		s.entry = s.load.Source()
	}
	s.load.Trace(trace.String())
	if err := s.load.Append(ctx, batch); err != nil {
		return err
	}
	s.trace, s.offset = trace, batch.Offset
	s.rows += int64(batch.Rows)
	f.status.rows += int64(batch.Rows)
	f.fresh = f.fresh || batch.Rows > 0
	return nil
}

// waiting takes the unfinished last record out of a batch: it will come again,
// finished.
func waiting(b *analysis.Batch) {
	for n := len(b.Rejects); n > 0 && b.Rejects[n-1].Offset >= b.Offset; n = len(b.Rejects) {
		b.Rejects = b.Rejects[:n-1]
	}
}
