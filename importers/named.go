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
)

// A log names its pictures by where they lay on the machine that wrote it. They
// are looked for below one directory that a person allows, and nowhere else:
//
//	log     /data/cams/c1/7.png          ../../etc/passwd    http://cam/7.png
//	root    ./copy ─▶ ./copy/c1/7.png    never left          never fetched
//
// What lies right below it may have lost the first segments of its path.

// Named are the images below a directory that a log names, as one source, in
// the order of their paths, and how many of the names lead to none there: to
// nothing, to no regular file of an image's name, or out of the directory.
//
// It fails with [ErrUnrecognised] inside where no name leads to an image. Cost:
// a look at the file system a name, more where the beginning of the paths
// changes.
func Named(dir string, names []string) (found Source, missing int, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Source{}, 0, fmt.Errorf("frames: %w", err)
	}
	found = Source{Path: dir, fsys: root.FS(), name: ".", Named: true}
	cut := 0 // segments that were lost from the last name found
	seen := map[string]bool{}
	for _, name := range names {
		at, size, lost := below(root, name, cut)
		if at == "" {
			missing++
			continue
		}
		if cut = lost; !seen[at] {
			seen[at] = true
			found.images = append(found.images, at)
			found.Size += size
		}
	}
	slices.Sort(found.images)
	if found.Images = len(found.images); found.Images == 0 {
		return Source{}, missing, fmt.Errorf("%s: %w: none of %d pictures that the log names lies below it%s", dir, ErrUnrecognised, len(names), first(names))
	}
	return found, missing, nil
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(", such as %.80q", names[0])
}

// below is where a named image lies in the root, its size, and how many leading
// segments of its path are not there; "" for none. The number that was right
// the last time is tried first.
func below(root *os.Root, name string, cut int) (at string, size int64, lost int) {
	if strings.Contains(name, "://") || !isPicture(name) {
		return "", 0, 0
	}
	clean := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
	if rel, err := filepath.Rel(root.Name(), name); err == nil && filepath.IsLocal(rel) {
		clean = filepath.ToSlash(rel)
	}
	segments := strings.Split(clean, "/")
	for try := -1; try < len(segments); try++ {
		n := try
		if try < 0 {
			n = min(cut, len(segments)-1)
		}
		at := path.Join(segments[n:]...)
		info, err := root.Lstat(at)
		if errors.Is(err, fs.ErrPermission) {
			break
		}
		if err == nil && info.Mode().IsRegular() {
			return at, info.Size(), n
		}
	}
	return "", 0, 0
}
