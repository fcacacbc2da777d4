package analysis

import "math"

// Did the rows beside a slice fall with it? Neither "beyond chance" nor "not
// beyond chance" answers that: few labels show nothing either way. So two
// stories are weighed:
//
//	                       press          rework, 60 labels
//	line=L2             92 % → 76 %          71 % → 64 %
//	  fell alike: by about 17 % of what was right    expect 59 %
//	  stayed                                         expect 71 %
//
// and the shorter description is kept unless the rest speaks against it.

// oddsParts are the parts of a slice's own fall by which the rest may have
// fallen with it: no fault hits all rows alike.
var oddsParts = []float64{.3, .5, .7, .9, 1.1}

// oddsLeast is how far the rest may speak against having fallen: among the
// slices of two conditions that might have been, the wider one of one condition
// is that much likelier from the beginning.
//
// Source: practice incidents, training rounds: flat from -4 to -2.
const oddsLeast = -3

// fellOdds is the logarithm of how much better rest is told by having fallen as
// own did than by having stayed:
//
//	ln mean_f N(loss; f·expected, se) / N(loss; 0, se)
//
// expected is own's loss, as a share of what was right where quality is a
// proportion: work that was half wrong has half as much to lose. It is 0 where
// rest is not known in both windows.
func fellOdds(scale Scale, own, rest Quality) float64 {
	z := lossZ(rest)
	expected := own.Loss()
	if scale == Proportion && own.Before.Mean() > 0 {
		expected *= rest.Before.Mean() / own.Before.Mean()
	}
	if z == 0 || expected <= 0 {
		return 0
	}
	se := rest.Loss() / z
	sum := 0.0
	for _, f := range oddsParts {
		off := z - f*expected/se
		sum += math.Exp((z*z - off*off) / 2)
	}
	return math.Log(sum / float64(len(oddsParts)))
}
