package decomposition

import (
	"fmt"
	"slices"
	"testing"

	"andon/analysis/analysistest"

	"gonum.org/v1/gonum/floats"
	"pgregory.net/rapid"
)

// change is one case of decomposition.json: counts by slice and score.
type change struct {
	N0, E0, N1, E1 [][]float64
	Delta          float64
	Mix            float64   `json:"kitagawa_mix"`
	Rate           float64   `json:"kitagawa_rate"`
	SliceMix       []float64 `json:"per_slice_mix"`
	SliceRate      []float64 `json:"per_slice_rate"`
	Disde          struct {
		ToShared   float64 `json:"x_p_to_s"`
		Rate       float64 `json:"y_given_x"`
		FromShared float64 `json:"x_s_to_q"`
	}
	Shapley struct {
		Slice float64 `json:"slice_mix"`
		Score float64 `json:"score_mix_within_slice"`
		Rate  float64
	}
}

// cells are the cells by slice and score; one that a window never saw borrows
// the other's rate.
func (d change) cells() [][]Kitagawa {
	all0, all1 := 0.0, 0.0
	for i := range d.N0 {
		all0 += floats.Sum(d.N0[i])
		all1 += floats.Sum(d.N1[i])
	}
	cells := make([][]Kitagawa, len(d.N0))
	for i := range d.N0 {
		for k := range d.N0[i] {
			n0, n1 := d.N0[i][k], d.N1[i][k]
			r0, r1 := borrowed(d.E0[i][k], n0, d.E1[i][k], n1)
			cells[i] = append(cells[i], Kitagawa{W0: n0 / all0, R0: r0, W1: n1 / all1, R1: r1})
		}
	}
	return cells
}

func borrowed(e0, n0, e1, n1 float64) (r0, r1 float64) {
	switch {
	case n0 == 0 && n1 == 0:
		return 0, 0
	case n0 == 0:
		return e1 / n1, e1 / n1
	case n1 == 0:
		return e0 / n0, e0 / n0
	}
	return e0 / n0, e1 / n1
}

func TestDecompositionOracle(t *testing.T) {
	for i, c := range analysistest.Oracle[change](t, "decomposition.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			var mix, rate float64
			for k, slice := range c.cells() {
				var m, r float64
				for _, cell := range slice {
					m += cell.Mix()
					r += cell.Within()
				}
				analysistest.Near(t, fmt.Sprint("mix of ", k), m, c.SliceMix[k], 1e-11)
				analysistest.Near(t, fmt.Sprint("rate of ", k), r, c.SliceRate[k], 1e-11)
				mix += m
				rate += r
			}
			analysistest.Near(t, "mix", mix, c.Mix, 1e-12)
			analysistest.Near(t, "rate", rate, c.Rate, 1e-12)
			shared := SharedShift(slices.Concat(c.cells()...))
			analysistest.Near(t, "to shared", shared.ToShared, c.Disde.ToShared, 1e-12)
			analysistest.Near(t, "rate on shared", shared.Rate, c.Disde.Rate, 1e-12)
			analysistest.Near(t, "from shared", shared.FromShared, c.Disde.FromShared, 1e-12)
			parts := Shapley(3, c.value())
			analysistest.Near(t, "slices", parts[0], c.Shapley.Slice, 1e-12)
			analysistest.Near(t, "scores", parts[1], c.Shapley.Score, 1e-12)
			analysistest.Near(t, "rates", parts[2], c.Shapley.Rate, 1e-12)
		})
	}
}

// value is the error rate with the slices (bit 0), the scores within slices
// (bit 1) and the rates (bit 2) of the after window; what one window never saw
// is the other's.
func (d change) value() func(set uint) float64 {
	var all0, all1 float64
	for i := range d.N0 {
		all0 += floats.Sum(d.N0[i])
		all1 += floats.Sum(d.N1[i])
	}
	return func(set uint) float64 {
		var v float64
		for i := range d.N0 {
			n0, n1 := floats.Sum(d.N0[i]), floats.Sum(d.N1[i])
			w := n0 / all0
			if set&1 != 0 {
				w = n1 / all1
			}
			for k := range d.N0[i] {
				s0, s1 := borrowed(d.N0[i][k], n0, d.N1[i][k], n1)
				r0, r1 := borrowed(d.E0[i][k], d.N0[i][k], d.E1[i][k], d.N1[i][k])
				s, r := s0, r0
				if set&2 != 0 {
					s = s1
				}
				if set&4 != 0 {
					r = r1
				}
				v += w * s * r
			}
		}
		return v
	}
}

func TestShapleyAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "players")
		worth := rapid.SliceOfN(rapid.Float64Range(-1, 1), 1<<n, 1<<n).Draw(t, "worth")
		parts := Shapley(n, func(set uint) float64 { return worth[set] })
		if d := floats.Sum(parts) - (worth[1<<n-1] - worth[0]); d > 1e-12 || d < -1e-12 {
			t.Errorf("parts add up to %v off by %v", floats.Sum(parts), d)
		}
	})
}
