package analysis

import (
	"slices"
	"time"
)

// A text column of rows in the order of time is profiled in one pass: rows are
// counted by block, code and grade, and the bins are chosen from those counts.
//
//	block 0  code 0 1 2 3 ...     counts ─▶ bins of the window ─▶ sums a block
//	block 1  code 0 1 2 3 ...

// blockCounts are the rows of one window by block, code and grade.
type blockCounts struct {
	blocks []Block // without bins
	counts []uint32
	codes  int
}

// textProfile is Profile of a text column where rows ascend in time and quality
// is right or wrong; false where that is not so, or there are too many counts.
func (t *Table) textProfile(c *Column, mask Mask, w Windows) (Profile, bool) {
	length := blockLength(w)
	before, ok := t.countBlocks(c, mask, w.Before, length)
	if !ok {
		return Profile{}, false
	}
	after, ok := t.countBlocks(c, mask, w.After, length)
	if !ok {
		return Profile{}, false
	}
	bins, bin := chooseBins(c.Dict, before.total(), after.total())
	return Profile{Field: c.Field, Bins: bins, Before: before.binned(t, w.Before, length, len(bins), bin),
		After: after.binned(t, w.After, length, len(bins), bin)}, true
}

// countBlocks counts the rows of a window.
func (t *Table) countBlocks(c *Column, mask Mask, w Window, length time.Duration) (blockCounts, bool) {
	b := blockCounts{blocks: emptyBlocks(t.span, w, length, 0), codes: len(c.Dict) + 1}
	if !t.ascending || t.graded == nil || len(b.blocks)*b.codes*grades > mostCounts {
		return b, false
	}
	if b.blocks == nil {
		return b, true
	}
	b.counts = make([]uint32, len(b.blocks)*b.codes*grades)
	w.From = b.blocks[0].Start
	from, until, _ := t.run(bounds(w))
	for k := range b.blocks {
		end, _ := slices.BinarySearch(t.times[from:until], nanos(b.blocks[k].Start.Add(length)))
		counts := b.counts[k*b.codes*grades : (k+1)*b.codes*grades]
		for i := from; i < from+end; i++ {
			if mask.Has(i) {
				counts[int(c.Codes[i])*grades+int(t.graded[i])]++
			}
		}
		from += end
	}
	return b, true
}

// total is the rows of each code.
func (b blockCounts) total() []int {
	rows := make([]int, b.codes)
	for i, n := range b.counts {
		rows[i/grades%b.codes] += int(n)
	}
	return rows
}

// binned are the blocks with the sums of each bin.
func (b blockCounts) binned(t *Table, w Window, length time.Duration, bins int, bin []int) []Block {
	blocks := emptyBlocks(t.span, w, length, bins)
	for k := range blocks {
		for code := range b.codes {
			if s := sumOfGrades(b.counts[(k*b.codes+code)*grades:]); s.Rows > 0 {
				into := &blocks[k].Bins[bin[code]]
				*into = into.Add(s)
			}
		}
	}
	return blocks
}
