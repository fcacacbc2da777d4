package analysis

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// exhaustive is the least cost of cutting p's points, by trying every last
// stretch without pruning: the oracle of partition.
func exhaustive(p prefix, penalty float64, minLength int) float64 {
	n := len(p.w) - 1
	best := make([]float64, n+1)
	best[0] = -penalty
	for t := 1; t <= n; t++ {
		best[t] = math.Inf(1)
		for r := 0; r <= t-minLength; r++ {
			best[t] = min(best[t], best[r]+p.cost(r, t)+penalty)
		}
	}
	return best[n]
}

func TestPartitionIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "points")
		y, w := make([]float64, n), make([]float64, n)
		for i := range y {
			y[i] = rapid.Float64Range(-5, 5).Draw(t, "y")
			w[i] = rapid.SampledFrom([]float64{0, 0.5, 1, 4}).Draw(t, "w")
		}
		minLength := rapid.IntRange(1, 7).Draw(t, "least length")
		penalty := rapid.Float64Range(0.1, 30).Draw(t, "penalty")
		p := newPrefix(y, w)
		cuts := partition(p, penalty, minLength)
		got := -penalty
		for _, s := range stretches(cuts, n) {
			if len(cuts) > 0 && s[1]-s[0] < minLength {
				t.Fatalf("stretch %v is shorter than %d", s, minLength)
			}
			got += p.cost(s[0], s[1]) + penalty
		}
		if n < minLength {
			return // nothing to cut, nothing to compare
		}
		if want := exhaustive(p, penalty, minLength); math.Abs(got-want) > 1e-9 {
			t.Fatalf("cuts %v cost %v, the best %v", cuts, got, want)
		}
	})
}

func TestHull(t *testing.T) {
	for _, c := range []struct {
		weights     []float64
		first, last int
	}{
		{[]float64{1}, 0, 0},
		{[]float64{0, 8, 92, 0}, 2, 2},
		{[]float64{0, 15, 80, 5}, 1, 2},
		{[]float64{45, 5, 50}, 0, 2},
	} {
		if first, last := hull(c.weights); first != c.first || last != c.last {
			t.Errorf("hull of %v is %d..%d, want %d..%d", c.weights, first, last, c.first, c.last)
		}
	}
}
