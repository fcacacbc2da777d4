package twosample

import (
	"fmt"
	"testing"

	"andon/analysis/analysistest"
)

func TestMultipleOracle(t *testing.T) {
	type answer struct {
		P    []float64
		BH   []float64 `json:"fdr_bh"`
		BY   []float64 `json:"fdr_by"`
		Holm []float64
	}
	for i, c := range analysistest.Oracle[answer](t, "multiple_testing.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			bh, by, holm := BenjaminiHochberg(c.P), BenjaminiYekutieli(c.P), Holm(c.P)
			for k := range c.P {
				analysistest.Near(t, fmt.Sprint("BH ", k), bh[k], c.BH[k], 1e-9)
				analysistest.Near(t, fmt.Sprint("BY ", k), by[k], c.BY[k], 1e-9)
				analysistest.Near(t, fmt.Sprint("Holm ", k), holm[k], c.Holm[k], 1e-9)
			}
		})
	}
	if got := BenjaminiHochberg(nil); len(got) != 0 {
		t.Errorf("nothing in, %v out", got)
	}
}
