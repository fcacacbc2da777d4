package twosample

import (
	"fmt"
	"testing"

	"andon/analysis/analysistest"
)

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
