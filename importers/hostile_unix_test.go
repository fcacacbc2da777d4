//go:build unix

package importers

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe that nobody writes to would be waited for for ever; it is passed over
// in a directory and refused by name.
func TestPipesAreNotRead(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "log.jsonl"), []byte(logOf(3)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe.jsonl", "pipe.png", "pipe.mp4"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip("skip: needs mkfifo")
		}
		if _, _, err := Find([]string{filepath.Join(dir, name)}); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	sources, skips, err := Find([]string{dir})
	if err != nil || len(sources) != 1 || len(skips) != 3 {
		t.Errorf("%d sources, skips %v, error %v", len(sources), skips, err)
	}
}
