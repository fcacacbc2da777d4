package analysis

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Which frames show why quality moved?
//
//	      before                          after
//	   ·  · ·  ·                       ·  · ·           ordinary frames
//	  ·  · b ·                                ×  ×
//	     ·    ╲                             a   ×       unlike anything before
//	           ╲───────── pair ───────────╱
//
// An after-frame is worth showing when it is far from all that its own view
// (camera, else station, else line) showed before; beside it stands the
// before-frame of the same view that resembles it most, so that what differs
// between the two is the change and not the camera.

// FrameSample is one stored frame with what the log says about its inference.
//
// Picture is the decoded thumbnail, nil where it could not be decoded. Grid is
// its cell means; nil is taken from Picture at need (see GridOf), so it is only
// set to spare that work. Features are the frame's numbers, the same ones in the same order for all
// samples of one comparison; NaN is missing. Wrong is meaningful only where
// Known. Caption is column → value for the eye, such as line → "L2".
type FrameSample struct {
	Frame      Frame
	Picture    image.Image
	Grid       *Grid
	Features   []float64
	Prediction string
	Label      string
	Known      bool
	Wrong      bool
	Caption    map[string]string
}

// viewColumns name what a frame was looking from, the closest first.
var viewColumns = []string{"camera", "camera_id", "sensor", "sensor_id", "station", "line"}

// View is what the frame was taken from, such as "cam-07"; "" is unknown.
func (s FrameSample) View() string {
	for _, column := range viewColumns {
		if v := s.Caption[column]; v != "" {
			return v
		}
	}
	return ""
}

func (s FrameSample) grid() (Grid, bool) {
	if s.Grid != nil {
		return *s.Grid, true
	}
	return GridOf(s.Picture)
}

// FramePair is an after-frame beside the before-frame that resembles it most.
//
// Likeness is how after-like the after-frame is: the mean squared distance, in
// standard deviations, of its numbers from what the same view showed before (1
// is ordinary). Distance is the root mean square distance between the two
// frames in the same unit. SameView is false where the view had no before-frame.
type FramePair struct {
	Before   FrameSample
	After    FrameSample
	Likeness float64
	Distance float64
	SameView bool
}

// PairFrames picks the n after-frames that explain the shift best and sets
// each beside its nearest before-frame, most after-like first.
//
//	zᵢ = clamp((xᵢ - mean of the view before) / sd within views before, ±6)
//	Likeness = mean zᵢ²        Distance = √ mean (zᵢ - zⱼ)²
//
// The x are the features and the L*a*b* of the 4 x 4 cell means; numbers that
// never varied before are measured in half a unit of L*a*b* or 1 % of their
// size. The clamp keeps one broken number from outshouting the rest. A frame
// whose answer is known to be wrong goes before a frame equally after-like. A
// before-frame is used again only when its view has no other left. Ties go by
// time, then by ID.
//
// An empty side, or n < 1, gives nil. Samples without picture and features
// take no part. O((b+a)·d + n·b·d).
func PairFrames(before, after []FrameSample, n int) []FramePair {
	space := newFrameSpace(before, after)
	if n < 1 || len(space.before) == 0 || len(space.after) == 0 {
		return nil
	}
	order := space.after
	slices.SortStableFunc(order, func(p, q framePoint) int {
		return cmp.Or(cmp.Compare(q.rank(), p.rank()), p.sample.Frame.Time.Compare(q.sample.Frame.Time),
			cmp.Compare(p.sample.Frame.ID, q.sample.Frame.ID))
	})
	used := make([]int, len(space.before))
	pairs := make([]FramePair, 0, min(n, len(order)))
	for _, point := range order[:min(n, len(order))] {
		i := space.nearest(point, used)
		used[i]++
		mate := space.before[i]
		pairs = append(pairs, FramePair{Before: mate.sample, After: point.sample, Likeness: point.likeness,
			Distance: distance(mate.z, point.z), SameView: mate.view == point.view})
	}
	return pairs
}

// framePoint is a sample as standardised numbers.
type framePoint struct {
	sample   FrameSample
	view     string
	x, z     []float64
	likeness float64
}

// rank is the likeness to the second digit, plus a trifle for a known wrong
// answer: two frames that look equally new are told apart by what went wrong.
func (p framePoint) rank() float64 {
	rank := math.Round(p.likeness*10) / 10
	if p.sample.Known && p.sample.Wrong {
		rank += 0.05
	}
	return rank
}

// frameSpace holds both windows' frames in one standardised space.
type frameSpace struct{ before, after []framePoint }

const maxZ = 6

func newFrameSpace(before, after []FrameSample) frameSpace {
	space := frameSpace{points(before), points(after)}
	centre, all := centres(space.before)
	spread := spreads(space.before, centre)
	for _, side := range [][]framePoint{space.before, space.after} {
		for i := range side {
			p := &side[i]
			mean, ok := centre[p.view]
			if !ok {
				mean = all
			}
			p.z = make([]float64, len(p.x))
			for d := range p.x {
				p.z[d] = math.NaN()
				if d < len(mean) && d < len(spread) && spread[d] > 0 {
					p.z[d] = max(-maxZ, min(maxZ, (p.x[d]-mean[d])/spread[d]))
				}
			}
			p.likeness = distance(p.z, make([]float64, len(p.z)))
			p.likeness *= p.likeness
		}
	}
	return space
}

// points drops the samples that hold no number at all.
func points(samples []FrameSample) []framePoint {
	all := make([]framePoint, 0, len(samples))
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
		all = append(all, framePoint{sample: s, view: s.View(), x: append(x, s.Features...)})
	}
	return all
}

// centres are the means of every view and of all points together; NaN is left
// out, and a number no point has is NaN.
func centres(points []framePoint) (byView map[string][]float64, all []float64) {
	groups := map[string][]framePoint{}
	for _, p := range points {
		groups[p.view] = append(groups[p.view], p)
	}
	byView = make(map[string][]float64, len(groups))
	for view, group := range groups {
		byView[view] = meanPoint(group)
	}
	return byView, meanPoint(points)
}

func meanPoint(points []framePoint) []float64 {
	var sum, n []float64
	for _, p := range points {
		for len(sum) < len(p.x) {
			sum, n = append(sum, 0), append(n, 0)
		}
		for d, v := range p.x {
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
func spreads(points []framePoint, centre map[string][]float64) []float64 {
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
func (s frameSpace) nearest(p framePoint, used []int) int {
	best, bestKey := 0, [3]float64{math.Inf(1)}
	for i, b := range s.before {
		key := [3]float64{0, float64(used[i]), distance(b.z, p.z)}
		if b.view != p.view {
			key[0] = 1
		}
		if slices.Compare(key[:], bestKey[:]) < 0 {
			best, bestKey = i, key
		}
	}
	return best
}

// distance is the root mean square difference over the numbers both have; two
// points with none in common are 2·maxZ apart, farther than any others.
func distance(p, q []float64) float64 {
	sum, n := 0.0, 0
	for d := range min(len(p), len(q)) {
		if r := p[d] - q[d]; !math.IsNaN(r) {
			sum, n = sum+r*r, n+1
		}
	}
	if n == 0 {
		return 2 * maxZ
	}
	return math.Sqrt(sum / float64(n))
}
