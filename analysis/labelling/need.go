// Package labelling says how many labels would settle a question, and which
// rows to label for it.
//
//	is quality on line=L2 still 93 % (was), or 58 % (is)?
//
//	evidence   ▲ is       ───────────────╱── settled
//	           │         ╱╲    ╱╲╱╲  ╱
//	           │╱╲   ╱╲╱    ╲╱     ╲╱      one step a label
//	           ▼ was      ───────────────── settled
//
// Labels are looked at one by one, so that a clear case needs few of them. The
// rows must be drawn without regard to how they look: hard ones tell how hard
// they are.
package labelling

import "math"

const (
	// mistake is how often a settled question may be settled wrongly, each way.
	mistake = .05
	// sure is the chance that the promised number of labels settles it.
	sure = .8
	// MostLabels is where asking for labels ends.
	MostLabels = 5000
)

// Answer is how a question stands.
type Answer string

const (
	Open  Answer = "open"
	Was   Answer = "as before"
	Is    Answer = "worse"
	Never Answer = "too close" // more than MostLabels
)

// Question is whether the share of right answers still is Was, or Is or lower,
// with Right of Known labels seen. Likely is what it may be by now as far as
// anything tells, at or below Is: it says how soon a fall would show, and weighs
// nothing as evidence.
type Question struct {
	Was, Is, Likely float64
	Known, Right    float64
}

// Evidence is the logarithm of how much likelier the labels are under Is than
// under Was:
//
//	right · ln(is/was) + wrong · ln((1 − is)/(1 − was))
//
// At ±ln(0.95/0.05) = ±2.94 the question is settled. Source: Wald 1945.
func (q Question) Evidence() float64 {
	right, wrong := q.steps()
	return q.Right*right + (q.Known-q.Right)*wrong
}

// steps are what a right and a wrong label add to the evidence.
func (q Question) steps() (right, wrong float64) {
	was, is := inside(q.Was), inside(q.Is)
	return math.Log(is / was), math.Log((1 - is) / (1 - was))
}

// inside keeps a share off 0 and 1, where one label would settle everything.
func inside(p float64) float64 { return max(.005, min(.995, p)) }

// bound is the evidence that settles.
var bound = math.Log((1 - mistake) / mistake)

// Need is how many more labels settle the question with a chance of 80 %: more
// whichever is true, soon where the share is Likely. A settled question needs
// none; one that MostLabels would not settle is too close to tell, with 0.
//
// It is exact: the chance of every number of wrong labels that has settled
// nothing yet is carried on from label to label. O(labels²).
func (q Question) Need() (more, soon int, answer Answer) {
	switch e := q.Evidence(); {
	case e >= bound:
		return 0, 0, Is
	case e <= -bound:
		return 0, 0, Was
	case inside(q.Is) >= inside(q.Was):
		return 0, 0, Never
	}
	likely := newWalk(q, q.Likely)
	worlds := []*walk{newWalk(q, q.Was), newWalk(q, q.Is), likely}
	for more = 1; more <= MostLabels; more++ {
		least := 1.0
		for _, w := range worlds {
			w.step()
			least = min(least, w.settled)
		}
		if soon == 0 && likely.settled >= sure {
			soon = more
		}
		if least >= sure {
			return more, soon, Open
		}
	}
	return 0, 0, Never
}

// walk is the question in a world where the share right is known: the chance of
// each number of wrong labels so far without the question being settled.
type walk struct {
	evidence, right, wrong float64
	p                      float64
	labels                 int
	lo                     int       // the fewest wrong labels still open
	open                   []float64 // chance, from lo on
	settled                float64
}

func newWalk(q Question, p float64) *walk {
	right, wrong := q.steps()
	return &walk{evidence: q.Evidence(), right: right, wrong: wrong, p: inside(p), open: []float64{1}}
}

// step gives one more label to every open course.
func (w *walk) step() {
	w.labels++
	next := make([]float64, len(w.open)+1)
	for k, chance := range w.open {
		next[k] += chance * w.p
		next[k+1] += chance * (1 - w.p)
	}
	first, last := len(next), -1
	for k, chance := range next {
		wrong := w.lo + k
		e := w.evidence + float64(wrong)*w.wrong + float64(w.labels-wrong)*w.right
		if e >= bound || e <= -bound {
			w.settled += chance
			next[k] = 0
			continue
		}
		first, last = min(first, k), k
	}
	if last < 0 {
		w.open = nil
		return
	}
	w.open, w.lo = next[first:last+1], w.lo+first
}
