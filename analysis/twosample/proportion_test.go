package twosample

import (
	"fmt"
	"testing"

	"andon/analysis/analysistest"
)

func TestTwoProportionsOracle(t *testing.T) {
	type answer struct {
		Err0   int      `json:"err0"`
		N0     int      `json:"n0"`
		Err1   int      `json:"err1"`
		N1     int      `json:"n1"`
		Z      float64  `json:"z_pooled"`
		P      float64  `json:"p_z"`
		Chi2   float64  `json:"chi2_nocorr"`
		G      float64  `json:"g_stat"`
		Fisher float64  `json:"fisher_p"`
		Odds   *float64 `json:"odds_ratio"`
		H      float64  `json:"cohen_h"`
	}
	for i, c := range analysistest.Oracle[answer](t, "two_proportions.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			k0, n0, k1, n1 := float64(c.Err0), float64(c.N0), float64(c.Err1), float64(c.N1)
			z, p := TwoProportions(k0, n0, k1, n1)
			analysistest.Near(t, "z", z, c.Z, 1e-9)
			analysistest.Near(t, "p", p, c.P, 1e-7)
			before, after := []float64{k0, n0 - k0}, []float64{k1, n1 - k1}
			chi2, _, _ := ChiSquare(before, after)
			analysistest.Near(t, "chi2", chi2, c.Chi2, 1e-9)
			g, _, _ := GTest(before, after)
			analysistest.Near(t, "G", g, c.G, 1e-9)
			analysistest.Near(t, "Fisher", Fisher(c.Err0, c.N0, c.Err1, c.N1), c.Fisher, 1e-7)
			analysistest.Near(t, "h", CohenH(k0/n0, k1/n1), c.H, 1e-9)
			if c.Odds != nil {
				analysistest.Near(t, "odds", OddsRatio(k0, n0, k1, n1), *c.Odds, 1e-9)
			}
		})
	}
}

func TestMcNemar(t *testing.T) {
	// Exact: 2·Σ_{k≤1} C(10,k)/2^10 = 22/1024.
	if _, p := McNemar(9, 1); p != 22.0/1024 {
		analysistest.Near(t, "exact p", p, 22.0/1024, 1e-12)
	}
	z, p := McNemar(60, 40)
	analysistest.Near(t, "z", z, 2, 1e-12)
	analysistest.Near(t, "p", p, 0.04550026389635842, 1e-9)
	if _, p := McNemar(0, 0); p != 1 {
		t.Errorf("no discordant rows: p = %v, want 1", p)
	}
}
