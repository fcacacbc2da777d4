package analysis

import (
	"math"
	"time"
)

// A trace is a series as a segmentation wants it: one number a bucket whose
// noise has a known variance that does not depend on the level.
//
//	Proportion   y = 2·asin√((good+3/8)/(known+3/4))   v = 1/(known+1/2)
//	Amount       y = mean                              v = s²/known
//	gap          no y                                  v = +Inf
//
// Source: Anscombe 1948.
type trace struct {
	start time.Time
	step  time.Duration
	y, v  []float64
	ok    []bool
	known int  // buckets that are no gap
	plain bool // v tells nothing: single values a bucket
	arc   bool // y is on Anscombe's scale
}

func newTrace(s Series) trace {
	n := len(s.Buckets)
	t := trace{start: s.Start, step: s.Step, y: make([]float64, n), v: make([]float64, n), ok: make([]bool, n)}
	t.arc = s.Scale == Proportion && !fractional(s)
	pooled, spread := within(s)
	t.plain = !t.arc && !spread
	for i, b := range s.Buckets {
		t.v[i] = math.Inf(1)
		if b.Known == 0 {
			continue
		}
		t.ok[i] = true
		t.known++
		known := float64(b.Known)
		if t.arc {
			t.y[i] = 2 * math.Asin(math.Sqrt(min(1, (b.Good+0.375)/(known+0.75))))
			t.v[i] = 1 / (known + 0.5)
			continue
		}
		t.y[i] = b.Mean()
		t.v[i] = pooled / known
	}
	return t
}

// fractional reports whether the shares are sums of estimates rather than
// counts of right answers.
func fractional(s Series) bool {
	var good, squares float64
	for _, b := range s.Buckets {
		good += b.Good
		squares += b.GoodSq
	}
	return squares > 0 && squares < good*(1-1e-6)
}

// within is the variance of amounts inside buckets, pooled. spread is false
// where there is none to speak of: one value a bucket, or all values equal.
func within(s Series) (pooled float64, spread bool) {
	var squares, freedom float64
	for _, b := range s.Buckets {
		if b.Known > 1 {
			freedom += float64(b.Known - 1)
			squares += b.Variance() * float64(b.Known-1)
		}
	}
	return squares / max(1, freedom), squares > 0 && freedom >= float64(len(s.Buckets))
}

// level brings y back to the scale of the series.
func (t trace) level(y float64) float64 {
	if !t.arc {
		return y
	}
	sine := math.Sin(max(0, min(math.Pi, y)) / 2)
	return sine * sine
}

// weights are 1/(v+extra), 0 in gaps.
func (t trace) weights(extra float64) []float64 {
	w := make([]float64, len(t.v))
	for i, ok := range t.ok {
		if ok {
			w[i] = 1 / (t.v[i] + extra)
		}
	}
	return w
}
