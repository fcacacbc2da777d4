package camera

import (
	"math"
	"slices"
)

// point is a sample as standardised numbers.
type point struct {
	sample   Sample
	view     string
	x, z     []float64
	likeness float64
}

// wrongCounts is how much more a frame known to be answered wrongly tells.
const wrongCounts = 1.5

func (p point) rank() float64 {
	if p.sample.Known && p.sample.Wrong {
		return wrongCounts * p.likeness
	}
	return p.likeness
}

// space holds both windows' frames in one standardised space, and how much
// each number counts when two frames are matched.
type space struct {
	before, after []point
	weight        []float64
}

const maxZ = 6

func newSpace(before, after []Sample) space {
	space := space{before: points(before), after: points(after)}
	centre, all := centres(space.before)
	spread := spreads(space.before, centre)
	for _, side := range [][]point{space.before, space.after} {
		for i := range side {
			mean, ok := centre[side[i].view]
			if !ok {
				mean = all
			}
			side[i].standardise(mean, spread)
		}
	}
	for _, m := range meanPoint(space.after, func(p point) []float64 { return p.z }) {
		weight := 1 / (1 + m*m)
		if math.IsNaN(weight) {
			weight = 0
		}
		space.weight = append(space.weight, weight)
	}
	return space
}

// standardise fills z and likeness; a number without mean or spread is NaN.
func (p *point) standardise(mean, spread []float64) {
	p.z = make([]float64, len(p.x))
	square, n := 0.0, 0.0
	for d, x := range p.x {
		p.z[d] = math.NaN()
		if d < len(mean) && d < len(spread) && spread[d] > 0 {
			p.z[d] = max(-maxZ, min(maxZ, (x-mean[d])/spread[d]))
		}
		if z := p.z[d]; !math.IsNaN(z) {
			square, n = square+z*z, n+1
		}
	}
	p.likeness = square / max(1, n)
}

// points drops the samples that hold no number at all.
func points(samples []Sample) []point {
	all := make([]point, 0, len(samples))
	for _, s := range samples {
		grid, ok := s.grid()
		if !ok && len(s.Features) == 0 {
			continue
		}
		x := make([]float64, 0, 3*len(grid)+len(s.Features))
		for _, colour := range grid {
			l, a, b := colour.Lab()
			if !ok {
				l, a, b = math.NaN(), math.NaN(), math.NaN()
			}
			x = append(x, l, a, b)
		}
		all = append(all, point{sample: s, view: s.View(), x: append(x, s.Features...)})
	}
	return all
}

// centres are the means of every view and of all points together; NaN is left
// out, and a number no point has is NaN.
func centres(points []point) (byView map[string][]float64, all []float64) {
	groups := map[string][]point{}
	for _, p := range points {
		groups[p.view] = append(groups[p.view], p)
	}
	byView = make(map[string][]float64, len(groups))
	for view, group := range groups {
		byView[view] = meanPoint(group, raw)
	}
	return byView, meanPoint(points, raw)
}

func raw(p point) []float64 { return p.x }

func meanPoint(points []point, numbers func(point) []float64) []float64 {
	var sum, n []float64
	for _, p := range points {
		for len(sum) < len(numbers(p)) {
			sum, n = append(sum, 0), append(n, 0)
		}
		for d, v := range numbers(p) {
			if !math.IsNaN(v) {
				sum[d], n[d] = sum[d]+v, n[d]+1
			}
		}
	}
	for d := range sum {
		sum[d] /= n[d]
	}
	return sum
}

// spreads are the standard deviations within views. A view of one frame tells
// nothing, so where no view has two the spread falls back to its floor.
func spreads(points []point, centre map[string][]float64) []float64 {
	var square, scale, n []float64
	views := map[string]bool{}
	for _, p := range points {
		for len(square) < len(p.x) {
			square, scale, n = append(square, 0), append(scale, 0), append(n, 0)
		}
		for d, v := range p.x {
			if math.IsNaN(v) {
				continue
			}
			r := v - centre[p.view][d]
			square[d], scale[d], n[d] = square[d]+r*r, max(scale[d], math.Abs(v)), n[d]+1
		}
		views[p.view] = true
	}
	for d := range square {
		floor := 0.01 * scale[d]
		if d < 3*GridSide*GridSide {
			floor = 0.5
		}
		square[d] = max(floor, math.Sqrt(square[d]/max(1, n[d]-float64(len(views)))))
	}
	return square
}

// nearest is the before-point closest to p: of the same view before any other,
// unused before used.
func (s space) nearest(p point, used []int) int {
	best, bestKey := 0, [3]float64{math.Inf(1)}
	for i, b := range s.before {
		key := [3]float64{0, float64(used[i]), distance(b.z, p.z, s.weight)}
		if b.view != p.view {
			key[0] = 1
		}
		if slices.Compare(key[:], bestKey[:]) < 0 {
			best, bestKey = i, key
		}
	}
	return best
}

// distance is the weighted root mean square difference over the numbers both
// have, nil weighing all alike; two points with none in common are 2·maxZ
// apart, farther than others.
func distance(p, q, weight []float64) float64 {
	sum, total := 0.0, 0.0
	for d := range min(len(p), len(q)) {
		w := 1.0
		if d < len(weight) {
			w = weight[d]
		}
		if r := p[d] - q[d]; !math.IsNaN(r) {
			sum, total = sum+w*r*r, total+w
		}
	}
	if total == 0 {
		return 2 * maxZ
	}
	return math.Sqrt(sum / total)
}
