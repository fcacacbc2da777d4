package command

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"andon/importers"
)

// sighting is a file as it is seen now. It is held open, since a log that has
// been renamed is written to for a while, and one that has been deleted can
// still be read.
type sighting struct {
	held   *importers.Held
	named  bool // some name leads to it
	old    bool // nobody begins to write to it: it has no name or a rotated one
	info   fs.FileInfo
	extent importers.Extent
	marks  []importers.Mark // of its whole lines
	since  time.Time        // when it last changed, as far as was seen
	stream *stream          // that it shows, or nil
}

// A last line that has no end is taken for a whole one where nobody will end
// it: an old file did not change for endless, an archive is complete, or any
// other file is older than finished, an export. Half a line of JSON is not even
// then taken.
const (
	endless  = time.Minute
	finished = time.Hour
)

// ended reports whether nobody will write to the file again.
func (s *sighting) ended(now time.Time) bool {
	return s.extent.Final || s.old && now.Sub(s.since) >= endless || now.Sub(s.info.ModTime()) >= finished
}

// settling is how old a change must be for the next one to be seen in the time
// of the file: some file systems count in seconds.
const settling = 2 * time.Second

// look opens the files that are there, and measures those that changed.
func (f *follower) look(ctx context.Context) error {
	for _, s := range f.files {
		s.named = false
	}
	sources := f.find()
	now := f.loader.now()
	settled := f.settled
	f.settled = map[string]*sighting{}
	for _, source := range sources {
		info, err := source.Stat()
		if err != nil {
			f.trouble(source.Path, err)
			continue
		}
		if old, ok := settled[keyOf(source)]; ok && sameState(old.info, info) {
			f.settled[keyOf(source)] = old
			if old.stream != nil {
				old.stream.seen = true
			}
			continue
		}
		f.hold(source, now)
	}
	for _, s := range f.files {
		if err := f.measure(ctx, s, now); err != nil {
			return err
		}
		s.old = !s.named || isRotated(s.held.Path, sources)
		if err := s.oneLine(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

// keyOf tells the sources of one path apart.
func keyOf(s importers.Source) string { return s.Path + "\x00" + s.View() }

// hold opens a file, or finds it among those that are open.
func (f *follower) hold(source importers.Source, now time.Time) {
	held, err := source.Hold()
	if err != nil {
		f.trouble(source.Path, err)
		return
	}
	for _, s := range f.files {
		if s.held.View() == source.View() && s.held.Same(held) {
			held.Close()
			s.held.Path, s.named = source.Path, true
			return
		}
	}
	f.files = append(f.files, &sighting{held: held, named: true, since: now})
}

// measure brings a sighting up to date.
func (f *follower) measure(ctx context.Context, s *sighting, now time.Time) error {
	info, err := s.held.Stat()
	if err != nil {
		f.trouble(s.held.Path, err)
		return nil
	}
	if s.info == nil || !sameState(s.info, info) {
		s.since = now
	}
	s.info = info
	if s.extent, err = s.held.Measure(ctx); err == nil {
		s.marks, err = s.held.Marks(ctx, s.extent.Lines)
	}
	if err != nil {
		f.trouble(s.held.Path, err)
		s.extent, s.marks = importers.Extent{}, nil
	}
	return ctx.Err()
}

// oneLine takes a text without any line end, such as an answer in JSON, for
// whole once nobody writes to it.
func (s *sighting) oneLine(ctx context.Context, now time.Time) (err error) {
	if s.extent.Lines > 0 || s.extent.Text == 0 || !s.ended(now) {
		return nil
	}
	s.extent.Lines = s.extent.Text
	s.marks, err = s.held.Marks(ctx, s.extent.Text)
	return err
}

// isRotated reports whether a name is that of an old file: a.log.1, or
// a.log-20260307 beside a.log.
func isRotated(path string, sources []importers.Source) bool {
	return rotatedName.MatchString(path) || slices.ContainsFunc(sources, func(s importers.Source) bool {
		rest, ok := strings.CutPrefix(path, s.Path)
		return ok && rest != "" && strings.ContainsAny(rest[:1], ".-")
	})
}

var rotatedName = regexp.MustCompile(`\.(\d{1,3}|old|bak)(\.gz|\.zst)?$`)

// sameState reports whether a file has not changed, by what its directory says.
func sameState(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// trouble says what could not be read this time.
func (f *follower) trouble(path string, err error) {
	if !errors.Is(err, fs.ErrNotExist) { // it has just been renamed
		f.status.trouble = strings.TrimPrefix(err.Error(), path+": ")
	}
}
