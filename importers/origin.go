package importers

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// origin is where a source lies: its path, when it was last written, and what
// lies beside it. Some formats say half of what they mean there: BentoML's
// schema, YOLO's names of classes, the endpoint in SageMaker's path.
type origin struct {
	path     string
	modified time.Time
	fsys     fs.FS
	name     string
	view     string // of the source; see views
}

func (s Source) origin() origin {
	o := origin{path: s.Path, fsys: s.fsys, name: s.name, view: s.view}
	if s.fsys == nil {
		return o
	}
	if info, err := fs.Stat(s.fsys, s.name); err == nil {
		o.modified = info.ModTime()
	}
	return o
}

// maxNear bounds a file that is read only to understand another.
const maxNear = maxRecord

// near reads a file by its path from the source's own directory, or nil where
// there is none, or none within the tree that was given.
func (o origin) near(name string) []byte {
	if o.fsys == nil {
		return nil
	}
	at := path.Join(path.Dir(o.name), name)
	if !fs.ValidPath(at) {
		return nil
	}
	file, err := o.fsys.Open(at)
	if err != nil {
		return nil
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > maxNear {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(file, maxNear))
	if err != nil {
		return nil
	}
	return text
}

// beside lists the regular files of a directory by its path from the source's
// own, sorted.
func (o origin) beside(dir string) []string {
	if o.fsys == nil {
		return nil
	}
	at := path.Join(path.Dir(o.name), dir)
	if !fs.ValidPath(at) {
		return nil
	}
	entries, err := fs.ReadDir(o.fsys, at)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, path.Join(dir, e.Name()))
		}
	}
	slices.Sort(names)
	return names
}

// fileTime is the column of the file's own time, for records without one.
const fileTime = "file.modified"

// when puts the time a name carries, or else the file's own, which says only
// when the file was written.
func (o origin) when(r *row, name string) (dated bool) {
	if ns, ok := timeInName(name); ok {
		r.time(fileTime, time.Unix(0, ns))
		return true
	}
	if !o.modified.IsZero() {
		r.time(fileTime, o.modified)
	}
	return false
}

const undated = "its records carry no time; the file's own time stands for it, so their order within the file is all that can be told"
