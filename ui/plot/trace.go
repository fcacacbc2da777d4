package plot

import (
	"math"
	"strings"

	"github.com/guptarohit/asciigraph"

	"andon/ui/style"
)

// pens are the character sets of the first, second and third line, so that
// lines are told apart without colour.
func pens(s style.Sheet) []asciigraph.CharSet {
	solid := asciigraph.DefaultCharSet
	second, third := "·", "×"
	if !s.Terminal.UTF8 {
		solid = asciigraph.CharSet{Horizontal: "-", VerticalLine: "|",
			ArcDownRight: ".", ArcDownLeft: ".", ArcUpRight: "'", ArcUpLeft: "'"}
		second, third = "*", "+"
	}
	sets := []asciigraph.CharSet{solid, asciigraph.CreateCharSet(second), asciigraph.CreateCharSet(third)}
	for i := range sets {
		sets[i].StartCap = sets[i].Horizontal
		sets[i].EndCap = " " // the cap would stand in the first column of the gap
	}
	return sets
}

// trace lets asciigraph draw one line of columns, as shares 0 to 1 of the
// range, into rows x len(columns) runes; a space is empty. All NaN is nil.
//
// asciigraph draws n samples as n-1 steps and rounds by the range of the data.
// So the first column goes in twice, which puts each jump into the first
// column of the new level, and shares are scaled to whole rows, which makes
// its rounding ours. It panics on infinities and on all NaN; neither gets here.
func trace(columns []float64, rows int, pen asciigraph.CharSet, lone string) [][]rune {
	samples := make([]float64, 0, len(columns)+1)
	any := false
	for i, v := range columns {
		v *= float64(rows - 1)
		if i == 0 {
			samples = append(samples, v)
		}
		samples = append(samples, v)
		any = any || !math.IsNaN(v)
	}
	if !any {
		return nil
	}
	text := asciigraph.Plot(samples, asciigraph.Height(rows-1), asciigraph.Offset(1),
		asciigraph.LowerBound(0), asciigraph.UpperBound(float64(rows-1)),
		asciigraph.SeriesChars(pen), asciigraph.YAxisValueFormatter(func(float64) string { return "" }))
	var drawn [][]rune
	for line := range strings.SplitSeq(text, "\n") {
		runes := []rune(line)
		drawn = append(drawn, runes[min(1, len(runes)):]) // the first is asciigraph's own axis
	}
	dots(drawn, columns, rows, []rune(lone)[0])
	return drawn
}

// dots draws columns between two gaps as a point: a line one cell long would
// look like the start of something.
func dots(drawn [][]rune, columns []float64, rows int, lone rune) {
	gap := func(i int) bool { return i < 0 || i >= len(columns) || math.IsNaN(columns[i]) }
	for i, v := range columns {
		if gap(i) || !gap(i-1) || !gap(i+1) {
			continue
		}
		y := rows - 1 - int(math.Round(v*float64(rows-1)))
		if y < len(drawn) && i < len(drawn[y]) {
			drawn[y][i] = lone
		}
	}
}
