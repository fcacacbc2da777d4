package command_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Look before loading: the roles as they were guessed, one put right, and what
// was said is kept as the mapping that the source was read by.
func TestJourneyReviewSources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "press.csv"), pressed(), 0o600); err != nil {
		t.Fatal(err)
	}
	x := travel(t, dir)
	x.open("--review press.csv", dir)
	x.await(`\[9 Data\]`, `nothing of these is stored yet`, `press\.csv +inference +9\d\.\d %`, `klass +dimension`, `verdict +prediction`)
	x.press("Tab", "End")
	x.await(`^> klass`)
	x.press("r")
	x.await(`Role of klass, now dimension`)
	x.press("Home", "Enter")
	x.await(`klass +prediction +text +prediction`, `verdict +dimension +text +verdict`)
	x.press("1")
	x.await(`nothing is loaded yet: 9 shows`)
	x.press("9", "L")
	x.await(`Columns: 8`, `read by the mapping "the Data screen"`)
	x.press("1")
	x.await(`accuracy 9\d\.\d % → \d\d\.\d %`)
	x.press("q")
	x.await(shellWaits)
	x.arrived()
	out, err := exec.Command(binary(t), "map", only(t, filepath.Join(dir, "press-*.andon"))).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "was read by the Data screen") || !strings.Contains(string(out), "role: prediction") {
		t.Errorf("andon map: %v: %s", err, out)
	}
}

// Who looks and leaves has stored nothing.
func TestJourneyLeaveReview(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "press.csv"), pressed(), 0o600); err != nil {
		t.Fatal(err)
	}
	x := travel(t, dir)
	x.open("--review press.csv", dir)
	x.await(`nothing of these is stored yet`)
	x.press("q")
	x.await(`^nothing was loaded`, shellWaits)
	left, err := os.ReadDir(dir)
	for _, entry := range left {
		if filepath.Ext(entry.Name()) == ".andon" || strings.HasSuffix(entry.Name(), "-ballast") {
			t.Errorf("%s is left: %v", entry.Name(), err)
		}
	}
}
