package importers

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Find lists the sources among args: files, directories with all below them,
// glob patterns, and prometheus+http:// addresses.
//
// A file that is named is always a source, so that Recognise can say what is
// wrong with it. In a directory, hidden files, truth.json, symbolic links,
// whatever is not a regular file, and files that no format knows are skipped,
// each with its reason; the images of one directory are one source.
//
// A directory or file that may not be read is skipped, and only that.
//
// It fails where an argument does not exist, matches nothing, or leads to
// nothing that could be loaded.
func Find(args []string) ([]Source, []Skip, error) { return FindAt(args, time.Time{}) }

// FindAt is [Find] at a known time: the end of a server's span where its
// address gives none.
func FindAt(args []string, now time.Time) ([]Source, []Skip, error) {
	f := finding{now: now.UTC().Truncate(time.Second)}
	for _, arg := range args {
		if err := f.arg(arg); err != nil {
			return nil, nil, err
		}
	}
	if len(f.sources) == 0 {
		return nil, f.skips, fmt.Errorf("nothing to load in %s: no file there is a log or an image%s", strings.Join(args, ", "), f.because())
	}
	return f.sources, f.skips, nil
}

// FindFS lists the sources below root of a file system, as [Find] does for a
// directory. Paths begin with root.
func FindFS(fsys fs.FS, root string) ([]Source, []Skip, error) {
	below, err := fs.Sub(fsys, path.Clean(root))
	if err != nil {
		return nil, nil, err
	}
	var f finding
	if err := f.walk(below, ".", root); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", root, err)
	}
	if len(f.sources) == 0 {
		return nil, f.skips, fmt.Errorf("nothing to load in %s: no file there is a log or an image%s", root, f.because())
	}
	return f.sources, f.skips, nil
}

// finding gathers sources and skips.
type finding struct {
	now     time.Time // zero: not known
	sources []Source
	skips   []Skip
	empty   []Source // text files with nothing in them: a label of nothing, beside others
}

func (f *finding) skip(path, format string, args ...any) {
	f.skips = append(f.skips, Skip{path, fmt.Sprintf(format, args...)})
}

// because quotes the first skip, for the error about finding nothing.
func (f *finding) because() string {
	if len(f.skips) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s: %s)", f.skips[0].Path, f.skips[0].Why)
}

// arg adds what one argument stands for.
func (f *finding) arg(arg string) error {
	if isServer(arg) {
		return f.server(arg)
	}
	if IsClickHouse(arg) {
		return fmt.Errorf("%s: a fleet's table is for andon import, triage, diff, slices and the console", shownClickHouse(arg))
	}
	info, err := os.Stat(arg)
	if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?[") {
		matches, globErr := filepath.Glob(arg)
		if globErr != nil {
			return fmt.Errorf("%s: not a valid pattern: %w", arg, globErr)
		}
		if len(matches) == 0 {
			return fmt.Errorf("%s: no file matches this pattern", arg)
		}
		for _, m := range matches {
			if err := f.match(m); err != nil {
				return err
			}
		}
		return nil
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", arg, ErrMissing)
	case err != nil:
		return err
	case info.IsDir():
		err = f.dir(arg)
	default:
		err = f.file(arg, info)
	}
	if errors.Is(err, fs.ErrPermission) { // the others may be read
		f.skip(arg, "%v", err)
		return nil
	}
	return err
}

// match adds one match of a pattern, with the care given to a directory's
// files: nobody named it.
func (f *finding) match(name string) error {
	info, err := os.Stat(name)
	switch base := filepath.Base(name); {
	case err != nil:
		f.skip(name, "%v", err)
		return nil
	case info.IsDir():
		if err := f.dir(name); err != nil {
			f.skip(name, "%v", err)
		}
		return nil
	case base == truth:
		f.skip(name, truthWhy)
		return nil
	case !info.Mode().IsRegular():
		f.skip(name, "not a regular file")
		return nil
	}
	return f.file(name, info)
}

// dir walks a directory. The root keeps every later opening below it, so that
// a link put there in between leads nowhere.
func (f *finding) dir(name string) error {
	root, err := os.OpenRoot(name)
	if err != nil {
		return err
	}
	return f.walk(root.FS(), ".", name)
}

// file adds a file that was named. The path is cleared of links first, since
// whoever names a link wants what it leads to.
func (f *finding) file(name string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: not a regular file; Andon reads files, directories and patterns", name)
	}
	if filepath.Base(name) == truth {
		f.skip(name, truthWhy)
		return nil
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return err
	}
	s := Source{Path: name, Size: info.Size(), Named: true, fsys: root.FS(), name: filepath.Base(real)}
	if known, err := s.known(); err == nil && known.parts && !isVideo(name) {
		s.format, s.parts = known.name, []string{s.name}
	}
	if isPicture(name) {
		s.Images, s.images = 1, []string{s.name}
	}
	s.video = isVideo(name)
	if s.video || s.Images > 0 || len(s.parts) > 0 {
		f.sources = append(f.sources, s)
	} else {
		f.sources = append(f.sources, s.views()...)
	}
	return nil
}

// truth is the file of a practice incident that holds the answer.
const (
	truth    = "truth.json"
	truthWhy = "the answer of a practice incident, never read"
)

// walk adds everything below dir of fsys; shown is how people know dir.
func (f *finding) walk(fsys fs.FS, dir, shown string) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	images := Source{Path: shown, fsys: fsys, name: dir, prefix: prefixOf(dir, shown)}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		at := path.Join(filepath.ToSlash(shown), e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
			f.skip(at, "hidden")
		case e.Name() == truth:
			f.skip(at, truthWhy)
		case e.Type()&fs.ModeSymlink != 0:
			f.skip(at, "a symbolic link; name it to load what it leads to")
		case e.IsDir():
			if err := f.walk(fsys, name, at); err != nil {
				f.skip(at, "%v", err)
			}
		case !e.Type().IsRegular():
			f.skip(at, "not a regular file")
		default:
			f.entry(fsys, e, name, at, &images)
		}
	}
	f.empties()
	if images.Images = len(images.images); images.Images > 0 {
		slices.Sort(images.images)
		f.sources = append(f.sources, images)
	}
	return nil
}

// entry adds a regular file met on a walk.
func (f *finding) entry(fsys fs.FS, e fs.DirEntry, name, at string, images *Source) {
	info, err := e.Info()
	if err != nil {
		f.skip(at, "%v", err)
		return
	}
	if isPicture(name) {
		images.images = append(images.images, name)
		images.Size += info.Size()
		return
	}
	s := Source{Path: at, Size: info.Size(), fsys: fsys, name: name, video: isVideo(name)}
	if s.video {
		f.sources = append(f.sources, s)
		return
	}
	known, err := s.known()
	if info.Size() == 0 && strings.EqualFold(path.Ext(name), ".txt") {
		f.empty = append(f.empty, s)
		return
	}
	if err != nil {
		f.skip(at, "%v", err)
		return
	}
	if known.parts {
		f.part(s, known.name)
		return
	}
	f.sources = append(f.sources, s.views()...)
}

// empties gives the empty files of a directory to its YOLO labels, where a file
// without a line says that nothing is in the image.
func (f *finding) empties() {
	for _, s := range f.empty {
		dir := path.Dir(filepath.ToSlash(s.Path))
		if slices.ContainsFunc(f.sources, func(have Source) bool { return have.Path == dir && have.format == "yolo" }) {
			f.part(s, "yolo")
		} else {
			f.skip(s.Path, "%v: %v", ErrUnrecognised, ErrEmpty)
		}
	}
	f.empty = nil
	for i := range f.sources {
		slices.Sort(f.sources[i].parts)
	}
}

// part adds a file to the source that its directory's files of the format are.
func (f *finding) part(s Source, format string) {
	dir := path.Dir(filepath.ToSlash(s.Path))
	for i := range f.sources {
		if have := &f.sources[i]; have.Path == dir && have.format == format {
			have.parts = append(have.parts, s.name)
			have.Size += s.Size
			return
		}
	}
	s.Path, s.format, s.parts = dir, format, []string{s.name}
	f.sources = append(f.sources, s)
}

// known reports whether any format knows the file.
func (s Source) known() (format, error) {
	u, err := s.open(0, nil)
	if err != nil {
		return format{}, err
	}
	defer u.Close()
	w := newWindow(u, 0)
	start := head{text: w.peek(headSize), whole: w.ended(), path: s.Path, packed: u.packed}
	if len(start.text) == 0 && !w.ended() {
		return format{}, w.err
	}
	f, _, _, err := sniff(start)
	return f, err
}

// prefixOf is what goes before the paths of the images directly in dir:
// nothing below the directory that was given, whose own name it is where the
// images lie right in it.
func prefixOf(dir, shown string) string {
	if dir != "." {
		return ""
	}
	if base := path.Base(filepath.ToSlash(shown)); base != "." && base != ".." && base != "/" {
		return base
	}
	return ""
}
