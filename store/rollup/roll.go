package rollup

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// Part is one column of the rows to be rolled up. Values may end before the
// rows do; the rest is null.
type Part struct {
	Key     int64
	Codes   []uint32  // of a text: codes of a dictionary that all rollups share
	Numbers []float64 // of a number
	Scale   Scale
	Neither bool // a text that is not to be rolled up
}

// Hour is what the rows of one hour come to.
type Hour struct {
	Start   int64 // nanoseconds since 1970 UTC
	Counts  []byte
	Whole   []byte
	Minutes []byte // nil where the minutes have too few rows to be worth it
}

// fewAMinute is below how many rows a minute, on average, minutes are left out,
// and maxHours over how many hours rows may be strewn to be rolled up at all:
// sums of single rows are larger than the rows.
const (
	fewAMinute = 4
	maxHours   = 2000
)

// Roll sums rows by hour and minute, in the order of time, which need not be
// that of the rows. right is 1 for a right answer, 0 for a wrong one and NaN
// for an unknown one; it may end before times does. Nil where the rows are
// strewn too thinly. Cost: one pass a column over each of hours and minutes.
func Roll(times []int64, right []float64, parts []Part) []Hour {
	groups := byMinute(times)
	hours := 0
	for i, g := range groups {
		if i == 0 || floorTo(g.start, HourLength) != floorTo(groups[i-1].start, HourLength) {
			hours++
		}
	}
	if hours > maxHours && len(times) < 64*hours {
		return nil
	}
	r := &roller{right: right, parts: parts}
	out := make([]Hour, 0, hours)
	for len(groups) > 0 {
		start := floorTo(groups[0].start, HourLength)
		n := 1
		for n < len(groups) && groups[n].start < start+HourLength {
			n++
		}
		out = append(out, r.hour(start, groups[:n]))
		groups = groups[n:]
	}
	return out
}

// group is the rows of one minute.
type group struct {
	start int64
	rows  []int32
}

// byMinute groups rows by their minute, ascending.
func byMinute(times []int64) []group {
	order := make([]int32, len(times))
	minutes := make([]int64, len(times))
	sorted := true
	for i, t := range times {
		order[i], minutes[i] = int32(i), floorTo(t, Minute)
		sorted = sorted && (i == 0 || minutes[i] >= minutes[i-1])
	}
	if !sorted {
		slices.SortStableFunc(order, func(a, b int32) int {
			return cmp.Compare(minutes[a], minutes[b])
		})
	}
	var groups []group
	for from := 0; from < len(order); {
		start, n := minutes[order[from]], 1
		for from+n < len(order) && minutes[order[from+n]] == start {
			n++
		}
		groups = append(groups, group{start, order[from : from+n]})
		from += n
	}
	return groups
}

// roller sums groups of rows into bytes.
type roller struct {
	right []float64
	parts []Part
	tally [MaxValues + 1]sums // by code or bin, zero between two uses
	known []uint8             // of each row of the group: 0 unknown, 1 wrong, 2 right
}

// sums are rows, those whose quality is known, and the good ones.
type sums struct{ rows, known, good uint32 }

func (s *sums) add(known uint8) {
	s.rows++
	s.known += uint32(known+1) >> 1
	s.good += uint32(known) >> 1
}

// hour encodes the groups of one hour.
func (r *roller) hour(start int64, groups []group) Hour {
	h := Hour{Start: start}
	var all []int32
	var minutes, one []byte
	next := 0
	for _, g := range groups {
		minute := int((g.start - start) / Minute)
		h.Counts = append(h.Counts, make([]byte, minute-next)...) // minutes without rows
		next = minute + 1
		all = append(all, g.rows...)
		one = r.group(one[:0], g.rows)
		h.Counts = append(h.Counts, one[:headSize(one)]...)
		minutes = binary.AppendUvarint(minutes, uint64(minute))
		minutes = binary.AppendUvarint(minutes, uint64(len(one)))
		minutes = append(minutes, one...)
	}
	if len(all) >= fewAMinute*len(groups) {
		h.Minutes = pack(minutes)
	}
	h.Whole = r.group(nil, all)
	return h
}

// group appends the sums of rows: those of all, then those of each column.
func (r *roller) group(p []byte, rows []int32) []byte {
	all := r.judge(rows)
	p = appendSums(p, all)
	for i := range r.parts {
		part := &r.parts[i]
		p = binary.AppendUvarint(p, uint64(part.Key))
		switch {
		case part.Neither:
			p = append(p, neitherKind)
		case part.Numbers != nil:
			p = r.number(append(p, numberKind), part, rows)
		default:
			p = r.text(append(p, textKind), part.Codes, rows)
		}
	}
	return p
}

// judge notes what is known of each row, and sums it.
func (r *roller) judge(rows []int32) sums {
	r.known = r.known[:0]
	var all sums
	for _, i := range rows {
		known := uint8(0)
		if int(i) < len(r.right) && r.right[i] == r.right[i] {
			known = 1
			if r.right[i] != 0 {
				known = 2
			}
		}
		r.known = append(r.known, known)
		all.add(known)
	}
	return all
}

func (r *roller) text(p []byte, codes []uint32, rows []int32) []byte {
	top := uint32(0)
	for k, i := range rows {
		code := uint32(0)
		if int(i) < len(codes) {
			code = codes[i]
		}
		top = max(top, code)
		r.tally[code].add(r.known[k])
	}
	return r.take(p, int(top))
}

func (r *roller) number(p []byte, part *Part, rows []int32) []byte {
	n, sum, squares, low, high := uint64(0), 0.0, 0.0, math.Inf(1), math.Inf(-1)
	for k, i := range rows {
		v := math.NaN()
		if int(i) < len(part.Numbers) {
			v = part.Numbers[i]
		}
		r.tally[part.Scale.bin(v)].add(r.known[k])
		if v == v {
			n++
			sum += v
			squares += v * v
			low, high = min(low, v), max(high, v)
		}
	}
	p = binary.AppendUvarint(p, n)
	if n > 0 {
		for _, v := range [...]float64{sum, squares, low, high} {
			p = binary.LittleEndian.AppendUint64(p, math.Float64bits(v))
		}
	}
	return r.take(p, null)
}

// take appends the tally up to top and leaves it empty.
func (r *roller) take(p []byte, top int) []byte {
	n := 0
	for _, s := range r.tally[:top+1] {
		if s.rows > 0 {
			n++
		}
	}
	p = binary.AppendUvarint(p, uint64(n))
	last := 0
	for code := range r.tally[:top+1] {
		if s := r.tally[code]; s.rows > 0 {
			p = appendSums(binary.AppendUvarint(p, uint64(code-last)), s)
			last = code
		}
	}
	clear(r.tally[:top+1])
	return p
}

func appendSums(p []byte, s sums) []byte {
	p = binary.AppendUvarint(p, uint64(s.rows))
	p = binary.AppendUvarint(p, uint64(s.known))
	return binary.AppendUvarint(p, uint64(s.good))
}

// headSize is how long the sums of all rows are at the head of p.
func headSize(p []byte) int {
	n := 0
	for range 3 {
		_, size := binary.Uvarint(p[n:])
		n += size
	}
	return n
}
