package analysis

import (
	"fmt"
	"math"
)

// A slow drift has no onset. Cut into levels it becomes a staircase, and its
// first step would be taken for the moment something happened:
//
//	▇▇▇▇▇
//	     ▆▆▆▆▆
//	          ▅▅▅▅▅▅      few stairs out of order: a trend, not four incidents
//	                ▃▃▃▃

const (
	fewestStairs = 4  // levels in a row; all in order has p = 2/24 by chance
	drifting     = .1 // p of the trend from which it is worth a sentence
)

// drift says so where the levels of a fit go one way throughout; "" where they
// do not. The test is Mann and Kendall's on the levels.
func (f fit) drift(s Series, t trace) string {
	var levels []float64
	for _, part := range stretches(f.cuts, len(t.y)) {
		levels = append(levels, t.level(f.p.mean(part[0], part[1])))
	}
	if len(levels) < fewestStairs {
		return ""
	}
	trend, p := MannKendall(levels)
	if p >= drifting {
		return ""
	}
	way := "up"
	if trend < 0 {
		way = "down"
	}
	return fmt.Sprintf("%s goes %s in %d steps, from %s to %s: a slow drift rather than one change (p = %.2g), so look for wear, dirt or ageing too",
		s.Name, way, len(levels)-1, FormatNumber(rounded(levels[0])), FormatNumber(rounded(levels[len(levels)-1])), p)
}

// rounded is v to three digits after the first, as people read it.
func rounded(v float64) float64 { return roundTo(v, math.Abs(v)/1000) }

// MannKendall is the trend of values in order, the number of pairs that rise
// less those that fall over all pairs (−1 to 1), and its two-sided p against
// values in no order: exact up to 10 of them without ties, else by the normal
// law with continuity and ties corrected. Fewer than 3 values have p = 1.
// Cost: quadratic.
//
// Source: Mann 1945; Kendall, Rank Correlation Methods, 1975.
func MannKendall(values []float64) (trend, p float64) {
	n := len(values)
	rise := 0
	ties := map[float64]int{}
	for i, v := range values {
		ties[v]++
		for _, w := range values[:i] {
			rise += sign(v - w)
		}
	}
	if n < 3 || len(ties) == 1 {
		return 0, 1
	}
	pairs := n * (n - 1) / 2
	trend = float64(rise) / float64(pairs)
	if n <= 10 && len(ties) == n {
		return trend, kendallTail(n, (pairs+max(rise, -rise))/2)
	}
	variance := spreadOfPairs(n)
	for _, k := range ties {
		variance -= spreadOfPairs(k)
	}
	z := max(0, math.Abs(float64(rise))-1) / math.Sqrt(variance)
	return trend, math.Erfc(z / math.Sqrt2)
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// spreadOfPairs is the variance of rising less falling pairs of n values in
// random order.
func spreadOfPairs(n int) float64 { return float64(n*(n-1)*(2*n+5)) / 18 }

// kendallTail is the share of the orders of n values in which at least rising
// pairs rise, or at least as many fall.
func kendallTail(n, rising int) float64 {
	// ways[k] counts the orders of the first values with k rising pairs.
	ways := []float64{1}
	for m := 2; m <= n; m++ {
		next := make([]float64, len(ways)+m-1)
		for k, w := range ways {
			for more := range m {
				next[k+more] += w
			}
		}
		ways = next
	}
	return min(1, 2*total(ways[min(rising, len(ways)):])/total(ways))
}
