package command

import (
	"context"
	"errors"

	"andon/analysis"
	"andon/importers"
	"andon/store"
)

// stream is one log through all its names. It is known by the hash of its
// beginning, kept in the ledger with the number of bytes it is of, and while
// it is read also by the bytes before the place it has come to:
//
//	bytes  ▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░▒▒▒▒┊
//	       │ Bytes │             │tail│ offset
//	       └ Hash                └ print
//
// A file is the stream's where both agree. So a log that was renamed, copied,
// or packed is found again, one that was truncated is not mistaken for itself,
// and an inode that is used again means nothing.
type stream struct {
	entry  analysis.Source // the ledger's line when it was begun
	held   *importers.Held // nil while no file is read
	plan   importers.Recognition
	load   *store.Load
	offset int64 // of its text that is loaded
	print  string
	rows   int64
	ended  int64 // bytes the file had when it was last read
}

// tail is how many bytes before the offset are compared.
const tail = 1 << 10

// isIn reports whether a file holds what the stream has read so far.
func (s *stream) isIn(ctx context.Context, held *importers.Held) (bool, error) {
	begins, got, err := held.Print(ctx, s.entry.Bytes, s.entry.Bytes)
	if err != nil || got != s.entry.Bytes || begins != s.entry.Hash {
		return false, err
	}
	print, got, err := held.Print(ctx, s.offset, tail)
	return got == min(tail, s.offset) && (s.print == "" || print == s.print), err
}

// intact reports whether the open file still holds what was read from it.
func (s *stream) intact(ctx context.Context) (bool, error) { return s.isIn(ctx, s.held) }

// leave closes the file; the stream may be met again under another name.
func (s *stream) leave() {
	if s.held != nil {
		s.held.Close()
		s.held = nil
	}
}

// begin makes a stream of a new file, or nil where it holds no record yet or
// nothing Andon can use.
func (f *follower) begin(ctx context.Context, held *importers.Held) (*stream, error) {
	size, err := held.Lines()
	if err != nil || size == 0 {
		return nil, ctx.Err()
	}
	s := &stream{}
	if s.plan, err = f.recognise(ctx, held); err != nil {
		f.trouble(held.Path, err)
		return nil, ctx.Err()
	}
	packed := s.plan.Packed != ""
	if packed {
		if present, err := f.present(ctx, held); err != nil || present {
			f.pass(held.Source)
			return nil, err
		}
	}
	s.entry = analysis.Source{Path: held.Path, Format: s.plan.Format, Kind: s.plan.Kind, Bytes: size,
		Time: f.loader.now().UTC(), Fields: s.plan.Fields, Warnings: s.plan.Warnings}
	var got int64
	if s.entry.Hash, got, err = held.Print(ctx, size, size); err != nil || got != size {
		return nil, ctx.Err() // truncated meanwhile; it begins again the next time
	}
	s.load, err = f.loader.file.Load(ctx, s.entry)
	if errors.Is(err, store.ErrPresent) {
		f.pass(held.Source)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.entry = s.load.Source()
	s.offset = s.entry.Offset
	return s, nil
}

// present reports whether a packed file was imported as it is.
func (f *follower) present(ctx context.Context, held *importers.Held) (bool, error) {
	raw, err := held.Hash(ctx, -1)
	if err != nil {
		return false, ctx.Err()
	}
	for _, s := range f.streams {
		if s.entry.Hash == raw {
			return true, nil
		}
	}
	return false, nil
}

func (f *follower) recognise(ctx context.Context, held *importers.Held) (importers.Recognition, error) {
	options := f.loader.options
	known, err := f.loader.file.Fields(ctx)
	if err != nil {
		return importers.Recognition{}, err
	}
	options.Known = known
	if err := f.loader.remembered(ctx, held.Source, &options); err != nil {
		return importers.Recognition{}, err
	}
	return held.Recognise(ctx, options)
}

// advance loads what the stream's file has beyond the offset, up to its last
// whole line, or whole where nobody writes to it any more. grown reports
// whether there was anything.
func (f *follower) advance(ctx context.Context, s *stream, whole bool) (grown bool, err error) {
	if s.ended, err = s.held.Lines(); err != nil {
		return false, ctx.Err()
	}
	if whole {
		s.held.Whole()
	}
	if err := f.resume(ctx, s); err != nil || s.load == nil {
		return false, err
	}
	before := s.offset
	for batch, err := range s.held.Read(ctx, s.plan, s.offset, nil) {
		if err != nil {
			f.trouble(s.held.Path, err)
			break
		}
		if !whole {
			waiting(batch)
		}
		if batch.Rows == 0 && len(batch.Rejects) == 0 && batch.Offset <= s.offset {
			continue
		}
		if err := s.load.Append(ctx, batch); err != nil {
			return false, err
		}
		s.rows += int64(batch.Rows)
		f.status.rows += int64(batch.Rows)
		f.fresh = f.fresh || batch.Rows > 0
	}
	if err := s.load.Flush(ctx); err != nil {
		return false, err
	}
	s.offset = s.load.Source().Offset
	if s.print, _, err = s.held.Print(ctx, s.offset, tail); err != nil {
		return false, ctx.Err()
	}
	return s.offset > before, nil
}

// waiting takes the unfinished last record out of a batch: it will come again,
// finished.
func waiting(b *analysis.Batch) {
	for n := len(b.Rejects); n > 0 && b.Rejects[n-1].Offset >= b.Offset; n = len(b.Rejects) {
		b.Rejects = b.Rejects[:n-1]
	}
}

// resume opens what a stream from the ledger needs to be read on.
func (f *follower) resume(ctx context.Context, s *stream) error {
	if s.load != nil {
		return nil
	}
	plan, err := f.recognise(ctx, s.held)
	if err != nil {
		f.trouble(s.held.Path, err)
		return ctx.Err()
	}
	s.plan = plan
	s.load, err = f.loader.file.Load(ctx, s.entry)
	if err != nil {
		return err
	}
	s.offset = s.load.Source().Offset
	return nil
}
