package rollup

import (
	"math"
	"slices"

	"andon/analysis"
)

// Window is the sums of some stretch of time, added up from hours and minutes.
// The zero Window is empty.
type Window struct {
	All     analysis.Sum
	Columns map[int64]*Tally // by key
}

// Tally is what a column comes to in a window.
type Tally struct {
	Neither bool           // some rows are not rolled up
	Values  []analysis.Sum // of a text, by code; code 0 is null
	Bins    []analysis.Sum // of a number, by bin; bin [Bins] is null
	N       int            // values of a number, and their moments
	Sum     float64
	SumSq   float64
	Low     float64
	High    float64
}

// Add adds the sums of an hour, or of a minute, to the window. An error matches
// [ErrCorrupt], and the window is then of no use.
func (w *Window) Add(whole []byte) error {
	r := reader{b: whole}
	w.All = w.All.Add(r.sum())
	for r.more() {
		t := w.tally(int64(r.uvarint()))
		switch kind := r.uvarint(); kind {
		case textKind:
			t.Values = r.sums(t.Values, MaxValues)
		case numberKind:
			r.moments(t)
			t.Bins = r.sums(t.Bins, null)
		case neitherKind:
			t.Neither = true
		default:
			return corrupt("kind %d", kind)
		}
	}
	if r.bad {
		return corrupt("sums end early or are too many")
	}
	return nil
}

// AddMinutes adds the minutes from until (without it) of an hour's Minutes.
func (w *Window) AddMinutes(minutes []byte, from, until int) error {
	raw, err := uncheck(minutes)
	if err != nil {
		return err
	}
	r := reader{b: raw}
	for r.more() {
		minute, size := int(r.uvarint()), r.uvarint()
		sums := r.take(size)
		if r.bad {
			return corrupt("minute %d ends early", minute)
		}
		if minute >= from && minute < until {
			if err := w.Add(sums); err != nil {
				return err
			}
		}
	}
	if r.bad {
		return corrupt("minutes end early")
	}
	return nil
}

// AddCounts adds an hour's Counts to a bucket a minute, from buckets[at] on;
// minutes before the first bucket or behind the last are left out.
func AddCounts(buckets []analysis.Sum, at int, counts []byte) error {
	r := reader{b: counts}
	for i := at; r.more() && i < at+60; i++ {
		s := r.sum()
		if i >= 0 && i < len(buckets) {
			buckets[i] = buckets[i].Add(s)
		}
	}
	if r.bad || r.more() {
		return corrupt("counts of an hour")
	}
	return nil
}

func (w *Window) tally(key int64) *Tally {
	if w.Columns == nil {
		w.Columns = map[int64]*Tally{}
	}
	t := w.Columns[key]
	if t == nil {
		t = &Tally{Low: math.Inf(1), High: math.Inf(-1)}
		w.Columns[key] = t
	}
	return t
}

// Same reports whether two windows have the same sums. A column that is not
// rolled up in one of them is not compared.
func (w *Window) Same(o *Window) bool {
	if w.All != o.All || len(w.Columns) != len(o.Columns) {
		return false
	}
	for key, a := range w.Columns {
		b := o.Columns[key]
		if b == nil || !a.Neither && !b.Neither && !a.same(b) {
			return false
		}
	}
	return true
}

func (t *Tally) same(o *Tally) bool {
	return slices.Equal(t.Values, o.Values) && slices.Equal(t.Bins, o.Bins) &&
		t.N == o.N && t.Sum == o.Sum && t.SumSq == o.SumSq && t.Low == o.Low && t.High == o.High
}
