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
// strewn too thinly. Cost: one pass a column.
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
	r := &roller{right: right, parts: parts, hours: make([]sum, len(parts))}
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
	hours []sum   // a part each: what the minutes so far come to
	known []uint8 // of each row of the group: 0 unknown, 1 wrong, 2 right
}

// sum is what one column comes to: over a minute while its rows are read, and
// over the hour as minutes are added. Only minutes of an hour meet in it.
type sum struct {
	minute, hour [MaxValues + 1]sums // by code or bin
	top, hourTop int                 // the highest of each that is in use
	m, h         moments
}

// sums are rows, those whose quality is known, and the good ones.
type sums struct{ rows, known, good uint32 }

func (s *sums) add(known uint8) {
	s.rows++
	s.known += uint32(known+1) >> 1
	s.good += uint32(known) >> 1
}

// moments are those of the numbers that are not null.
type moments struct {
	n                    uint64
	sum, sq, least, most float64
}

// hour encodes the groups of one hour.
func (r *roller) hour(start int64, groups []group) Hour {
	h := Hour{Start: start}
	var all sums
	var minutes, one []byte
	next := 0
	for _, g := range groups {
		minute := int((g.start - start) / Minute)
		h.Counts = append(h.Counts, make([]byte, minute-next)...) // minutes without rows
		next = minute + 1
		judged := r.judge(g.rows)
		all.rows, all.known, all.good = all.rows+judged.rows, all.known+judged.known, all.good+judged.good
		h.Counts = appendSums(h.Counts, judged)
		one = r.minute(appendSums(one[:0], judged), g.rows)
		minutes = binary.AppendUvarint(minutes, uint64(minute))
		minutes = binary.AppendUvarint(minutes, uint64(len(one)))
		minutes = append(minutes, one...)
	}
	if int(all.rows) >= fewAMinute*len(groups) {
		h.Minutes = checked(minutes)
	}
	h.Whole = appendSums(nil, all)
	for i := range r.parts {
		s := &r.hours[i]
		h.Whole = r.parts[i].append(h.Whole, s.hour[:s.hourTop+1], s.h)
		clear(s.hour[:s.hourTop+1])
		s.hourTop, s.h = 0, moments{}
	}
	return h
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

// minute appends the columns' sums over rows, and adds them to the hour's.
func (r *roller) minute(p []byte, rows []int32) []byte {
	for i := range r.parts {
		part, s := &r.parts[i], &r.hours[i]
		switch {
		case part.Neither:
		case part.Numbers != nil:
			s.number(part, rows, r.known)
		default:
			s.text(part.Codes, rows, r.known)
		}
		p = part.append(p, s.minute[:s.top+1], s.m)
		s.end()
	}
	return p
}

func (s *sum) text(codes []uint32, rows []int32, known []uint8) {
	top := uint32(0)
	for k, i := range rows {
		code := uint32(0)
		if int(i) < len(codes) {
			code = codes[i]
		}
		top = max(top, code)
		s.minute[code].add(known[k])
	}
	s.top = int(top)
}

func (s *sum) number(part *Part, rows []int32, known []uint8) {
	m := moments{least: math.Inf(1), most: math.Inf(-1)}
	for k, i := range rows {
		v := math.NaN()
		if int(i) < len(part.Numbers) {
			v = part.Numbers[i]
		}
		s.minute[part.Scale.bin(v)].add(known[k])
		if v == v {
			m.n++
			m.sum += v
			m.sq += v * v
			m.least, m.most = min(m.least, v), max(m.most, v)
		}
	}
	s.top, s.m = null, m
}

// end adds the minute to the hour and begins the next.
func (s *sum) end() {
	for code, m := range s.minute[:s.top+1] {
		h := &s.hour[code]
		h.rows, h.known, h.good = h.rows+m.rows, h.known+m.known, h.good+m.good
	}
	clear(s.minute[:s.top+1])
	s.hourTop = max(s.hourTop, s.top)
	switch {
	case s.m.n > 0 && s.h.n > 0:
		s.h = moments{s.h.n + s.m.n, s.h.sum + s.m.sum, s.h.sq + s.m.sq, min(s.h.least, s.m.least), max(s.h.most, s.m.most)}
	case s.m.n > 0:
		s.h = s.m
	}
	s.top, s.m = 0, moments{}
}

// append writes the sums of a column.
func (part *Part) append(p []byte, tally []sums, m moments) []byte {
	p = binary.AppendUvarint(p, uint64(part.Key))
	switch {
	case part.Neither:
		return append(p, neitherKind)
	case part.Numbers == nil:
		p = append(p, textKind)
	default:
		p = binary.AppendUvarint(append(p, numberKind), m.n)
		if m.n > 0 {
			for _, v := range [...]float64{m.sum, m.sq, m.least, m.most} {
				p = binary.LittleEndian.AppendUint64(p, math.Float64bits(v))
			}
		}
	}
	n := 0
	for i := range tally {
		if tally[i].rows > 0 {
			n++
		}
	}
	p = binary.AppendUvarint(p, uint64(n))
	last := 0
	for code, s := range tally {
		if s.rows > 0 {
			p = appendSums(binary.AppendUvarint(p, uint64(code-last)), s)
			last = code
		}
	}
	return p
}

func appendSums(p []byte, s sums) []byte {
	p = binary.AppendUvarint(p, uint64(s.rows))
	p = binary.AppendUvarint(p, uint64(s.known))
	return binary.AppendUvarint(p, uint64(s.good))
}
