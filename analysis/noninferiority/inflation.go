package noninferiority

import (
	"math"

	"andon/analysis"
)

// Rows that follow one another resemble one another: the same part is seen
// twice, an operator has a bad hour. Then n rows tell less than n independent
// ones, and an interval that takes them for independent is too narrow.

// fewBuckets is how many buckets of a stretch show how much they differ.
const fewBuckets = 6

// Inflation is how many times the means of consecutive buckets differ more
// than those of independent rows would, over several stretches of time that
// each have a level of their own:
//
//	Σ known·(mean − level)² / (variance of one row) / Σ (buckets − 1)
//
// It is at least 1, and 1 where the stretches have fewer than six buckets with
// known rows each. A rhythm within the day counts as resemblance, which errs on
// the safe side. Source: the design effect of Rao and Scott 1992.
func Inflation(scale analysis.Scale, stretches ...[]analysis.Sum) float64 {
	var excess, freedom float64
	for _, buckets := range stretches {
		var whole analysis.Sum
		n := 0
		for _, b := range buckets {
			if b.Known > 0 {
				whole = whole.Add(b)
				n++
			}
		}
		variance := whole.Variance()
		if scale == analysis.Proportion {
			variance = whole.Mean() * (1 - whole.Mean())
		}
		if n < fewBuckets || variance <= 0 {
			continue
		}
		for _, b := range buckets {
			if b.Known > 0 {
				excess += float64(b.Known) * math.Pow(b.Mean()-whole.Mean(), 2) / variance
			}
		}
		freedom += float64(n - 1)
	}
	if freedom == 0 {
		return 1
	}
	return max(1, excess/freedom)
}
