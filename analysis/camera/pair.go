package camera

import (
	"cmp"
	"image"
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
// (camera, else station, else line) showed before. Beside it stands the
// before-frame of the same view that resembles it most in all that did not
// change: the nearest in every number would be a dark night for a black glove.

// Sample is one stored frame with what the log says about its inference.
//
// Picture is the decoded thumbnail, nil where it could not be decoded. Grid is
// its cell means; nil is taken from Picture at need (see GridOf), so it is only
// set to spare that work. Features are the frame's numbers, the same ones in the same order for all
// samples of one comparison; NaN is missing. Wrong is meaningful only where
// Known. Caption is column → value for the eye, such as line → "L2".
type Sample struct {
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
func (s Sample) View() string {
	for _, column := range viewColumns {
		if v := s.Caption[column]; v != "" {
			return v
		}
	}
	return ""
}

func (s Sample) grid() (Grid, bool) {
	if s.Grid != nil {
		return *s.Grid, true
	}
	return GridOf(s.Picture)
}

// Pair is an after-frame beside the before-frame that resembles it most.
//
// Likeness is how after-like the after-frame is: the mean squared distance, in
// standard deviations, of its numbers from what the same view showed before (1
// is ordinary). Distance is how far the two frames are apart in what did not
// change, in the same unit. SameView is false where the view had no before-frame.
type Pair struct {
	Before   Sample
	After    Sample
	Likeness float64
	Distance float64
	SameView bool
}

// Pairs picks the n after-frames that explain the shift best and sets
// each beside its nearest before-frame, most after-like first.
//
//	z = clamp((x - mean of the view before) / sd within views before, ±6)
//	Likeness = mean z²         over all numbers of the frame
//	weight   = 1 / (1 + m²)    m: mean z of all after-frames, per number
//	Distance = √ (Σ weight·(z - z')² / Σ weight)
//
// The x are the features and the L*a*b* of the 4 x 4 cell means; numbers that
// never varied before are measured in half a unit of L*a*b* or 1 % of their
// size. The clamp keeps one broken number from outshouting the rest. A frame
// known to be answered wrongly counts as half as after-like again, because it
// shows what the shift did, and one that looks like a frame already picked comes
// after all others. A before-frame is used again only when its view has
// no other left. Ties go by time, then by ID.
//
// An empty side, or n < 1, gives nil. Samples without picture and features
// take no part. O((b+a)·d + n·b·d).
func Pairs(before, after []Sample, n int) []Pair {
	space := newSpace(before, after)
	if n < 1 || len(space.before) == 0 || len(space.after) == 0 {
		return nil
	}
	order := space.after
	slices.SortStableFunc(order, func(p, q point) int {
		return cmp.Or(cmp.Compare(q.rank(), p.rank()), p.sample.Frame.Time.Compare(q.sample.Frame.Time),
			cmp.Compare(p.sample.Frame.ID, q.sample.Frame.ID))
	})
	used := make([]int, len(space.before))
	pairs := make([]Pair, 0, min(n, len(order)))
	for _, point := range freshFirst(order, n) {
		i := space.nearest(point, used)
		used[i]++
		mate := space.before[i]
		pairs = append(pairs, Pair{Before: mate.sample, After: point.sample, Likeness: point.likeness,
			Distance: distance(mate.z, point.z, space.weight), SameView: mate.view == point.view})
	}
	return pairs
}

// sameLook is the root mean square difference, in standard deviations, below
// which two frames of one view show the same thing: a still camera sends many.
const sameLook = 0.3

// freshFirst takes n points in their order, those that look like one already
// taken only when no other is left.
func freshFirst(order []point, n int) []point {
	var taken, again []point
	for _, p := range order {
		if len(taken) == n {
			break
		}
		if slices.ContainsFunc(taken, func(q point) bool { return p.view == q.view && distance(p.z, q.z, nil) < sameLook }) {
			again = append(again, p)
		} else {
			taken = append(taken, p)
		}
	}
	return append(taken, again[:min(len(again), n-len(taken))]...)
}
