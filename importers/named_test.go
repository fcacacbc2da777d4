package importers

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNamed looks for the pictures of a log below one directory: those whose
// first segments are lost too, and nothing outside it.
func TestNamed(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "copy")
	for name, text := range map[string]string{"copy/c1/7.png": "x", "copy/c1/8.png": "xy", "copy/9.jpg": "x", "copy/c1/notes.txt": "x", "secret.png": "x"} {
		at := filepath.Join(base, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(base, "secret.png"), filepath.Join(dir, "link.png")); err != nil {
		t.Fatal(err)
	}
	names := []string{"/data/cams/c1/7.png", "/data/cams/c1/8.png", "/data/cams/c1/7.png", `D:\cams\9.jpg`, "../secret.png", filepath.Join(base, "secret.png"),
		"link.png", "http://127.0.0.1:1/c1/7.png", "c1/notes.txt", "c1/none.png", "c1", ""}
	found, missing, err := Named(dir, names)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"9.jpg", "c1/7.png", "c1/8.png"}; !slices.Equal(found.images, want) || missing != 8 || found.Size != 4 {
		t.Errorf("found %v of %d bytes, %d missing; want %v of 4, 8", found.images, found.Size, missing, want)
	}
	if _, _, err := Named(dir, []string{"/elsewhere/1.png"}); !errors.Is(err, ErrUnrecognised) || !strings.Contains(err.Error(), "/elsewhere/1.png") {
		t.Errorf("none there: %v", err)
	}
	if _, _, err := Named(filepath.Join(base, "none"), names); err == nil {
		t.Error("a directory that is not there has frames")
	}
}
