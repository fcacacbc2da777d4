package rollup

import (
	"encoding/binary"
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
	for len(r.b) > 0 && !r.bad {
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
	for len(r.b) > 0 && !r.bad {
		minute, size := int(r.uvarint()), r.uvarint()
		if r.bad || size > uint64(len(r.b)) {
			return corrupt("minute %d ends early", minute)
		}
		if minute >= from && minute < until {
			if err := w.Add(r.b[:size]); err != nil {
				return err
			}
		}
		r.b = r.b[size:]
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
	for i := at; len(r.b) > 0 && i < at+60; i++ {
		s := r.sum()
		if i >= 0 && i < len(buckets) {
			buckets[i] = buckets[i].Add(s)
		}
	}
	if r.bad || len(r.b) > 0 {
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

// reader takes numbers off bytes; what does not fit makes it bad for good.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

// sum takes rows, known and good, of which none is more than the one before. A
// bucket without rows is a single 0.
func (r *reader) sum() analysis.Sum {
	rows := r.uvarint()
	if rows == 0 {
		return analysis.Sum{}
	}
	known, good := r.uvarint(), r.uvarint()
	if rows > 1<<32 || known > rows || good > known {
		r.bad = true
	}
	return analysis.Sum{Rows: int(rows), Known: int(known), Good: float64(good), GoodSq: float64(good)}
}

// sums adds what stands there to a tally of at most top.
func (r *reader) sums(into []analysis.Sum, top uint64) []analysis.Sum {
	code := uint64(0)
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		if code += r.uvarint(); code > top {
			r.bad = true
			return into
		}
		if missing := int(code) + 1 - len(into); missing > 0 {
			into = append(into, make([]analysis.Sum, missing)...)
		}
		into[code] = into[code].Add(r.sum())
	}
	return into
}

func (r *reader) moments(t *Tally) {
	n := r.uvarint()
	if n == 0 || n > 1<<32 {
		r.bad = r.bad || n > 0
		return
	}
	if len(r.b) < 32 {
		r.bad = true
		return
	}
	at := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(r.b[8*i:])) }
	t.N += int(n)
	t.Sum += at(0)
	t.SumSq += at(1)
	t.Low, t.High = min(t.Low, at(2)), max(t.High, at(3))
	r.b = r.b[32:]
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
