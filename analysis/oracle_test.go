package analysis

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// shared is the folder of shared data, or a skip that says so.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("ANDON_DATA")
	if root == "" {
		root = "../../shared/data"
	} else if !filepath.IsAbs(root) {
		root = filepath.Join("..", root)
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("skip: no shared data")
	}
	return path
}

// oracle reads the cases of one file of answers computed by scipy,
// statsmodels and scikit-learn.
func oracle[C any](t *testing.T, name string) []C {
	t.Helper()
	text, err := os.ReadFile(shared(t, "oracles", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []C
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(cases) == 0 {
		t.Fatalf("%s: no cases", name)
	}
	return cases
}

// near fails unless got is want within a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if d := math.Abs(got - want); d > tolerance*max(1e-300, math.Abs(want)) && d > 1e-15 {
		t.Errorf("%s = %.17g, want %.17g (off by %.2g)", what, got, want, d/math.Abs(want))
	}
}
