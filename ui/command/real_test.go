package command_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"andon/analysis/analysistest"
)

// A real machine, whose failures its engineers marked: of every window that
// they marked, a change of the triage tells.
func TestMachineFailuresAreFound(t *testing.T) {
	const series = "realKnownCause/machine_temperature_system_failure.csv"
	if _, err := os.Stat(analysistest.Data()); err != nil {
		t.Skip("skip: no shared data")
	}
	marked := windowsMarked(t, series)
	out, err := exec.Command(binary(t), "triage", "--json", filepath.Join(analysistest.Data(), "nab", "data", series)).Output()
	if err != nil {
		t.Fatal(err)
	}
	var triage struct {
		Changes []struct {
			Interval [2]time.Time `json:"interval"`
		} `json:"changes"`
	}
	if err := json.Unmarshal(out, &triage); err != nil {
		t.Fatal(err)
	}
	if n := len(triage.Changes); n > 3*len(marked) {
		t.Errorf("%d changes for %d marked windows tell nothing", n, len(marked))
	}
	for _, w := range marked {
		found := false
		for _, c := range triage.Changes {
			found = found || c.Interval[0].Before(w[1]) && w[0].Before(c.Interval[1])
		}
		if !found {
			t.Errorf("no change tells of what was marked from %s to %s", w[0], w[1])
		}
	}
}

// windowsMarked are the labelled windows of a series of the Numenta benchmark.
func windowsMarked(t *testing.T, series string) [][2]time.Time {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(analysistest.Data(), "nab", "labels", "combined_windows.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string][][2]string
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	var windows [][2]time.Time
	for _, w := range all[series] {
		from, first := time.Parse("2006-01-02 15:04:05.000000", w[0])
		to, second := time.Parse("2006-01-02 15:04:05.000000", w[1])
		if first != nil || second != nil {
			t.Fatal(first, second)
		}
		windows = append(windows, [2]time.Time{from, to})
	}
	if len(windows) == 0 {
		t.Fatalf("no window is marked in %s", series)
	}
	return windows
}
