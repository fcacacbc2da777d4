package warning

import (
	"math"

	"andon/analysis"
	"gonum.org/v1/gonum/stat/distuv"
)

// A band is what an indicator is used to: a level for each slot of the day, and
// how far blocks stray from it.
//
//	stray² = variance of a row / rows of the block   chance
//	       + between                                  the plant's own unrest
//	       + (the level's own error)²                 few blocks learned from
//
// It is learned from the blocks since the last alarm up to two days ago, so that
// a slow ramp does not teach its own band.

// band is learned from some blocks.
type band struct {
	level   []float64 // by slot
	learned []float64 // blocks of the slot
	row     float64   // variance of a row
	between float64   // variance of blocks beyond that
	freedom float64
}

// learnBand learns from blocks [from, to); ok is false where a slot has fewer
// than three.
func (g grid) learnBand(blocks []analysis.Sum, from, to int) (b band, ok bool) {
	b = band{level: make([]float64, g.slots), learned: make([]float64, g.slots)}
	weight := make([]float64, g.slots)
	var squares, rows float64
	for k := from; k < to; k++ {
		if s := blocks[k]; s.Known >= sliceRows {
			b.learned[g.slot(k)]++
			b.level[g.slot(k)] += s.Mean()
			weight[g.slot(k)]++
			squares += s.GoodSq - s.Good*s.Good/float64(s.Known)
			rows += float64(s.Known - 1)
		}
	}
	used := 0.0
	for slot, n := range b.learned {
		if n > 0 {
			b.level[slot] /= weight[slot]
			b.freedom += n - 1
			used++
		}
	}
	if used == 0 || b.freedom < 4 {
		return b, false
	}
	b.row = squares / rows
	b.unrest(g, blocks, from, to)
	return b, true
}

// unrest sets between by moments: what blocks stray beyond chance.
func (b *band) unrest(g grid, blocks []analysis.Sum, from, to int) {
	sum := 0.0
	for k := from; k < to; k++ {
		if s := blocks[k]; s.Known >= sliceRows {
			d := s.Mean() - b.level[g.slot(k)]
			sum += d*d - b.row/float64(s.Known)*(1-1/b.learned[g.slot(k)])
		}
	}
	b.between = max(0, sum/b.freedom)
}

// stray is how far a block is from its level, as a standard normal number; 0
// where it has too few rows or its slot was never learned.
func (b band) stray(slot int, s analysis.Sum) float64 {
	if s.Known < sliceRows || b.learned[slot] == 0 {
		return 0
	}
	chance := b.row / float64(s.Known)
	wide := math.Sqrt((chance + b.between) * (1 + 1/b.learned[slot]))
	// A share that was always 0 or 1 has no variance; one row in so many is its unit.
	wide = max(wide, 1/float64(s.Known)/2, 1e-9*math.Abs(b.level[slot]))
	z := (s.Mean() - b.level[slot]) / wide
	return normal(z, b.freedom)
}

// normal is the standard normal number as unlikely as t of Student's law.
func normal(t, freedom float64) float64 {
	tail := distuv.StudentsT{Sigma: 1, Nu: freedom}.Survival(math.Abs(t))
	if tail < 1e-15 {
		return math.Copysign(8, t)
	}
	return math.Copysign(-distuv.UnitNormal.Quantile(tail), t)
}
