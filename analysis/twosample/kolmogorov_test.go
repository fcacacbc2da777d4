package twosample

import (
	"testing"

	"andon/analysis/analysistest"
)

// TestKolmogorovWays holds the three ways to the tail against each other where
// their ranges meet.
func TestKolmogorovWays(t *testing.T) {
	analysistest.Near(t, "n = 10, d = 0.274", kolmogorovBody(10, 0.274), 0.628479615, 1e-8)
	exact := 1 - kolmogorovBody(200, 0.14)
	analysistest.Near(t, "two one-sided tails", 2*smirnovTail(200, 0.14), exact, 1e-7)
	analysistest.Near(t, "expansion", 1-pelzGood(200, 0.07), 1-kolmogorovBody(200, 0.07), 1e-4)
	for _, d := range []float64{-1, 0, 1, 2} {
		if p := KolmogorovTail(50, d); p != 1 && p != 0 {
			t.Errorf("d = %v: p = %v", d, p)
		}
	}
}
