// Package analysistest is what tests measure the analysis by: real and made
// logs, and answers that scipy, statsmodels and scikit-learn gave.
//
//	ANDON_DATA ──▶ Shared(t, "oracles", "isotonic.json") ──▶ a path, or a skip
//	                                        └──▶ Decode, Oracle, Near
package analysistest

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// Data is the folder of the shared data, which need not be there: ANDON_DATA,
// taken from the project's root if it is relative, else ../shared/data there.
func Data() string {
	dir := os.Getenv("ANDON_DATA")
	if dir == "" {
		dir = filepath.Join("..", "shared", "data")
	}
	if filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(root(), dir)
}

// root is the nearest folder above the test that holds a go.mod.
func root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			panic("no go.mod above " + dir)
		}
	}
}

// Shared is a path below Data; the test is skipped where there is none.
func Shared(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{Data()}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("skip: no shared data")
	}
	return path
}

// Decode reads a JSON file of the shared data.
func Decode[T any](t testing.TB, parts ...string) T {
	t.Helper()
	var out T
	text, err := os.ReadFile(Shared(t, parts...))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%s: %v", filepath.Join(parts...), err)
	}
	return out
}

// Oracle reads the cases of one file of answers; none is a failure.
func Oracle[C any](t testing.TB, name string) []C {
	t.Helper()
	cases := Decode[[]C](t, "oracles", name)
	if len(cases) == 0 {
		t.Fatalf("%s: no cases", name)
	}
	return cases
}

// Near fails unless got is want within a relative tolerance; 1e-15 is always
// near enough.
func Near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= tolerance*max(1e-300, math.Abs(want)) || d <= 1e-15) {
		t.Errorf("%s = %.17g, want %.17g (off by %.2g)", what, got, want, d/math.Abs(want))
	}
}
