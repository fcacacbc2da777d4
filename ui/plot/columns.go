package plot

import (
	"math"
	"slices"
	"time"
)

// span is the stretch of time a chart shows, in nanoseconds since 1970 UTC as
// floats: a chart's columns are far wider than the 256 ns this rounds to.
// Timed is false where nothing says when; the span is then 0 to 1.
type span struct {
	from, to float64
	timed    bool
}

// span is From to To, or what the lines' times cover.
func (c Chart) span() span {
	if from, to := c.From.UnixNano(), c.To.UnixNano(); c.From.Before(c.To) && from < to { // beyond 1678 to 2262 they wrap
		return span{float64(from), float64(to), true}
	}
	from, to := math.Inf(1), math.Inf(-1)
	for _, l := range c.Lines {
		step := l.step()
		for _, t := range l.Times {
			from, to = min(from, float64(t)), max(to, float64(t)+step)
		}
	}
	if from >= to {
		return span{0, 1, false}
	}
	return span{from, to, true}
}

// column is the column of w that holds t; false outside the span. The end of
// the span is in the last column, so that an edge there shows.
func (s span) column(t time.Time, w int) (int, bool) {
	at := (float64(t.UnixNano()) - s.from) / (s.to - s.from)
	if !s.timed || t.IsZero() || !(at >= 0 && at <= 1) {
		return 0, false
	}
	return min(w-1, int(at*float64(w))), true
}

// step is how long a value holds, in nanoseconds: the median distance of the
// times where the line does not say.
func (l Line) step() float64 {
	if l.Step > 0 {
		return float64(l.Step)
	}
	var gaps []float64
	for i := 1; i < len(l.Times); i++ {
		if gap := float64(l.Times[i]) - float64(l.Times[i-1]); gap > 0 {
			gaps = append(gaps, gap)
		}
	}
	if len(gaps) == 0 {
		return float64(time.Second)
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// sampled is a line averaged into columns; a column without a finite value is
// NaN. Lower and upper are nil without an interval. Averaged bounds are wider
// than the interval of the average would be, never narrower.
type sampled struct {
	values, lower, upper []float64
}

// sample averages a line into w columns of the span.
func (l Line) sample(s span, w int) sampled {
	out := sampled{values: l.average(l.Values, s, w)}
	if len(l.Lower) > 0 && len(l.Upper) > 0 {
		out.lower, out.upper = l.average(l.Lower, s, w), l.average(l.Upper, s, w)
	}
	return out
}

// average is the mean of values per column, each weighted by its overlap with
// the column and by the line's weights.
func (l Line) average(values []float64, s span, w int) []float64 {
	b := newBuckets(w)
	n := len(values)
	if len(l.Times) > 0 {
		n = min(n, len(l.Times))
	}
	width, step := (s.to-s.from)/float64(w), l.step()
	for i, v := range values[:n] {
		from, to := float64(i)/float64(n)*float64(w), float64(i+1)/float64(n)*float64(w)
		if len(l.Times) > 0 {
			from = (float64(l.Times[i]) - s.from) / width
			to = from + step/width
		}
		weight := 1.0
		if i < len(l.Weights) {
			weight = l.Weights[i]
		}
		b.add(v, weight, from, to)
	}
	return b.means
}

// buckets are running means per column: sums of values near the largest float
// do not overflow.
type buckets struct{ means, totals []float64 }

func newBuckets(w int) buckets {
	b := buckets{make([]float64, w), make([]float64, w)}
	for i := range b.means {
		b.means[i] = math.NaN()
	}
	return b
}

// add spreads v over the columns that [from, to) touches. NaN, infinity and a
// weight that is not positive count for nothing.
func (b buckets) add(v, weight, from, to float64) {
	w := float64(len(b.means))
	if math.IsNaN(v) || math.IsInf(v, 0) || !(weight > 0) || math.IsInf(weight, 0) || !(to > 0 && from < w) {
		return
	}
	from, to = max(0, from), min(w, to)
	for c := int(from); c < len(b.means) && float64(c) < to; c++ {
		share := weight * (min(to, float64(c+1)) - max(from, float64(c)))
		if !(share > 0) {
			continue
		}
		if b.totals[c] == 0 {
			b.means[c] = v
		}
		b.totals[c] += share
		k := share / b.totals[c]
		b.means[c] += k*v - k*b.means[c]
	}
}
