package warning

import (
	"time"

	"andon/analysis"
)

// A grid cuts the log into blocks: shifts of 8 h where they hold enough rows,
// else days. Blocks of the same slot of the day are compared with each other,
// so that a night is measured against nights.

const (
	learnDays  = 4       // of history that is only learned from
	fewestDays = 8       // of log that is worth watching
	fewestRows = 40      // a block should hold
	mostRows   = 250_000 // that are looked at; of more, every so many
)

// grid is the blocks of a log up to an end.
type grid struct {
	start  time.Time
	step   time.Duration
	blocks int   // whole ones
	slots  int   // blocks a day
	learn  int   // blocks that are only learned from
	block  []int // of each row, -1 not looked at
	times  []int64
}

// newGrid lays out the blocks; ok is false for a log of less than fewestDays.
func newGrid(t *analysis.Table, end time.Time) (g grid, ok bool) {
	span := t.Span()
	if end.IsZero() || end.After(span.To) {
		end = span.To
	}
	g = grid{start: span.From.Truncate(24 * time.Hour), step: 8 * time.Hour}
	days := end.Sub(span.From).Hours() / 24
	if float64(t.Rows()) < 3*fewestRows*span.Duration().Hours()/24 {
		g.step = 24 * time.Hour
	}
	g.slots = int(24 * time.Hour / g.step)
	g.learn = int(span.From.Add(learnDays*24*time.Hour-1).Sub(g.start)/g.step) + 1
	g.blocks = int(end.Sub(g.start) / g.step)
	if days < fewestDays-.1 || g.blocks <= g.learn {
		return g, false
	}
	from := g.start.UnixNano()
	g.block = make([]int, t.Rows())
	every := uint32(1 + t.Rows()/mostRows)
	g.times = t.Role(analysis.RoleTime).Times
	for i, at := range g.times {
		g.block[i] = -1
		if k := int((at - from) / int64(g.step)); k < g.blocks && sampled(i, every) {
			g.block[i] = k
		}
	}
	return g, true
}

// sampled takes about one row of every so many, by a hash of its number: lines
// that log in turn would be thinned out whole by every third row.
//
// Source: the last steps of MurmurHash3, Appleby 2011.
func sampled(row int, every uint32) bool {
	h := uint32(row)
	h = (h ^ h>>16) * 0x85EBCA6B
	h = (h ^ h>>13) * 0xC2B2AE35
	return (h^h>>16)%every == 0
}

// at is the start of a block.
func (g grid) at(block int) time.Time { return g.start.Add(time.Duration(block) * g.step) }

// slot is a block's place in the day.
func (g grid) slot(block int) int { return block % g.slots }
