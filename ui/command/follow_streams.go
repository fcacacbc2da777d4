package command

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"andon/importers"
	"andon/store"
)

// follower reads several streams, as the files that were asked for come and go.
// Every look goes over all files anew:
//
//	list ─▶ hold ─▶ measure ─▶ relate to the streams ─▶ read on ─▶ let go
type follower struct {
	loader  *loader
	find    func() []importers.Source // the files that are there
	files   []*sighting               // that are held open
	settled map[string]*sighting      // files that hold nothing new, by path
	streams []*stream
	joined  time.Time
	fresh   bool // rows came since the last join
	status  followed
	tell    func(followed) // hears how far it has come, if not nil
}

func newFollower(l *loader, args []string) *follower {
	f := &follower{loader: l, settled: map[string]*sighting{}}
	f.find = func() []importers.Source { return f.list(args) }
	return f
}

// recall takes up the streams of earlier runs from the ledger.
func (f *follower) recall(ctx context.Context) (err error) {
	f.streams, err = f.loader.streams(ctx)
	return err
}

// poll reads what is new. A file that cannot be read now may be readable the
// next time; what cannot be written is an error.
func (f *follower) poll(ctx context.Context) error {
	f.status.trouble, f.status.behind, f.status.age = "", 0, 0
	for _, s := range f.streams {
		s.seen = false
	}
	if err := f.look(ctx); err != nil {
		return err
	}
	f.status.files = len(f.files) // until they are related
	// The longest first, so that a log gives its stream the name, and not a
	// copy that has only just been begun.
	slices.SortStableFunc(f.files, func(a, b *sighting) int { return cmp.Compare(b.extent.Lines, a.extent.Lines) })
	for _, file := range f.files {
		if err := f.take(ctx, file); err != nil {
			return err
		}
	}
	f.letGo()
	f.count()
	return f.join(ctx)
}

// list is the sources as they are now, and what lies beside a named file under
// its rotated names.
func (f *follower) list(args []string) []importers.Source {
	var files []importers.Source
	have := map[string]bool{}
	for _, arg := range args {
		for _, name := range append([]string{arg}, rotatedNames(arg)...) {
			sources, _, err := importers.Find([]string{name})
			if err != nil && name == arg {
				f.status.trouble = err.Error()
			}
			for _, s := range sources {
				if !have[keyOf(s)] && s.Images == 0 {
					have[keyOf(s)] = true
					files = append(files, s)
				}
			}
		}
	}
	return files
}

// rotatedNames are the files beside a named one whose names begin with its own:
// a.log.1, a.log.2.gz, a.log-20260307.
func rotatedNames(name string) []string {
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

// take loads what one file has that is not loaded.
func (f *follower) take(ctx context.Context, file *sighting) error {
	file.stream = nil
	if file.extent.Lines == 0 {
		return nil
	}
	s, how, err := f.whose(ctx, file)
	if err != nil {
		f.trouble(file.held.Path, err)
		return ctx.Err()
	}
	if how == another {
		if s, err = f.begin(ctx, file); s == nil || err != nil {
			return err
		}
	}
	if how != nothing {
		err = f.advance(ctx, s, file, file.extent.Lines)
	}
	if err == nil && s.offset == file.extent.Lines && file.extent.Text > s.offset && file.ended(f.loader.now()) {
		err = f.advance(ctx, s, file, file.extent.Text)
	}
	if errors.Is(err, store.ErrPresent) { // imported before there were traces
		return nil
	}
	if how == another && s.load != nil {
		f.streams = append(f.streams, s)
	}
	file.stream, s.seen = s, true
	return err
}

// whose is the stream that a file shows, and how: the one that has all of it,
// else the one that comes furthest in it.
func (f *follower) whose(ctx context.Context, file *sighting) (best *stream, how relation, err error) {
	for _, s := range f.streams {
		switch r, err := s.relate(ctx, file); {
		case err != nil:
			return nil, another, err
		case r == nothing:
			return s, nothing, nil
		case r == readable && (best == nil || s.offset > best.offset):
			best, how = s, readable
		}
	}
	return best, how, nil
}

// letGo closes the files that need not be held, all of them loaded or unusable:
// old and finished ones that have settled under a name, and those that have had
// none for a while.
func (f *follower) letGo() {
	now := f.loader.now()
	f.files = slices.DeleteFunc(f.files, func(s *sighting) bool {
		if s.info == nil || s.stream != nil && s.stream.offset < s.extent.Lines {
			return false
		}
		waits := s.stream != nil && s.extent.Text > s.extent.Lines && !s.ended(now)
		age := now.Sub(s.info.ModTime())
		switch {
		case !s.named && now.Sub(s.since) >= endless:
		case s.named && !waits && age >= settling && (s.old || s.stream == nil || age >= finished):
			f.settled[keyOf(s.held.Source)] = s
		default:
			return false
		}
		s.held.Close()
		return true
	})
}

// lag tells how far behind the file the stream is, while it is being read.
func (f *follower) lag(s *stream, file *sighting) {
	f.status.behind = max(0, file.extent.Lines-s.offset) * s.rows / max(s.offset, 1)
	f.status.age = f.loader.now().Sub(file.info.ModTime())
	if f.tell != nil {
		f.tell(f.status)
	}
}

// count tells how many logs there are and how far behind the streams still are.
func (f *follower) count() {
	f.status.files, f.status.behind, f.status.age = 0, 0, 0
	for _, s := range f.streams {
		if s.seen {
			f.status.files++
		}
	}
	for _, file := range f.files {
		info, err := file.held.Stat()
		if err != nil || file.stream == nil || !file.extent.Plain || info.Size() <= file.extent.Text {
			continue
		}
		f.status.behind += (info.Size() - file.extent.Text) * file.stream.rows / max(file.stream.offset, 1)
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
	for _, s := range f.files {
		s.held.Close()
	}
	f.files = nil
}
