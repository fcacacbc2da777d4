package analysis

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// maxBins is how many inner bins a number gets: enough for the shape of a
// distribution, few enough that each holds rows.
const maxBins = 32

// maxSample bounds the values that quantiles are taken from. Every kth value
// in row order stands for the rest; the extremes are always exact.
const maxSample = 20000

// sketch keeps the extremes of a stream of numbers and every kth of them, k
// doubling whenever more than maxSample are held.
type sketch struct {
	lo, hi  float64
	count   int
	stride  int
	sampled []float64
}

func newSketch() *sketch {
	return &sketch{lo: math.Inf(1), hi: math.Inf(-1), stride: 1}
}

func (s *sketch) add(v float64) {
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	if s.count%s.stride == 0 {
		s.sampled = append(s.sampled, v)
		if len(s.sampled) == maxSample {
			for k := range maxSample / 2 {
				s.sampled[k] = s.sampled[2*k]
			}
			s.sampled, s.stride = s.sampled[:maxSample/2], 2*s.stride
		}
	}
	s.count++
}

// cellAt is the number of edges at or below v: the index of the cell
// [edges[k−1], edges[k]) that holds it, from 0 to len(edges).
func cellAt(edges []float64, v float64) int {
	lo, hi := 0, len(edges)
	for lo < hi {
		if middle := (lo + hi) / 2; edges[middle] > v {
			hi = middle
		} else {
			lo = middle + 1
		}
	}
	return lo
}

// frequent are the codes of the values counted most, at most limit of them,
// ties by text; values that seen already counts are left out.
func frequent(dict []string, counts, seen []int, limit int) []int {
	var codes []int
	for code := 1; code < len(counts); code++ {
		if counts[code] > 0 && (seen == nil || seen[code] == 0) {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(dict[a-1], dict[b-1]))
	})
	return codes[:min(limit, len(codes))]
}

// edges are ascending edges such that every number lies between the first and
// the last, in up to maxBins cells of about equal count. Up to maxBins distinct
// values get a cell each, with edges half way between. Edges are rounded to the
// fewest digits that keep them apart, since people read them. No numbers, no
// edges.
func (s *sketch) edges() []float64 {
	if s.count == 0 {
		return nil
	}
	lo, hi, sample := s.lo, s.hi, s.sampled
	slices.Sort(sample)
	if few := distinct(sample, maxBins); few != nil {
		edges := make([]float64, 0, len(few)+1)
		for k := range len(few) - 1 {
			edges = append(edges, few[k]+(few[k+1]-few[k])/2)
		}
		return enclose(edges, lo, hi)
	}
	return enclose(tidy(quantiles(sample)), lo, hi)
}

// quantiles are the inner cuts of a sorted sample into maxBins cells. Where
// many rows share the smallest or largest value (a clipped or missing
// measurement), that value gets a cell to itself.
func quantiles(sorted []float64) []float64 {
	n := len(sorted)
	var marks []float64
	if first := sorted[n/maxBins]; first == sorted[0] {
		next, _ := slices.BinarySearchFunc(sorted, first, func(v, lowest float64) int {
			if v > lowest {
				return 1
			}
			return -1
		})
		marks = append(marks, first+(sorted[next]-first)/2)
	}
	for k := 1; k < maxBins; k++ {
		if m := sorted[k*n/maxBins]; m > sorted[0] && (len(marks) == 0 || m > marks[len(marks)-1]) {
			marks = append(marks, m)
		}
	}
	return marks
}

// distinct are the distinct values of a sorted sample, or nil if more than
// limit.
func distinct(sorted []float64, limit int) []float64 {
	var out []float64
	for i, v := range sorted {
		if i > 0 && v == sorted[i-1] {
			continue
		}
		if len(out) == limit {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// tidy rounds each mark to within a tenth of its gap to the nearer neighbour.
func tidy(marks []float64) []float64 {
	out := make([]float64, len(marks))
	for k, m := range marks {
		gap := math.Inf(1)
		if k > 0 {
			gap = min(gap, m-marks[k-1])
		}
		if k+1 < len(marks) {
			gap = min(gap, marks[k+1]-m)
		}
		out[k] = roundTo(m, gap/10)
	}
	return out
}

// enclose puts an edge at or just below lo in front of the inner edges and one
// just above hi behind them.
func enclose(edges []float64, lo, hi float64) []float64 {
	gap := (hi - lo) / maxBins
	if gap == 0 || math.IsInf(gap, 0) {
		gap = max(1, math.Abs(hi)) / maxBins
	}
	first, last := floorTo(lo, gap), -floorTo(-hi-gap/1000, gap)
	if last <= hi {
		last = math.Nextafter(hi, math.Inf(1))
	}
	out := []float64{first}
	for _, e := range edges {
		if e > lo && e <= hi {
			out = append(out, e)
		}
	}
	return append(out, last)
}

// roundTo rounds v to the power of ten at or below unit, written in as few
// digits; it returns v unchanged where unit is not a usable size.
func roundTo(v, unit float64) float64 {
	digits := -math.Floor(math.Log10(unit))
	if math.IsNaN(digits) || math.Abs(digits) > 15 {
		return v
	}
	if digits <= 0 {
		power := math.Pow(10, -digits)
		return math.Round(v/power) * power
	}
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', int(digits), 64), 64)
	if err != nil {
		return v
	}
	return out
}

// floorTo is roundTo downwards.
func floorTo(v, unit float64) float64 {
	digits := -math.Floor(math.Log10(unit))
	r := roundTo(v, unit)
	if r > v && math.Abs(digits) <= 15 {
		r = roundTo(r-math.Pow(10, -digits), unit)
	}
	return min(r, v)
}
