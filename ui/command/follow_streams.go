package command

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"andon/analysis"
	"andon/importers"
)

// follower reads several streams, as the files that were asked for come and go.
type follower struct {
	loader  *loader
	args    []string
	streams []*stream
	known   map[string]seen // files that hold nothing new, by path
	joined  time.Time
	fresh   bool // rows came since the last join
	status  followed
}

// seen is a file as it was when it was last looked at in vain.
type seen struct {
	size int64
	at   time.Time
}

func newFollower(l *loader, args []string) *follower {
	return &follower{loader: l, args: args, known: map[string]seen{}}
}

// recall takes up the streams of earlier runs from the ledger.
func (f *follower) recall(ctx context.Context) error {
	ledger, err := f.loader.file.Sources(ctx)
	if err != nil {
		return err
	}
	for _, line := range ledger {
		if line.Kind != analysis.FrameKind && line.Hash != "" && line.Bytes > 0 {
			f.streams = append(f.streams, &stream{entry: line, offset: line.Offset})
		}
	}
	return nil
}

// poll reads what is new. A file that cannot be read now may be readable the
// next time; what cannot be written is an error.
func (f *follower) poll(ctx context.Context) error {
	f.status.trouble, f.status.behind, f.status.age = "", 0, 0
	files := f.list()
	taken := map[string]bool{}
	for _, s := range f.streams {
		if s.held == nil {
			continue
		}
		if err := f.readOn(ctx, s, taken); err != nil {
			return err
		}
	}
	for _, source := range files {
		if taken[source.Path] || source.Images > 0 {
			continue
		}
		if err := f.meet(ctx, source); err != nil {
			return err
		}
	}
	f.count()
	return f.join(ctx)
}

// list is the sources as they are now, and what lies beside a named file under
// its rotated names.
func (f *follower) list() []importers.Source {
	var files []importers.Source
	have := map[string]bool{}
	for _, arg := range f.args {
		for _, name := range append([]string{arg}, rotated(arg)...) {
			sources, _, err := importers.Find([]string{name})
			if err != nil && name == arg {
				f.status.trouble = err.Error()
			}
			for _, s := range sources {
				if !have[s.Path] {
					have[s.Path] = true
					files = append(files, s)
				}
			}
		}
	}
	return files
}

// rotated are the files beside a named one whose names begin with its own:
// a.log.1, a.log.2.gz, a.log-20260307.
func rotated(name string) []string {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() || strings.ContainsAny(name, "*?[") {
		return nil
	}
	matches, err := filepath.Glob(filepath.Join(filepath.Dir(name), filepath.Base(name)+"[.-]*"))
	if err != nil {
		return nil
	}
	return matches
}

// readOn advances a stream whose file is open. When its name has gone to
// another file, it is read to its end and left.
func (f *follower) readOn(ctx context.Context, s *stream, taken map[string]bool) error {
	whole, err := s.intact(ctx)
	if err != nil || !whole {
		s.leave()      // truncated: what is left of it is in a copy, which may
		clear(f.known) // have been passed over while this was whole
		return ctx.Err()
	}
	current := s.current()
	if current {
		taken[s.held.Path] = true
	}
	grown, err := f.advance(ctx, s, false)
	if err != nil || current || grown {
		return err
	}
	// Nobody has written to it since it lost its name.
	if _, err := f.advance(ctx, s, true); err != nil {
		return err
	}
	s.leave()
	return nil
}

// meet looks at a file that no open stream reads: the one that a stream left
// off in, a copy of what is loaded, or a new one.
func (f *follower) meet(ctx context.Context, source importers.Source) error {
	if was, ok := f.known[source.Path]; ok && was.size == source.Size && was.at.Equal(modified(source.Path)) {
		return nil
	}
	held, err := source.Hold()
	if err != nil {
		f.trouble(source.Path, err)
		return nil
	}
	s, err := f.match(ctx, held)
	if err != nil {
		held.Close()
		f.trouble(source.Path, err)
		return ctx.Err()
	}
	switch {
	case s != nil && s.held != nil: // a copy of what is being read
		held.Close()
		f.pass(source)
		return nil
	case s != nil && isRotated(source.Path, s.entry.Path) && s.done(ctx, held): // a copy of what was read
		held.Close()
		f.pass(source)
		return nil
	case s == nil && f.copying(ctx, held): // it will be whole the next time
		held.Close()
		return ctx.Err()
	case s == nil:
		if s, err = f.begin(ctx, held); s == nil || err != nil {
			held.Close()
			return err
		}
		f.streams = append(f.streams, s)
	}
	s.held = held
	_, err = f.advance(ctx, s, false)
	return err
}

// isRotated reports whether a stream that was begun under one name goes on
// under another, where nobody begins to write.
func isRotated(path, begun string) bool { return filepath.Clean(path) != filepath.Clean(begun) }

// current reports whether the stream's file is still the one its name means.
func (s *stream) current() bool {
	named, err := os.Stat(s.held.Path)
	if err != nil || isRotated(s.held.Path, s.entry.Path) {
		return false
	}
	mine, err := s.held.Stat()
	return err == nil && os.SameFile(named, mine)
}

// done reports whether a file ends where the stream does.
func (s *stream) done(ctx context.Context, held *importers.Held) bool {
	_, got, err := held.Print(ctx, s.offset+1, 1)
	return err == nil && got == 0
}

// match finds the stream whose beginning the file has and that is not beyond
// it, the one that came furthest.
func (f *follower) match(ctx context.Context, held *importers.Held) (*stream, error) {
	var best *stream
	for _, s := range f.streams {
		same, err := s.isIn(ctx, held)
		if err != nil {
			return nil, err
		}
		if same && (best == nil || s.offset > best.offset) {
			best = s
		}
	}
	return best, nil
}

// copying reports whether a file is the first part of what a stream has read:
// a copy that is still being made, by copytruncate or a person. Where the
// stream's own file is open they are compared as far as the copy goes; else
// the copy must reach what the ledger has a hash of.
func (f *follower) copying(ctx context.Context, held *importers.Held) bool {
	size, err := held.Lines()
	held.Whole()
	if err != nil || size == 0 {
		return false
	}
	for _, s := range f.streams {
		if size >= s.offset {
			continue
		}
		whole, got, err := held.Print(ctx, s.entry.Bytes, s.entry.Bytes)
		if err == nil && got == s.entry.Bytes && whole == s.entry.Hash {
			return true
		}
		if s.held == nil {
			continue
		}
		mine, _, err := s.held.Print(ctx, size, size)
		theirs, got, alsoErr := held.Print(ctx, size, size)
		if err == nil && alsoErr == nil && got == size && mine == theirs {
			return true
		}
	}
	return false
}

// pass remembers a file that holds nothing new until it changes.
func (f *follower) pass(source importers.Source) {
	f.known[source.Path] = seen{source.Size, modified(source.Path)}
}

func (f *follower) trouble(path string, err error) {
	if !errors.Is(err, fs.ErrNotExist) { // it has just been renamed
		f.status.trouble = strings.TrimPrefix(err.Error(), path+": ")
	}
}

func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// count tells how far behind the streams are.
func (f *follower) count() {
	f.status.files = 0
	for _, s := range f.streams {
		if s.held == nil {
			continue
		}
		f.status.files++
		info, err := s.held.Stat()
		if err != nil || s.rows == 0 || s.ended <= s.offset {
			continue
		}
		f.status.behind += (s.ended - s.offset) * s.rows / max(s.offset, 1)
		f.status.age = max(f.status.age, f.loader.now().Sub(info.ModTime()))
	}
}

// join brings late labels and frames together, now and then.
func (f *follower) join(ctx context.Context) error {
	now := f.loader.now()
	if !f.fresh || now.Sub(f.joined) < joinEvery {
		return nil
	}
	f.joined, f.fresh = now, false
	_, err := f.loader.file.Join(ctx)
	return err
}

// finish ends the loads: their lines in the ledger say how far they came.
func (f *follower) finish(ctx context.Context) error {
	var errs []error
	for _, s := range f.streams {
		if s.load != nil {
			_, err := s.load.Finish(ctx)
			errs = append(errs, err)
		}
	}
	_, err := f.loader.file.Join(ctx)
	return errors.Join(append(errs, err)...)
}

// close gives the files back.
func (f *follower) close() {
	for _, s := range f.streams {
		s.leave()
	}
}
