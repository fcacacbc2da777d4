package twosample

import (
	"fmt"
	"testing"

	"andon/analysis/analysistest"
)

func TestContinuousOracle(t *testing.T) {
	type answer struct {
		X, Y   []float64
		KS     float64
		KSP    float64 `json:"ks_p_asymp"`
		MWUP   float64 `json:"mwu_p"`
		AUC    float64
		T      float64 `json:"welch_t"`
		TP     float64 `json:"welch_p"`
		W1     float64
		Spread float64 `json:"brown_forsythe"`
		SP     float64 `json:"brown_forsythe_p"`
	}
	for i, c := range analysistest.Oracle[answer](t, "continuous_two_sample.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			d, p := KolmogorovSmirnov(c.X, c.Y)
			analysistest.Near(t, "KS", d, c.KS, 1e-9)
			analysistest.Near(t, "KS p", p, c.KSP, 1e-7)
			auc, p := MannWhitney(c.X, c.Y)
			analysistest.Near(t, "AUC", auc, c.AUC, 1e-9)
			analysistest.Near(t, "Mann-Whitney p", p, c.MWUP, 1e-7)
			stat, p := WelchT(c.X, c.Y)
			analysistest.Near(t, "Welch t", stat, c.T, 1e-9)
			analysistest.Near(t, "Welch p", p, c.TP, 1e-7)
			analysistest.Near(t, "W1", Wasserstein(c.X, c.Y), c.W1, 1e-9)
			f, p := BrownForsythe(c.X, c.Y)
			analysistest.Near(t, "Brown-Forsythe", f, c.Spread, 1e-9)
			analysistest.Near(t, "Brown-Forsythe p", p, c.SP, 1e-7)
		})
	}
}
