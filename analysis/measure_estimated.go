package analysis

import "fmt"

// estimated is the measure of a log without a single label: the mean of the
// confidence and of the votes' agreement with the answer, as far as either is
// known and varies. A failed row needs no label to be wrong.
func estimated(t *Table, quality []float64) Measure {
	m := Measure{Metric: EstimatedAccuracy, Scale: Proportion}
	confidence, votes := []float64(nil), t.agreement()
	if c := t.Role(RoleConfidence); c != nil && c.Type == Number {
		confidence, m.Warnings = topConfidence(c.Numbers, t.Role(RolePrediction))
	}
	var from string
	switch {
	case confidence == nil && votes == nil:
		return Measure{Warnings: append([]string{"no labels: quality is unknown, for neither right or wrong, confidence nor votes tell it; import labels (a file with id and label)"}, m.Warnings...)}
	case votes == nil:
		from = "confidence"
	case confidence == nil:
		from, confidence = "how many members agree with the answer", votes
	default:
		from = "confidence and from how many members agree with the answer"
		for i, v := range votes {
			if p := confidence[i]; v == v && p == p {
				confidence[i] = (p + v) / 2
			} else if v == v {
				confidence[i] = v
			}
		}
	}
	copy(quality, confidence)
	if n := fail(t, quality); n > 0 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("%d rows failed by status and count as wrong", n))
	}
	m.Known = known(quality)
	m.Warnings = append(m.Warnings, "no labels: quality is estimated from "+from+", which nothing here could calibrate")
	return m
}

// fail makes the rows whose status failed wrong and counts them.
func fail(t *Table, quality []float64) int {
	n := 0
	for i, failed := range failedRows(t) {
		if failed {
			quality[i] = 0
			n++
		}
	}
	return n
}

// estimateWorth is how many rows of right or wrong tell as much about a mean as
// one row's estimate, which varies far less.
//
// Source: on practice logs the variance of confidence is a ninth of p(1−p).
const estimateWorth = 8

// worth is the number of rows of right or wrong that the known rows tell as
// much as; it decides how fine the buckets may be.
func (m Measure) worth() int {
	if m.Realised() {
		return m.Known
	}
	return estimateWorth * m.Known
}
