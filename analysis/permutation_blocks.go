package analysis

import (
	"slices"
	"time"
)

// A column as blocks of time, ready to be compared:
//
//	block    0      1      2    │   3      4
//	phase    day    night  day  │   night  day      only like phases compare
//	rows     n      n      n    │   n      n
//	sums     one a bin, or one: the sum of the values
//	         └─ neighbours that follow each other too closely are joined ─┘

// blocked is one column's rows and sums per block of time, in time order,
// Before first. The sums are one a bin for a distribution, and the sum of the
// values for a mean. Blocks of one phase are exchangeable.
type blocked struct {
	width  int         // sums a block
	rows   []float64   // per block
	sums   [][]float64 // per block
	after  []bool
	phase  []int
	phases int
	total  phased // of both windows
}

// phased are rows and sums by phase.
type phased struct {
	rows []float64
	sums []float64 // width of them a phase
}

func (b *blocked) newPhased() phased {
	return phased{make([]float64, b.phases), make([]float64, b.phases*b.width)}
}

// add adds up the blocks of one side of a labelling.
func (p phased) add(b *blocked, labels []bool, want bool) {
	clear(p.rows)
	clear(p.sums)
	for i, label := range labels {
		if label != want {
			continue
		}
		phase := b.phase[i]
		p.rows[phase] += b.rows[i]
		at := p.sums[phase*b.width : (phase+1)*b.width]
		for k, v := range b.sums[i] {
			at[k] += v
		}
	}
}

// fewestBlocks is how many blocks a window keeps when neighbours are joined.
const fewestBlocks = 8

// dayParts are the numbers of times of day that are tried, finest first.
var dayParts = []int{8, 4, 2, 1}

// newBlocked cuts the blocks of both windows into as many times of day as
// leave every time of day of After at least two blocks Before. add gives a
// block's rows and sums; a block without rows is left out.
func newBlocked(before, after []Block, width int, add func(Block) (float64, []float64)) *blocked {
	b := &blocked{width: width}
	var starts []time.Time
	for side, blocks := range [][]Block{before, after} {
		for _, block := range blocks {
			if rows, sums := add(block); rows > 0 {
				b.rows = append(b.rows, rows)
				b.sums = append(b.sums, sums)
				b.after = append(b.after, side == 1)
				starts = append(starts, block.Start)
			}
		}
	}
	length := blockStep(before, after)
	b.phase = make([]int, len(starts))
	for _, parts := range dayParts {
		part := 24 * time.Hour / time.Duration(parts)
		if parts > 1 && length > part {
			continue
		}
		for i, at := range starts {
			b.phase[i] = int(at.Sub(at.Truncate(24*time.Hour)) / part)
		}
		b.phases = parts
		if b.covered() {
			break
		}
	}
	b.settle()
	return b
}

// blockStep is the distance between neighbouring blocks.
func blockStep(before, after []Block) time.Duration {
	for _, blocks := range [][]Block{before, after} {
		if len(blocks) > 1 {
			return blocks[1].Start.Sub(blocks[0].Start)
		}
	}
	return 0
}

// covered reports whether every phase of After has two blocks Before.
func (b *blocked) covered() bool {
	count := make([][2]int, b.phases)
	for i, p := range b.phase {
		count[p][side(b.after[i])]++
	}
	for _, c := range count {
		if c[1] > 0 && c[0] < 2 {
			return false
		}
	}
	return true
}

func side(after bool) int {
	if after {
		return 1
	}
	return 0
}

// settle works out the totals, once blocks and phases stand.
func (b *blocked) settle() {
	b.total = b.newPhased()
	other := b.newPhased()
	b.total.add(b, b.after, false)
	other.add(b, b.after, true)
	for i := range other.rows {
		b.total.rows[i] += other.rows[i]
	}
	for i := range other.sums {
		b.total.sums[i] += other.sums[i]
	}
}

// means are the sums per row of both windows under a labelling, Before brought
// to the times of day of After: Σ_phase π·mean(phase), π the share of After's
// rows. Phases with rows on one side only are left out.
func (b *blocked) means(after []bool) (p, q []float64) {
	return b.meansInto(after, b.newPhased(), make([]float64, b.width), make([]float64, b.width))
}

// meansInto is means with room to work in. Only the side with fewer blocks is
// added up; the other is what remains of the total.
func (b *blocked) meansInto(after []bool, room phased, p, q []float64) ([]float64, []float64) {
	n := 0
	for _, label := range after {
		n += side(label)
	}
	fewer := 2*n <= len(after)
	room.add(b, after, fewer)
	clear(p)
	clear(q)
	var all float64
	for phase, have := range room.rows {
		rest := b.total.rows[phase] - have
		if have <= 0 || rest <= 0 {
			continue
		}
		n0, n1 := rest, have
		if !fewer {
			n0, n1 = have, rest
		}
		all += n1
		total := b.total.sums[phase*b.width : (phase+1)*b.width]
		for k, v := range room.sums[phase*b.width : (phase+1)*b.width] {
			s0, s1 := total[k]-v, v
			if !fewer {
				s0, s1 = v, total[k]-v
			}
			p[k] += s0 * n1 / n0
			q[k] += s1
		}
	}
	for k := range p {
		p[k] /= max(1, all)
		q[k] /= max(1, all)
	}
	return p, q
}

// size is the number of rows and blocks on a side.
func (b *blocked) size(after bool) (rows float64, blocks int) {
	for i, n := range b.rows {
		if b.after[i] == after {
			rows += n
			blocks++
		}
	}
	return rows, blocks
}

// residuals are every block's means less those of its window and phase.
func (b *blocked) residuals() [][]float64 {
	sums := make([][]float64, 2*b.phases)
	rows := make([]float64, 2*b.phases)
	for i, h := range b.sums {
		cell := 2*b.phase[i] + side(b.after[i])
		if sums[cell] == nil {
			sums[cell] = make([]float64, b.width)
		}
		rows[cell] += b.rows[i]
		for k, v := range h {
			sums[cell][k] += v
		}
	}
	out := make([][]float64, len(b.sums))
	for i, h := range b.sums {
		cell := 2*b.phase[i] + side(b.after[i])
		out[i] = make([]float64, b.width)
		for k, v := range h {
			out[i][k] = v/b.rows[i] - sums[cell][k]/rows[cell]
		}
	}
	return out
}

// correlation is the lag-1 autocorrelation of the residuals over all bins,
// with its small-sample bias of about -(1+4r)/blocks taken off (Kendall 1954),
// once for every mean that was taken off a window.
func (b *blocked) correlation() float64 {
	r := b.residuals()
	var lagged, square, pairs float64
	for i := range r {
		for _, v := range r[i] {
			square += v * v
		}
		if i == 0 || b.after[i] != b.after[i-1] {
			continue
		}
		pairs++
		for k, v := range r[i] {
			lagged += v * r[i-1][k]
		}
	}
	if square == 0 || pairs < 4 {
		return 0
	}
	n := float64(len(r))
	raw := lagged / pairs / (square / n)
	return raw + (1+4*max(0, raw))/n*float64(b.phasesOf(false)+b.phasesOf(true))/2
}

// joinAt is the autocorrelation from which neighbouring blocks are joined.
const joinAt = 0.1

// decorrelate joins neighbouring blocks of one window and phase in pairs until
// they no longer follow each other, or too few are left. It returns the
// inflation (1+r)/(1-r) of variances for the correlation that remains.
func (b *blocked) decorrelate() float64 {
	r := b.correlation()
	for r > joinAt {
		joined := b.joined()
		_, n0 := joined.size(false)
		_, n1 := joined.size(true)
		if min(n0, n1) < fewestBlocks || len(joined.rows) == len(b.rows) {
			break
		}
		*b = *joined
		r = b.correlation()
	}
	r = min(.95, max(0, r))
	return (1 + r) / (1 - r)
}

// joined adds up pairs of neighbours of the same window and phase.
func (b *blocked) joined() *blocked {
	out := &blocked{width: b.width, phases: b.phases}
	for i := 0; i < len(b.rows); i++ {
		rows, sums := b.rows[i], slices.Clone(b.sums[i])
		out.after = append(out.after, b.after[i])
		out.phase = append(out.phase, b.phase[i])
		if j := i + 1; j < len(b.rows) && b.after[i] == b.after[j] && b.phase[i] == b.phase[j] {
			rows += b.rows[j]
			for k, v := range b.sums[j] {
				sums[k] += v
			}
			i = j
		}
		out.rows = append(out.rows, rows)
		out.sums = append(out.sums, sums)
	}
	out.settle()
	return out
}
