package command_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeRuns types what README tells a user to type, line by line, in one
// directory that holds the gloves' logs: none may be refused. What needs a
// terminal or a server is left to other tests.
func TestReadmeRuns(t *testing.T) {
	needs(t, "sqlite3")
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "logs"), os.DirFS(filepath.Join(projectRoot(), "testdata", "gloves"))); err != nil {
		t.Fatal(err)
	}
	left := regexp.MustCompile(`^andon logs/$|clickhouse://|^export |^go |^CGO_`)
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(readme(t), -1) {
		for line := range strings.Lines(block[1]) {
			if line = strings.TrimSpace(line); left.MatchString(line) {
				continue
			}
			ran++
			c := exec.Command("sh", "-c", line)
			c.Dir = dir
			c.Env = append(os.Environ(), "PATH="+filepath.Dir(binary(t))+":"+os.Getenv("PATH"), "HOME="+dir)
			out, err := c.CombinedOutput()
			var ended *exec.ExitError
			finding := errors.As(err, &ended) && ended.ExitCode() == 1 && strings.HasPrefix(line, "andon verify")
			if err != nil && !finding {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
	}
	if ran < 10 {
		t.Errorf("README has %d commands to type, expected more", ran)
	}
}
