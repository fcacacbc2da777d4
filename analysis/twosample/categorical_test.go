package twosample

import (
	"fmt"
	"math"
	"testing"

	"andon/analysis/analysistest"
)

func TestCategoricalOracle(t *testing.T) {
	type answer struct {
		A, B       []float64
		Chi2       float64
		DF         float64
		P          float64
		V          float64 `json:"cramers_v"`
		VCorrected float64 `json:"cramers_v_bias_corrected"`
		JSD        float64 `json:"jsd_nats"`
		PSI        float64 `json:"psi_add_half"`
		Hellinger  float64
		TV         float64
		Linf       float64
		Neff       float64
		PSIMean    float64 `json:"floor_psi_mean"`
		PSI99      float64 `json:"floor_psi_q99"`
		JSDMean    float64 `json:"floor_jsd_mean"`
		JSD99      float64 `json:"floor_jsd_q99"`
	}
	for i, c := range analysistest.Oracle[answer](t, "categorical_drift.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			chi2, df, p := ChiSquare(c.A, c.B)
			analysistest.Near(t, "chi2", chi2, c.Chi2, 1e-9)
			analysistest.Near(t, "df", df, c.DF, 0)
			analysistest.Near(t, "p", p, c.P, 1e-7)
			v, corrected := CramersV(c.A, c.B)
			analysistest.Near(t, "V", v, c.V, 1e-9)
			analysistest.Near(t, "V corrected", corrected, c.VCorrected, 1e-9)
			analysistest.Near(t, "JSD", JSD(c.A, c.B), c.JSD, 1e-9)
			analysistest.Near(t, "PSI", PSI(c.A, c.B), c.PSI, 1e-9)
			analysistest.Near(t, "Hellinger", Hellinger(c.A, c.B), c.Hellinger, 1e-9)
			tv, linf := TotalVariation(c.A, c.B)
			analysistest.Near(t, "TV", tv, c.TV, 1e-9)
			analysistest.Near(t, "Linf", linf, c.Linf, 1e-9)
			ne := EffectiveSize(sumOf(c.A), sumOf(c.B))
			analysistest.Near(t, "Ne", ne, c.Neff, 1e-9)
			mean, q99 := PSIFloor(len(c.A), ne)
			analysistest.Near(t, "PSI floor", mean, c.PSIMean, 1e-9)
			analysistest.Near(t, "PSI floor 99 %", q99, c.PSI99, 1e-9)
			mean, q99 = JSDFloor(len(c.A), ne)
			analysistest.Near(t, "JSD floor", mean, c.JSDMean, 1e-9)
			analysistest.Near(t, "JSD floor 99 %", q99, c.JSD99, 1e-9)
		})
	}
}

func TestCategoricalOnNothing(t *testing.T) {
	for name, sides := range map[string][2][]float64{
		"no categories": {nil, nil},
		"empty before":  {{0, 0}, {3, 4}},
		"one category":  {{5}, {9}},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := sides[0], sides[1]
			_, _, p := ChiSquare(a, b)
			if p != 1 {
				t.Errorf("χ² p = %v, want 1", p)
			}
			if d := JSD(a, b); d != 0 {
				t.Errorf("JSD = %v, want 0", d)
			}
			if v, c := CramersV(a, b); v != 0 || c != 0 || math.IsNaN(PSI(a, b)) {
				t.Errorf("V = %v, %v; PSI = %v", v, c, PSI(a, b))
			}
		})
	}
}
