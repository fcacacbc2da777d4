package warning

import (
	"math"
	"slices"
	"time"

	"andon/analysis"
)

// A track is an indicator block by block, over all rows or one slice: a lamp
// that dies at one camera of twelve is a twelfth as deep in the whole log.

// track is one series.
type track struct {
	Indicator
	where  analysis.Where
	blocks []analysis.Sum
}

const (
	mostValues  = 24 // of a dimension, or models, that are watched one by one
	usualBlocks = .7 // share of the first days' blocks a slice must have rows in
	sliceRows   = 15 // rows a block of a slice should hold
)

// tracks are the indicator over all rows, then over every value of every
// dimension that had rows throughout the first days.
func (g grid) tracks(t *analysis.Table, i Indicator) []track {
	fill := g.volumes
	if !i.volume {
		values := i.values()
		fill = func(into []track, slice func(row int) int) {
			for row, b := range g.block {
				if k := slice(row); b >= 0 && k >= 0 {
					into[k].blocks[b].Note(values[row])
				}
			}
		}
	}
	all := []track{g.empty(i, nil)}
	fill(all, func(int) int { return 0 })
	for _, f := range t.Fields() {
		c := t.Column(f.Name)
		if f.Role != analysis.RoleDimension && f.Role != analysis.RoleModel || f.Type != analysis.Text || len(c.Dict) < 2 || len(c.Dict) > mostValues {
			continue
		}
		values := make([]track, len(c.Dict))
		for k, value := range c.Dict {
			values[k] = g.empty(i, analysis.Where{analysis.Is(c.Name, value)})
		}
		fill(values, func(row int) int { return int(c.Codes[row]) - 1 })
		all = append(all, values...)
	}
	return slices.DeleteFunc(all, func(k track) bool { return !g.usual(k) })
}

func (g grid) empty(i Indicator, where analysis.Where) track {
	return track{i, where, make([]analysis.Sum, g.blocks)}
}

// halfHour is what rows are counted by.
const halfHour = 30 * time.Minute

// volumes fills each track with its rows: one number a half hour, the logarithm
// of one more than its rows, so that half as many weighs alike on every line.
func (g grid) volumes(into []track, slice func(row int) int) {
	halves := int(g.step / halfHour)
	rows := make([][]float64, len(into))
	for k := range rows {
		rows[k] = make([]float64, g.blocks*halves)
	}
	for row, b := range g.block {
		if k := slice(row); b >= 0 && k >= 0 {
			rows[k][int((g.times[row]-g.start.UnixNano())/int64(halfHour))]++
		}
	}
	for k := range rows {
		for half, n := range rows[k] {
			into[k].blocks[half/halves].Note(math.Log1p(n))
		}
	}
}

// usual reports whether a track has enough rows to learn from.
func (g grid) usual(k track) bool {
	full := 0
	for _, b := range k.blocks[:g.learn] {
		if b.Known >= sliceRows {
			full++
		}
	}
	return float64(full) >= usualBlocks*float64(g.learn)
}
