package analysis

import (
	"math"
	"strings"
	"testing"

	"andon/analysis/analysistest"
)

// Oracle: every order of five values tried.
func TestMannKendallIsExact(t *testing.T) {
	pairs := func(order []int) int {
		rise := 0
		for i, v := range order {
			for _, w := range order[:i] {
				rise += sign(float64(v - w))
			}
		}
		return rise
	}
	orders(5, func(order []int) {
		rise, reach, all := pairs(order), 0, 0
		orders(5, func(other []int) {
			all++
			r := pairs(other)
			reach += side(max(r, -r) >= max(rise, -rise))
		})
		values := make([]float64, 5)
		for i, v := range order {
			values[i] = float64(v)
		}
		trend, p := MannKendall(values)
		analysistest.Near(t, "trend", trend, float64(rise)/10, 1e-12)
		analysistest.Near(t, "p", p, math.Min(1, float64(reach)/float64(all)), 1e-12)
	})
}

func TestMannKendall(t *testing.T) {
	long := make([]float64, 40)
	for i := range long {
		long[i] = float64(i * i)
	}
	for _, c := range []struct {
		name     string
		values   []float64
		trend, p float64
	}{
		{"nothing", nil, 0, 1},
		{"two", []float64{1, 2}, 0, 1},
		{"all the same", []float64{3, 3, 3, 3}, 0, 1},
		{"four in order", []float64{1, 2, 3, 4}, 1, 2. / 24},
		{"four the other way", []float64{4, 3, 2, 1}, -1, 2. / 24},
		// By hand: 5 rising pairs, 1 tie; variance (156−18)/18, z = 4/√(138/18).
		{"a tie", []float64{1, 2, 2, 3}, 5. / 6, math.Erfc(4 / math.Sqrt(138./18) / math.Sqrt2)},
		// By hand: 780 pairs, variance 40·39·85/18, z = 779/√7366.7 = 9.08.
		{"forty in order", long, 1, math.Erfc(779 / math.Sqrt(40*39*85./18) / math.Sqrt2)},
	} {
		trend, p := MannKendall(c.values)
		if math.Abs(trend-c.trend) > 1e-12 || math.Abs(p-c.p) > 1e-12 {
			t.Errorf("%s: trend %v, p %v; want %v, %v", c.name, trend, p, c.trend, c.p)
		}
	}
}

func TestChangesWarnOfDrift(t *testing.T) {
	for _, c := range []struct {
		name  string
		share func(int) float64
		want  bool
	}{
		{"wearing out", func(i int) float64 { return .95 - .25*float64(i)/672 }, true},
		{"one step", stepsAt(map[int]float64{0: .95, 300: .7}), false},
		{"up and down", stepsAt(map[int]float64{0: .95, 120: .7, 240: .95, 360: .7, 480: .95}), false},
		{"quiet", stepsAt(map[int]float64{0: .95}), false},
	} {
		_, warnings := Changes(plan(15, 672, 300, c.share))
		if got := strings.Contains(strings.Join(warnings, "; "), "slow drift"); got != c.want {
			t.Errorf("%s: drift said %v, want %v: %v", c.name, got, c.want, warnings)
		}
	}
}
