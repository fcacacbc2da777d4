package rollup

import (
	"encoding/binary"
	"math"

	"andon/analysis"
)

// A window of a week is some hundred thousand numbers, so they are taken off
// the bytes where they lie, most of them one byte long:
//
//	rows known good │ rows known good │ 0 │ ...
//	            └─ at

// reader takes numbers off bytes; what does not fit makes it bad for good.
type reader struct {
	b   []byte
	at  int
	bad bool
}

// more reports whether anything is left to take.
func (r *reader) more() bool { return r.at < len(r.b) && !r.bad }

func (r *reader) uvarint() uint64 {
	if r.at < len(r.b) && r.b[r.at] < 0x80 {
		r.at++
		return uint64(r.b[r.at-1])
	}
	return r.long()
}

// long is an uvarint of several bytes.
func (r *reader) long() uint64 {
	v, n := binary.Uvarint(r.b[r.at:])
	if n <= 0 {
		r.bad, r.at = true, len(r.b)
		return 0
	}
	r.at += n
	return v
}

// take is the next n bytes.
func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)-r.at) {
		r.bad = true
		return nil
	}
	r.at += int(n)
	return r.b[r.at-int(n) : r.at]
}

// sum takes rows, known and good, of which none is more than the one before. A
// bucket without rows is a single 0.
func (r *reader) sum() analysis.Sum {
	var s analysis.Sum
	r.add(&s)
	return s
}

// add is sum, added to another.
func (r *reader) add(to *analysis.Sum) {
	rows := r.uvarint()
	if rows == 0 {
		return
	}
	known, good := r.uvarint(), r.uvarint()
	if rows > 1<<32 || known > rows || good > known {
		r.bad = true
	}
	to.Rows += int(rows)
	to.Known += int(known)
	to.Good += float64(good)
	to.GoodSq += float64(good)
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
		r.add(&into[code])
	}
	return into
}

func (r *reader) moments(t *Tally) {
	n := r.uvarint()
	if n == 0 || n > 1<<32 {
		r.bad = r.bad || n > 0
		return
	}
	b := r.take(32)
	if r.bad {
		return
	}
	at := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:])) }
	t.N += int(n)
	t.Sum += at(0)
	t.SumSq += at(1)
	t.Low, t.High = min(t.Low, at(2)), max(t.High, at(3))
}
