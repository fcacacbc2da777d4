package analysis

import "math"

// How far "no change" can be trusted depends on how small a drop could have
// been seen.

// Drops of incidents lie between these, about evenly on a logarithmic scale.
//
// Source: the practice incidents, 3 to 40 points.
const (
	smallDrop = .03
	largeDrop = .40
	seenAt    = 5 // standard errors at which a drop is seen for certain
)

// Detectable is the smallest drop that a log of known rows shows for certain
// when it sets in half way: 5·√(p(1-p)·4/known). 0 known rows is 1.
func Detectable(p float64, known int) float64 {
	if known == 0 {
		return 1
	}
	p = max(.02, min(.98, p))
	return min(1, seenAt*math.Sqrt(4*p*(1-p)/float64(known)))
}

// unchanged is the probability that there was no incident where none was found:
// 1 / (1 + the share of incidents too small to be seen).
func unchanged(m Measure, whole Sum) float64 {
	if m.Scale == Amount {
		return .85
	}
	missed := math.Log(Detectable(whole.Mean(), whole.Known)/smallDrop) / math.Log(largeDrop/smallDrop)
	return 1 / (1 + max(falseAlarm, min(1, missed)))
}
