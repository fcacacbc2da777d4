package analysis

import (
	"math"
	"slices"
)

// A segmentation cuts a series into stretches of constant level:
//
//	y  ▁▂▁▁▂▁▂▁▁▆▅▆▇▆▆▅▆▂▁▂▁▁▂
//	   └── segment ─┘└ segment ┘└ segment┘      cuts = [9 17]
//
// A stretch costs its weighted squared distance from its own mean; every cut
// costs a penalty; the cheapest cutting of all is found exactly.

// prefix holds running sums of w, w·y and w·y², so that any stretch is costed
// in O(1).
type prefix struct{ w, wy, wyy []float64 }

func newPrefix(y, w []float64) prefix {
	n := len(y)
	p := prefix{make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)}
	for i := range y {
		wy := 0.0
		if w[i] > 0 {
			wy = w[i] * y[i]
		}
		p.w[i+1] = p.w[i] + w[i]
		p.wy[i+1] = p.wy[i] + wy
		p.wyy[i+1] = p.wyy[i]
		if w[i] > 0 {
			p.wyy[i+1] += wy * y[i]
		}
	}
	return p
}

// cost is Σw(y−ȳ)² over [from, to): 0 for an empty or weightless stretch.
func (p prefix) cost(from, to int) float64 {
	w := p.w[to] - p.w[from]
	if w <= 0 {
		return 0
	}
	wy := p.wy[to] - p.wy[from]
	return max(0, p.wyy[to]-p.wyy[from]-wy*wy/w)
}

// mean is the weighted mean over [from, to), 0 where nothing weighs.
func (p prefix) mean(from, to int) float64 {
	if w := p.w[to] - p.w[from]; w > 0 {
		return (p.wy[to] - p.wy[from]) / w
	}
	return 0
}

// weight is Σw over [from, to).
func (p prefix) weight(from, to int) float64 { return p.w[to] - p.w[from] }

// partition finds the cuts, ascending, that minimise
//
//	Σ over stretches of cost + penalty · number of cuts
//
// with at least minLength points a stretch. It is optimal partitioning with
// PELT's pruning (Killick 2012): a start that a later one beats at t can never
// win again once that later one may be used, minLength points on. Fewer than
// 2·minLength points have no cuts. Cost: about linear where there are changes,
// at worst quadratic.
func partition(p prefix, penalty float64, minLength int) []int {
	n := len(p.w) - 1
	best := make([]float64, n+1)
	from := make([]int, n+1)
	for t := range best {
		best[t] = math.Inf(1)
	}
	best[0] = -penalty
	starts := []start{p.start(0, n, best[0])}
	for t := minLength; t <= n; t++ {
		w, wy, wyy := p.w[t], p.wy[t], p.wyy[t]
		dead := 0
		for i := range starts {
			r := &starts[i]
			if r.total > best[t-1] && r.until == n {
				r.until = t + minLength - 2 // beaten one point ago
			}
			if r.until < t {
				dead++
				continue
			}
			if r.total = r.best; w > r.w {
				in := wy - r.wy
				r.total += max(0, wyy-r.wyy-in*in/(w-r.w))
			}
			if v := r.total + penalty; v < best[t] {
				best[t], from[t] = v, r.at
			}
		}
		if dead > 0 {
			starts = slices.DeleteFunc(starts, func(r start) bool { return r.until < t })
		}
		if next := t + 1 - minLength; next >= minLength {
			starts = append(starts, p.start(next, n, best[next]))
		}
	}
	var cuts []int
	for t := from[n]; t > 0; t = from[t] {
		cuts = append(cuts, t)
	}
	slices.Reverse(cuts)
	return cuts
}

// start is a place the last stretch may begin at: what the cheapest cutting
// before it costs, the running sums there, and the total up to the point looked
// at last. It may be used up to and including until.
type start struct {
	best, total float64
	w, wy, wyy  float64
	at, until   int
}

func (p prefix) start(at, until int, best float64) start {
	return start{best: best, total: math.Inf(-1), w: p.w[at], wy: p.wy[at], wyy: p.wyy[at], at: at, until: until}
}

// stretches are the [from, to) between the cuts of n points.
func stretches(cuts []int, n int) [][2]int {
	out := make([][2]int, 0, len(cuts)+1)
	from := 0
	for _, c := range cuts {
		out = append(out, [2]int{from, c})
		from = c
	}
	return append(out, [2]int{from, n})
}
