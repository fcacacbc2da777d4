package practice

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-40, 40).Draw(t, "x")
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-12*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	})
}

// Mean and variance of 100,000 throws lie within four standard errors.
func TestNoiseMoments(t *testing.T) {
	d := newDice(1, 0)
	const n = 100_000
	tests := []struct {
		name  string
		throw func() float64
		mean  float64
		sd    float64
	}{
		{"unit", d.unit, 0.5, math.Sqrt(1.0 / 12)},
		{"normal", d.normal, 0, 1},
		{"grain", func() float64 { return d.grain().g }, 0, 1},
		{"log of lognormal", func() float64 { return math.Log(d.lognormal(0.5)) }, 0, 0.5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var sum, squares float64
			for range n {
				v := tt.throw() - tt.mean
				sum += v
				squares += v * v
			}
			if mean := sum / n; math.Abs(mean) > 4*tt.sd/math.Sqrt(n) {
				t.Errorf("mean is off by %v", mean)
			}
			if ratio := squares / n / (tt.sd * tt.sd); math.Abs(ratio-1) > 4*math.Sqrt(2.0/n) {
				t.Errorf("variance is %v of what it should be", ratio)
			}
		})
	}
}

func TestPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50).Draw(t, "n")
		order := newDice(rapid.Int64().Draw(t, "seed"), 0).permutation(n)
		slices.Sort(order)
		for i, v := range order {
			if i != v {
				t.Fatalf("sorted permutation of %d is %v", n, order)
			}
		}
	})
}

func TestWeighted(t *testing.T) {
	d := newDice(1, 0)
	var got [3]int
	for range 10_000 {
		got[d.weighted([]float64{1, 0, 3})]++
	}
	if got[1] != 0 || math.Abs(float64(got[0])-2500) > 4*math.Sqrt(10_000*0.25*0.75) {
		t.Errorf("weights 1, 0, 3 drew %v of 10000", got)
	}
}
