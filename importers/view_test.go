package importers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"andon/analysis"
)

// A file with logs and metrics in it is two sources of one path; one with a
// single signal is itself.
func TestMixedSignals(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(samples, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	logs, metrics := read("otlp-logs.jsonl"), read("otlp-metrics.jsonl")
	rows := func(name, text string) map[analysis.Kind]int {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, arg := range []string{path, filepath.Dir(path)} {
			sources, _, err := Find([]string{arg})
			if err != nil {
				t.Fatal(err)
			}
			counts := map[analysis.Kind]int{}
			for _, s := range sources {
				r, got := loadSource(t, s, Options{})
				counts[r.Kind] += len(got.rows)
				if s.View() != "" && strings.Contains(strings.Join(got.warnings, " "), "another signal") {
					t.Errorf("%s: warned of what is loaded: %q", name, got.warnings)
				}
			}
			if arg != path {
				return counts
			}
		}
		return nil
	}
	one, two := rows("logs.jsonl", logs), rows("metrics.jsonl", metrics)
	for _, text := range []string{logs + metrics, metrics + logs} {
		both := rows("all.jsonl", text)
		for _, want := range []map[analysis.Kind]int{one, two} {
			for kind, n := range want {
				if both[kind] != n {
					t.Errorf("%d %s records, want %d", both[kind], kind, n)
				}
			}
		}
		if len(both) != len(one)+len(two) {
			t.Errorf("kinds %v, want those of %v and %v", both, one, two)
		}
	}
}
