package analysis

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Whoever answers a Log's questions must cut time and values alike, or sums of
// the same rows would not be the same answer:
//
//	span, step      ─▶ buckets of a series
//	span, windows   ─▶ blocks of a profile
//	counts          ─▶ bins of a text column
//	extremes, ranks ─▶ edges, and bins, of a number
//
// Table cuts by these rules; so does a server that the questions are pushed
// down to.

// SeriesGrid is the start of the first bucket and the number of buckets of
// step that cover the span. An empty span has none. It is an error if step is
// not positive or gives too many buckets.
func SeriesGrid(span Window, step time.Duration) (start time.Time, buckets int, err error) {
	if span.Empty() {
		return time.Time{}, 0, nil
	}
	first, buckets, err := grid(nanos(span.From), nanos(span.To), step)
	return time.Unix(0, first).UTC(), buckets, err
}

// ProfileBlocks cuts both windows into empty blocks of one length, those
// outside the span left off. bins is the number of sums in each.
func ProfileBlocks(span Window, w Windows, bins int) (before, after []Block, length time.Duration) {
	length = blockLength(w)
	return emptyBlocks(span, w.Before, length, bins), emptyBlocks(span, w.After, length, bins), length
}

func emptyBlocks(span, w Window, length time.Duration, bins int) []Block {
	if w.Empty() {
		return nil
	}
	w = clip(span, w, length)
	blocks := make([]Block, int((w.Duration()+length-1)/length))
	sums := make([]Sum, len(blocks)*bins)
	for k := range blocks {
		blocks[k].Start = w.From.Add(time.Duration(k) * length)
		blocks[k].Bins = sums[k*bins : (k+1)*bins : (k+1)*bins]
	}
	return blocks
}

// TextBins are the bins of a text column whose values occur so often before
// and after; the value "" is null. binOf is the bin of each value.
func TextBins(before, after map[string]int) (bins []Bin, binOf map[string]int) {
	codes := map[string]int{"": 0}
	var dict []string
	for _, counts := range []map[string]int{before, after} {
		for v := range counts {
			if _, known := codes[v]; !known {
				dict = append(dict, v)
				codes[v] = len(dict)
			}
		}
	}
	old, fresh := make([]int, len(dict)+1), make([]int, len(dict)+1)
	for v, code := range codes {
		old[code], fresh[code] = before[v], after[v]
	}
	bins, at := chooseBins(dict, old, fresh)
	for v, code := range codes {
		codes[v] = at[code]
	}
	return bins, codes
}

// NumberEdges are the inner edges of a number's bins, from its extremes and a
// sample of its values, which is sorted in place. No sample, no edges.
func NumberEdges(lo, hi float64, sample []float64) []float64 {
	s := sketch{lo: lo, hi: hi, count: len(sample), sampled: sample}
	return s.edges()
}

// NumberBins are the bins between ascending edges, open at both ends, and one
// for the nulls if there are any.
func NumberBins(edges []float64, nulls bool) []Bin {
	bins := make([]Bin, 0, len(edges)+2)
	lo := math.Inf(-1)
	for _, hi := range edges {
		bins = append(bins, Bin{Lo: lo, Hi: hi})
		lo = hi
	}
	bins = append(bins, Bin{Lo: lo, Hi: math.Inf(1)})
	if nulls {
		bins = append(bins, Bin{Null: true})
	}
	return bins
}

// Judged reads logged words for right and wrong: 1, 0, a share between, or NaN
// for what is none, one a value.
func Judged(values []string) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = readCorrect(v)
	}
	return out
}

// StandsFor is the table as an even sample of so many rows, 0 where it is not
// known how many: what it measures says so, and counts stay those of the
// sample. It shares everything with t.
func (t *Table) StandsFor(rows int64) *Table {
	of := "a larger log"
	if rows > 0 {
		of = fmt.Sprint(rows)
	}
	sample := *t
	sample.measure.Warnings = append(slices.Clone(t.measure.Warnings),
		fmt.Sprintf("these are %d rows sampled evenly from %s: shares are theirs within chance, counts are the sample's", t.Rows(), of))
	return &sample
}
