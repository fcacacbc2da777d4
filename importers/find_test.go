package importers

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// plant is a directory as one finds it on a plant's server.
func plant(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range map[string]string{
		"plant/a/inference.jsonl": logOf(3), "plant/a/feedback.csv": "id,label\ni0,ok\ni1,nok\n", "plant/events.jsonl": objects(2, `{"time":"2026-03-07","kind":"deploy","title":"v%d"}`),
		"plant/frames/b.png": "x", "plant/frames/a.jpg": "xy", "plant/frames/README.md": "The frames.\n", "plant/truth.json": `{"time":"2026-03-07"}`,
		"plant/.hidden.jsonl": logOf(3), "plant/.git/log.jsonl": logOf(3), "plant/model.onnx": "\x08\x00\x00", "plant/empty.csv": "", "outside/log.jsonl": logOf(3),
	} {
		at := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"plant/link.jsonl": "../outside/log.jsonl", "plant/loop": "."} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Skip("skip: needs symbolic links")
		}
	}
	return root
}

// found lists sources and skips below root as "name" and "name: why".
func found(root string, sources []Source, skips []Skip) (names, why []string) {
	for _, s := range sources {
		names = append(names, strings.TrimPrefix(filepath.ToSlash(s.Path), filepath.ToSlash(root)+"/"))
	}
	for _, s := range skips {
		why = append(why, strings.TrimPrefix(filepath.ToSlash(s.Path), filepath.ToSlash(root)+"/")+": "+s.Why)
	}
	slices.Sort(names)
	slices.Sort(why)
	return names, why
}

func TestFindDirectory(t *testing.T) {
	root := plant(t)
	sources, skips, err := Find([]string{filepath.Join(root, "plant")})
	if err != nil {
		t.Fatal(err)
	}
	names, why := found(root, sources, skips)
	if want := []string{"plant/a/feedback.csv", "plant/a/inference.jsonl", "plant/events.jsonl", "plant/frames"}; !slices.Equal(names, want) {
		t.Errorf("sources are %q, want %q", names, want)
	}
	for i, want := range []string{"plant/.git: hidden", "plant/.hidden.jsonl: hidden", "plant/empty.csv: not recognised: the file is empty",
		"plant/frames/README.md: not recognised as a log", "plant/link.jsonl: a symbolic link", "plant/loop: a symbolic link",
		"plant/model.onnx: not recognised as a log", "plant/truth.json: the answer"} {
		if i >= len(why) || !strings.HasPrefix(why[i], want) {
			t.Errorf("skip %d of %q, want %q", i, why, want)
		}
	}
}

func TestFindArguments(t *testing.T) {
	root := plant(t)
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	for _, test := range []struct {
		name    string
		args    []string
		sources []string
		err     string
	}{
		{"a file", []string{at("plant/events.jsonl")}, []string{"plant/events.jsonl"}, ""},
		{"a named link is followed", []string{at("plant/link.jsonl")}, []string{"plant/link.jsonl"}, ""},
		{"a hidden file that is named", []string{at("plant/.hidden.jsonl")}, []string{"plant/.hidden.jsonl"}, ""},
		{"a pattern", []string{at("plant/a/*.csv")}, []string{"plant/a/feedback.csv"}, ""},
		{"a pattern of directories", []string{at("plant/f*")}, []string{"plant/frames"}, ""},
		{"one image", []string{at("plant/frames/b.png")}, []string{"plant/frames/b.png"}, ""},
		{"nothing there", []string{at("plant/none.csv")}, nil, "none.csv: no such file or directory"},
		{"no match", []string{at("plant/*.parquet")}, nil, "*.parquet: no file matches this pattern"},
		{"only the truth", []string{at("plant/truth.json")}, nil, "nothing to load in"},
		{"a bad pattern", []string{at("plant/[")}, nil, "["},
	} {
		t.Run(test.name, func(t *testing.T) {
			sources, skips, err := Find(test.args)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("error %v, want %q", err, test.err)
				}
				return
			}
			if names, _ := found(root, sources, skips); err != nil || !slices.Equal(names, test.sources) {
				t.Fatalf("sources %q, error %v, want %q", names, err, test.sources)
			}
			if sources[0].Images == 0 {
				if _, err := sources[0].Recognise(context.Background(), Options{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	_, _, err := Find([]string{t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "no file there is a log or an image") {
		t.Errorf("error %v", err)
	}
}

// A link that takes a file's place after the walk leads nowhere.
func TestLinksOutOfTheDirectoryAreRefused(t *testing.T) {
	root := plant(t)
	sources, _, err := Find([]string{filepath.Join(root, "plant", "a")})
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(root, "plant", "a", "inference.jsonl")
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "outside", "log.jsonl"), log); err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if filepath.Base(s.Path) == "inference.jsonl" {
			if r, err := s.Recognise(context.Background(), Options{}); err == nil {
				t.Errorf("%s led out of its directory: %v", s.Path, r.Kind)
			}
		}
	}
}

func TestFindFS(t *testing.T) {
	fsys := fstest.MapFS{"testdata/gloves/inference.jsonl.gz": {Data: gzipped(logOf(5))}, "testdata/gloves/frames/1.png": {Data: []byte("x")},
		"testdata/gloves/truth.json": {Data: []byte("{}")}, "testdata/other.jsonl": {Data: []byte(logOf(5))}}
	sources, skips, err := FindFS(fsys, "testdata/gloves")
	if err != nil {
		t.Fatal(err)
	}
	names, why := found("testdata/gloves", sources, skips)
	if !slices.Equal(names, []string{"frames", "inference.jsonl.gz"}) || len(why) != 1 {
		t.Errorf("sources %q, skips %q", names, why)
	}
	if _, _, err := FindFS(fsys, "testdata/none"); err == nil {
		t.Error("a directory that is not there was found")
	}
}

func TestHash(t *testing.T) {
	fsys := fstest.MapFS{"a.jsonl": {Data: []byte("abc")}, "frames/1.png": {Data: []byte("x")}, "frames/2.png": {Data: []byte("y")}}
	file := Source{Path: "a.jsonl", fsys: fsys, name: "a.jsonl"}
	// The oracle is sha256sum.
	for n, want := range map[int64]string{
		-1:  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		100: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		1:   "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
		0:   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	} {
		if got, err := file.Hash(context.Background(), n); err != nil || got != want {
			t.Errorf("hash of %d bytes is %s, %v, want %s", n, got, err, want)
		}
	}
	images := Source{Path: "frames", Images: 2, fsys: fsys, name: "frames", images: []string{"frames/1.png", "frames/2.png"}}
	before, err := images.Hash(context.Background(), -1)
	if err != nil {
		t.Fatal(err)
	}
	fsys["frames/2.png"].Data = []byte("z")
	if after, err := images.Hash(context.Background(), -1); err != nil || after == before {
		t.Errorf("another picture has the same hash, error %v", err)
	}
}

// A directory that may not be read drops only itself. Root may read all, so the
// refusal is the file system's of the test.
func TestFindUnreadableDirectory(t *testing.T) {
	row := []byte(`{"time":"2026-03-07T06:28:00Z","prediction":"ok"}`)
	disk := closedFS{fstest.MapFS{
		"logs/a.jsonl":        {Data: row},
		"logs/closed/b.jsonl": {Data: row},
		"logs/open/c.jsonl":   {Data: row},
	}, "logs/closed"}
	sources, skips, err := FindFS(disk, "logs")
	if err != nil || len(sources) != 2 || len(skips) != 1 || skips[0].Path != "logs/closed" || !strings.Contains(skips[0].Why, "permission denied") {
		t.Errorf("sources %v, skips %v, %v", sources, skips, err)
	}
	_, skips, err = FindFS(closedFS{disk.MapFS, "logs"}, "logs")
	if err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("all is closed: skips %v, %v", skips, err)
	}
}

// closedFS is a file system one directory of which may not be read.
type closedFS struct {
	fstest.MapFS
	closed string
}

func (c closedFS) Open(name string) (fs.File, error) {
	if name == c.closed {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return c.MapFS.Open(name)
}

func (c closedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == c.closed {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return c.MapFS.ReadDir(name)
}

// MapFS would pass by Open.
func (c closedFS) Sub(dir string) (fs.FS, error) {
	return closedBelow{c, dir}, nil
}

type closedBelow struct {
	closedFS
	dir string
}

func (c closedBelow) Open(name string) (fs.File, error) {
	return c.closedFS.Open(path.Join(c.dir, name))
}

func (c closedBelow) ReadDir(name string) ([]fs.DirEntry, error) {
	return c.closedFS.ReadDir(path.Join(c.dir, name))
}
