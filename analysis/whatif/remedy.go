package whatif

import (
	"math"

	"andon/analysis"
)

// Kind is what a remedy changes.
type Kind string

const (
	Reweight  Kind = "reweight"
	Drop      Kind = "drop"
	Pin       Kind = "pin"
	Route     Kind = "route"
	Threshold Kind = "threshold"
	Fallback  Kind = "fallback"
	Abstain   Kind = "abstain"
	Review    Kind = "review"
	Teach     Kind = "retrain"
)

// When is how soon a remedy can be had.
type When string

const (
	Now     When = "do now"
	Retrain When = "needs retraining"
)

// Finding is what the rows say of a remedy after its reviews are paid for.
type Finding string

const (
	Helps Finding = "helps"
	Open  Finding = "open"
	Harms Finding = "harms"
)

// Effect is quality now and with the remedy over the same rows. Gain is how much
// better it gets per row, positive for better whichever way the measure points,
// with its 95 % interval (see [analysis.Clustered]). Better and Worse count the
// rows that only one of the two gets right; 0 for amounts.
type Effect struct {
	Now      analysis.Sum
	With     analysis.Sum
	Gain     float64
	Interval analysis.Interval
	Better   int
	Worse    int
}

// Remedy is one thing to do and what it would have done. Where is the rows it
// changes, empty everywhere. Setting says what was fitted on all rows, in words,
// and Weights the weight of each member where it weighs them. Slice and
// Elsewhere are the effect within the guilty slice and outside of it, without
// rows where there is no such slice. Answered is the quality of the rows that
// are still answered and Reviewed the share that goes to a person. Recovered is
// the share of the drop that it takes back, NaN where quality did not drop. Net
// is the overall gain less what the reviews cost, in wrong answers a row.
// Indirect says that it was not judged on its own rows but by comparison.
type Remedy struct {
	Kind      Kind
	Do        string
	When      When
	Where     analysis.Where
	Setting   string
	Weights   []Weight
	Overall   Effect
	Slice     Effect
	Elsewhere Effect
	Answered  analysis.Sum
	Reviewed  float64
	Recovered float64
	Net       analysis.Interval
	Finding   Finding
	Indirect  bool
	Warnings  []string
}

// Weight is a member's in the vote; all add up to 1.
type Weight struct {
	Member string
	Weight float64
}

// Gain is what the remedy is expected to bring over all rows.
func (r Remedy) Gain() float64 { return r.Overall.Gain }

// proposal is a remedy before it was judged: fit makes a policy from some of the
// bench's rows, the only ones it may look at.
type proposal struct {
	remedy Remedy
	fit    func(train []int) policy
	tell   func(*Remedy, policy) // writes the setting of the policy fitted on all rows
}

// policy decides a row: what the answer is worth, and whether a person gives it.
type policy struct {
	decide  func(row int) outcome
	setting any
}

type outcome struct {
	worth    float64
	reviewed bool
}

// found settles what the net gain says.
func (r *Remedy) found() {
	switch {
	case r.Net.Lo > 0:
		r.Finding = Helps
	case r.Net.Hi < 0:
		r.Finding = Harms
	default:
		r.Finding = Open
	}
}

// pay fills Net: the overall gain less the reviews.
func (r *Remedy) pay(perWrong float64) {
	cost := r.Reviewed * perWrong
	r.Net = analysis.Interval{Lo: r.Overall.Interval.Lo - cost, Hi: r.Overall.Interval.Hi - cost}
	r.found()
}

// recovered is the share of the drop from before to now that a gain takes back.
func recovered(gain, before, now float64) float64 {
	if drop := before - now; drop > 0 {
		return gain / drop
	}
	return math.NaN()
}
