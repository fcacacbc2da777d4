package practice

import (
	"bytes"
	"compress/gzip"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the bundled incidents to testdata")

// bundle is where main embeds the incidents from.
const bundle = "../../testdata"

// TestRegenerate plays the bundled incidents again and compares what they hold
// with the files: text byte by byte, compressed files by content and pictures
// by pixel, since another Go release may compress otherwise. To write them:
//
//	go test ./analysis/practice -run Regenerate -update
func TestRegenerate(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			bundled(t, name)
			dir := filepath.Join(bundle, name)
			if *update {
				write(t, dir, made[name]())
			}
			files := made[name]()
			for file, content := range files {
				kept, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(inside(t, file, content), inside(t, file, kept)) {
					t.Errorf("%s differs from what the code makes", file)
				}
			}
			if kept := count(t, dir); kept != len(files) {
				t.Errorf("%d files are kept, %d are made", kept, len(files))
			}
		})
	}
}

func write(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for file, content := range files {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func inside(t *testing.T, file string, content []byte) []byte {
	t.Helper()
	switch filepath.Ext(file) {
	case ".gz":
		zip, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(zip)
		if err != nil {
			t.Fatal(err)
		}
		return text
	case ".png":
		img, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		return opaquePixels(t, img)
	}
	return content
}

func count(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The binary carries both incidents; 6 MB is what it may carry.
func TestBundleIsSmall(t *testing.T) {
	bytes, frames := 0, map[string]int{}
	for _, name := range Names() {
		bundled(t, name)
		for file, content := range made[name]() {
			bytes += len(content)
			if strings.HasPrefix(file, "frames/") {
				frames[name]++
			}
		}
	}
	if bytes > 6<<20 {
		t.Errorf("%d bytes, want at most 6 MB", bytes)
	}
	if frames["gloves"] < 300 || frames["gloves"] > 500 || frames["quiet"] < 50 {
		t.Errorf("frames kept: %v", frames)
	}
}

// A reader may stop after any file; the order is the documented one.
func TestFilesStop(t *testing.T) {
	tests := []struct {
		stop int
		last string
	}{{1, "inference.jsonl.gz"}, {3, "events.jsonl"}, {5, "frames/"}}
	in := bundled(t, "quiet")
	for _, tt := range tests {
		n, last := 0, ""
		for file := range in.Files() {
			n, last = n+1, file
			if n == tt.stop {
				break
			}
		}
		if n != tt.stop || !strings.HasPrefix(last, tt.last) {
			t.Errorf("stopped after %d files at %s, want %d and %s", n, last, tt.stop, tt.last)
		}
	}
}

func opaquePixels(t *testing.T, img image.Image) []byte {
	t.Helper()
	b := img.Bounds()
	if b.Dx() != Side || b.Dy() != Side {
		t.Fatalf("picture of %v, want %d pixels square", b, Side)
	}
	flat := image.NewRGBA(b)
	draw.Draw(flat, b, img, b.Min, draw.Src)
	return flat.Pix
}
