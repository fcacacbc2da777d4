package analysis

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

func TestHistogramOracle(t *testing.T) {
	type answer struct {
		Edges, A, B []float64
		W1, KS, AUC float64
		Floor       float64 `json:"w1_floor_mean"`
	}
	for i, c := range analysistest.Oracle[answer](t, "histogram_two_sample.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			mids := make([]float64, len(c.A))
			for k := range mids {
				mids[k] = (c.Edges[k] + c.Edges[k+1]) / 2
			}
			ks, auc, w1 := Ordered(c.A, c.B, mids)
			analysistest.Near(t, "KS", ks, c.KS, 1e-9)
			analysistest.Near(t, "AUC", auc, c.AUC, 1e-9)
			analysistest.Near(t, "W1", w1, c.W1, 1e-9)
			analysistest.Near(t, "W1 floor", W1Floor(c.A, c.B, mids), c.Floor, 1e-9)
		})
	}
}

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
