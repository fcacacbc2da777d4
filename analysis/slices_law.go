package analysis

// A slice search compares what was observed after the change with what the
// leaves' baselines let one expect, inside a slice and outside it. How
// surprising a difference is depends on the scale:
//
//	Proportion   errors are Poisson around the expected errors
//	Amount       sums are normal around the expected sums
//
// A law answers the same questions on either scale.

// tally adds up leaves: the known rows of both windows, what was observed in
// them (errors, or the sum of amounts), what the baseline expects After, the
// same before any earlier slice was taken into the baseline, and what the
// baseline would have expected Before.
type tally struct {
	n0, n1     float64
	seen0      float64
	seen1      float64
	expected   float64
	unabsorbed float64
	fore       float64
}

func (t tally) add(o tally) tally {
	return tally{t.n0 + o.n0, t.n1 + o.n1, t.seen0 + o.seen0, t.seen1 + o.seen1,
		t.expected + o.expected, t.unabsorbed + o.unabsorbed, t.fore + o.fore}
}

func (t tally) sub(o tally) tally {
	return tally{t.n0 - o.n0, t.n1 - o.n1, t.seen0 - o.seen0, t.seen1 - o.seen1,
		t.expected - o.expected, t.unabsorbed - o.unabsorbed, t.fore - o.fore}
}

// law is what a search needs to know about the scale.
type law interface {
	// baseline is what a row of every leaf is expected to show.
	baseline(leaves *leafTable) []float64
	// surprise is the log likelihood ratio of "in got worse than out" against
	// "in moved like out", ≥ 0; 0 where in did not get worse.
	surprise(in, out tally) float64
	// news is surprise against the slice's own past, where that was worse than
	// the baseline knew: camera and shift may always have been bad together.
	// What stayed behind where the rest got better is no news.
	news(in, out tally) float64
	// step is how much worse in got than out: a log ratio or a difference.
	step(in, out tally) float64
	// z is the step of rest against out in standard errors.
	z(rest, out tally) float64
	// excess is how much of what was seen in exceeds what out lets expect.
	excess(in, out tally) float64
	// absorb is a leaf's new baseline once in is known to have moved.
	absorb(leaf, in, out tally) float64
}
