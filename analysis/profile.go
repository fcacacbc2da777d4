package analysis

import (
	"context"
	"fmt"
	"time"
)

// A profile is a column seen through both windows:
//
//	            Before                          After
//	block:   0     1     2     3     4        0     1
//	        ┌─────┬─────┬─────┬─────┬──┐     ┌─────┬───┐
//	bin  A  │ sum │ sum │ ... │     │  │     │     │   │   same bins everywhere,
//	     B  │     │     │     │     │  │     │     │   │   chosen on Before
//	  null  │     │     │     │     │  │     │     │   │
//	        └─────┴─────┴─────┴─────┴──┘     └─────┴───┘   same length of time

// maxValues is how many values of a text column get a bin of their own; half
// as many that only After has get one too.
const maxValues = 128

// minBlocks is how many blocks the shorter window is cut into, at least; a
// test may join neighbours, but never split.
const minBlocks = 24

// Profile is one column before and after over the rows of where. Both windows
// are cut into blocks of one length, the last of a window being shorter where
// it does not fit; a block without rows stays, with zero sums. Bins that
// neither window fills (nulls, other values) are left out. Whoever asks shares
// the profile with others and must not change it.
//
// A column of times or pictures cannot be profiled and is an error. Cost: two
// passes over the column, three for numbers.
func (t *Table) Profile(ctx context.Context, column string, where Where, w Windows) (Profile, error) {
	if err := ctx.Err(); err != nil {
		return Profile{}, err
	}
	c, err := t.require(column)
	if err != nil {
		return Profile{}, fmt.Errorf("profile: %w", err)
	}
	in, err := t.selected(where)
	if err != nil {
		return Profile{}, fmt.Errorf("profile %q: %w", column, err)
	}
	return in.profile(column, w, func() (Profile, error) { return t.profile(c, in, w) })
}

func (t *Table) profile(c *Column, in *selection, w Windows) (Profile, error) {
	if p, ok := t.codedProfile(c, in, w); ok {
		return p, nil
	}
	p := Profile{Field: c.Field}
	var binOf func(i int) int
	switch c = c.wide(); c.Type {
	case Text:
		bins, bin := t.textBins(c, in, w)
		p.Bins, binOf = bins, func(i int) int { return bin[c.Codes[i]] }
	case Number:
		p.Bins, binOf = t.numberBins(c, in.mask, w)
	default:
		return Profile{}, fmt.Errorf("profile %q: a column of %ss has no distribution; choose a text or number column", c.Name, c.Type)
	}
	length := blockLength(w)
	p.Before = t.fill(c, in.mask, w.Before, length, len(p.Bins), binOf)
	p.After = t.fill(c, in.mask, w.After, length, len(p.Bins), binOf)
	return p, nil
}

// blockLength is the longest step of the ladder that cuts the shorter window
// that is not empty into at least minBlocks, or that window / minBlocks where
// even the shortest step is too long.
func blockLength(w Windows) time.Duration {
	shorter := min(w.Before.Duration(), w.After.Duration())
	if shorter == 0 {
		shorter = max(w.Before.Duration(), w.After.Duration())
	}
	for i := len(Steps) - 1; i >= 0; i-- {
		if shorter/Steps[i] >= minBlocks {
			return Steps[i]
		}
	}
	return max(1, shorter/minBlocks)
}

// fill sums the rows of one window into its blocks.
func (t *Table) fill(c *Column, mask Mask, w Window, length time.Duration, bins int, binOf func(int) int) []Block {
	blocks := emptyBlocks(t.span, w, length, bins)
	if blocks == nil {
		return nil
	}
	w.From = blocks[0].Start
	inside := bounds(w)
	from, until, _ := t.run(inside)
	var block *Block
	present := span64{} // of block
	for i := from; i < until; i++ {
		at := t.times[i]
		if !inside.holds(at) || !mask.Has(i) {
			continue
		}
		if !present.holds(at) || block == nil {
			k := (at - inside.from) / int64(length)
			block, present.from = &blocks[k], inside.from+k*int64(length)
			present.to = present.from + int64(length)
		}
		t.count(&block.Bins[binOf(i)], i)
		if c.Type == Number && !c.Null(i) {
			v := c.Numbers[i]
			block.N++
			block.Sum += v
			block.SumSq += v * v
		}
	}
	return blocks
}

// clip cuts off the blocks of w that lie wholly outside the log, so that a
// window that is open for years costs nothing. A window that misses the log
// keeps its first block.
func clip(span, w Window, length time.Duration) Window {
	if lead := span.From.Sub(w.From); lead > 0 {
		w.From = w.From.Add(min(lead, w.Duration()-1).Truncate(length))
	}
	if tail := w.To.Sub(span.To); tail > 0 {
		w.To = w.To.Add(-min(tail, w.Duration()-1))
	}
	return w
}

// textBins gives the most frequent values of Before a bin each, then those
// only After has, most frequent first and ties by text; then the other values
// and the nulls where there are any.
func (t *Table) textBins(c *Column, in *selection, w Windows) (bins []Bin, bin []int) {
	codes, _ := c.coded()
	return chooseBins(c.Dict, t.countCodes(codes, in, bounds(w.Before)), t.countCodes(codes, in, bounds(w.After)))
}

// chooseBins are the bins for values counted before and after, by code, and
// the bin of each code.
func chooseBins(dict []string, before, after []int) (bins []Bin, bin []int) {
	old := frequent(dict, before, nil, maxValues)
	fresh := frequent(dict, after, before, maxValues/2)
	bin = make([]int, len(dict)+1)
	for k := range bin {
		bin[k] = -1
	}
	for _, code := range append(old, fresh...) {
		bin[code] = len(bins)
		bins = append(bins, Bin{Value: dict[code-1]})
	}
	other := -1
	for code := 1; code < len(bin); code++ {
		if bin[code] >= 0 || before[code]+after[code] == 0 {
			continue
		}
		if other < 0 {
			other = len(bins)
			bins = append(bins, Bin{Other: true})
		}
		bin[code] = other
	}
	if before[0]+after[0] > 0 {
		bin[0] = len(bins)
		bins = append(bins, Bin{Null: true})
	}
	return bins, bin
}

// eachIn visits the rows of mask in either window; one in both is visited as
// of Before and as of After. Rows of one window come in their order.
func (t *Table) eachIn(mask Mask, w Windows, visit func(i int, isAfter bool)) {
	if t.eachRun(mask, w, visit) {
		return
	}
	before, after := bounds(w.Before), bounds(w.After)
	for i, at := range t.times {
		if !mask.Has(i) {
			continue
		}
		if before.holds(at) {
			visit(i, false)
		}
		if after.holds(at) {
			visit(i, true)
		}
	}
}

// numberBins cuts at the edges of a sketch of Before, or of After where Before
// has no numbers; the first and last bin hold what lies outside everything
// seen.
func (t *Table) numberBins(c *Column, mask Mask, w Windows) ([]Bin, func(int) int) {
	nulls := false
	before, after := newSketch(), newSketch()
	t.eachIn(mask, w, func(i int, isAfter bool) {
		v := c.Numbers[i]
		switch {
		case v != v:
			nulls = true
		case !isAfter:
			before.add(v)
		case before.count == 0:
			after.add(v)
		}
	})
	if before.count == 0 {
		before = after
	}
	edges := before.edges()
	bins, cut := NumberBins(edges, nulls), newCutter(edges)
	return bins, func(i int) int {
		if v := c.Numbers[i]; v == v {
			return cut.at(v)
		}
		return len(edges) + 1
	}
}
