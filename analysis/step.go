package analysis

import "time"

// Steps is the ladder of bucket lengths, all of which divide a day.
var Steps = []time.Duration{
	time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// What a series should hold to be searched for changes: enough known rows a
// bucket that its noise is that of a share (at one error in ten, half a dozen
// errors), buckets enough to place a change, and not so many that a day's
// rhythm and a spike look like levels.
const (
	bucketKnown = 40
	fewBuckets  = 64
	manyBuckets = 1000
)

// StepFor is the bucket length to search a log of the given span and number of
// rows of known quality: the finest of Steps with at least bucketKnown rows a
// bucket on average and at most manyBuckets; but never so coarse that fewer
// than fewBuckets are left, unless that is finer than a minute. An empty span
// is a minute.
func StepFor(span Window, known int) time.Duration {
	length := span.Duration()
	best := Steps[0]
	for _, step := range Steps {
		buckets := int(length / step)
		if buckets < fewBuckets {
			break
		}
		best = step
		if buckets <= manyBuckets && known/buckets >= bucketKnown {
			break
		}
	}
	return best
}

// stepFrom is the finest of Steps that is at least some length and leaves at
// most manyBuckets of the span, or a day.
func stepFrom(least time.Duration, span Window) time.Duration {
	for _, step := range Steps {
		if step >= least && span.Duration()/step <= manyBuckets {
			return step
		}
	}
	return Steps[len(Steps)-1]
}
