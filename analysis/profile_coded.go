package analysis

import "time"

// A column of codes is profiled by counting rows by block, bin and grade:
//
//	block 0  bin 0 1 2 3 ...     counts ─▶ sums a block
//	block 1  bin 0 1 2 3 ...
//
// Where the codes of a text are few they are counted as they are, and its bins
// chosen from those counts; else the bin of every code is found first.

// codedProfile is Profile of a column of codes where quality is right or wrong;
// false where that is not so.
func (t *Table) codedProfile(c *Column, in *selection, w Windows) (Profile, bool) {
	codes, ok := c.coded()
	if !ok || t.graded == nil {
		return Profile{}, false
	}
	length := blockLength(w)
	p := Profile{Field: c.Field, Before: emptyBlocks(t.span, w.Before, length, 0), After: emptyBlocks(t.span, w.After, length, 0)}
	if c.Type == Number {
		edges := t.codedEdges(c.Compact.Values, codes, in, w)
		null := len(edges) + 1
		q := blockCounter{t, in, codes, rangeCut(c, edges).key, null + 1, c.Compact.Values, length}
		before, after := q.count(w.Before, p.Before), q.count(w.After, p.After)
		p.Bins = NumberBins(edges, before.rows(null)+after.rows(null) > 0)
		before.sum(p.Before, nil, len(p.Bins))
		after.sum(p.After, nil, len(p.Bins))
		return p, true
	}
	q := blockCounter{t, in, codes, identity(codes.size), codes.size, nil, length}
	var bin []int
	if many := max(len(p.Before), len(p.After))*codes.size*grades > mostCounts; many {
		p.Bins, bin = t.textBins(c, in, w)
		q.keys = len(p.Bins) + 1
		for code, b := range bin {
			if q.key[code] = uint32(b); b < 0 {
				q.key[code] = uint32(len(p.Bins)) // no row of the windows has it
			}
		}
		bin = nil
	}
	before, after := q.count(w.Before, p.Before), q.count(w.After, p.After)
	if q.keys == codes.size && p.Bins == nil {
		p.Bins, bin = chooseBins(c.Dict, before.total(), after.total())
	}
	before.sum(p.Before, bin, len(p.Bins))
	after.sum(p.After, bin, len(p.Bins))
	return p, true
}

// blockCounter counts rows by block, by the key of their code and by grade.
type blockCounter struct {
	t      *Table
	in     *selection
	codes  coded
	key    []uint32 // by code
	keys   int
	values []float64 // of a number, by code, for its moments
	length time.Duration
}

// blockCounts are the rows of one window by block, key and grade.
type blockCounts struct {
	counts []uint32
	keys   int
}

// count counts the rows of a window, and adds numbers to the moments of blocks.
func (q blockCounter) count(w Window, blocks []Block) blockCounts {
	if len(blocks) == 0 {
		return blockCounts{keys: q.keys}
	}
	found := newCounters(len(blocks) * q.keys * grades)
	weight := make([]uint32, len(q.key))
	for code, k := range q.key {
		weight[code] = k * grades
	}
	w.From = blocks[0].Start
	numbers := make([]uint32, chunkRows)
	q.t.eachChunk(q.in, bounds(w), int64(q.length), func(block int, c chunk) {
		here := found.from(uint32(block * q.keys * grades))
		switch {
		case c.rows == nil && q.values != nil:
			here.addNumbers(&blocks[block], q.t.graded[c.from:c.until], c.from, q.codes, weight, q.values)
			return
		case c.rows == nil:
			here.addGrades(q.t.graded[c.from:c.until], c.from, q.codes, weight)
			return
		}
		n := numbers[:c.len()]
		q.t.grade(n, c)
		here.addRows(n, c, q.codes, weight)
		if q.values != nil {
			addMoments(&blocks[block], c.rows, q.codes, q.values)
		}
	})
	return blockCounts{found.sums(), q.keys}
}

// addMoments adds the numbers of rows to the moments of their block.
func addMoments(b *Block, rows []int32, codes coded, values []float64) {
	switch {
	case codes.bytes != nil:
		momentsOfCodes(b, rows, codes.bytes, values)
	default:
		momentsOfCodes(b, rows, codes.words, values)
	}
}

func momentsOfCodes[C code](b *Block, rows []int32, codes []C, values []float64) {
	n, sum, square := b.N, b.Sum, b.SumSq
	for _, row := range rows {
		if k := codes[row]; k != 0 {
			v := values[k]
			n, sum, square = n+1, sum+v, square+v*v
		}
	}
	b.N, b.Sum, b.SumSq = n, sum, square
}

// rows are all rows of a key.
func (b blockCounts) rows(key int) int {
	n := 0
	for at := key * grades; at < len(b.counts); at += b.keys * grades {
		for _, rows := range b.counts[at : at+grades] {
			n += int(rows)
		}
	}
	return n
}

// total is the rows of each key.
func (b blockCounts) total() []int {
	rows := make([]int, b.keys)
	for key := range rows {
		rows[key] = b.rows(key)
	}
	return rows
}

// sum fills the blocks with the sums of bins bins; bin is that of each key, nil
// where keys are bins.
func (b blockCounts) sum(blocks []Block, bin []int, bins int) {
	sums := make([]Sum, len(blocks)*bins)
	for k := range blocks {
		blocks[k].Bins = sums[k*bins : (k+1)*bins : (k+1)*bins]
		for key := range b.keys {
			s := sumOfGrades(b.counts[(k*b.keys+key)*grades:])
			if s.Rows == 0 {
				continue
			}
			at := key
			if bin != nil {
				at = bin[key]
			}
			blocks[k].Bins[at] = blocks[k].Bins[at].Add(s)
		}
	}
}
