package diff

import (
	"cmp"
	"math"
	"slices"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/plot"
)

// shares are the bins of a profile as shares of the rows of their windows.
func shares(p analysis.Profile) (before, after []float64) {
	return portion(p.Before, len(p.Bins)), portion(p.After, len(p.Bins))
}

func portion(blocks []analysis.Block, n int) []float64 {
	counts, total := make([]float64, n), 0.0
	for _, b := range blocks {
		for i := range min(n, len(b.Bins)) {
			counts[i] += float64(b.Bins[i].Rows)
			total += float64(b.Bins[i].Rows)
		}
	}
	for i := range counts {
		counts[i] /= max(1, total)
	}
	return counts
}

// grew is the condition of the value that gained most share, if one did. The
// rest of the values together are no condition.
func grew(p analysis.Profile) (analysis.Condition, bool) {
	before, after := shares(p)
	best, gain := -1, 0.0
	for i, bin := range p.Bins {
		if g := after[i] - before[i]; g > gain && !bin.Other {
			best, gain = i, g
		}
	}
	if best < 0 {
		return analysis.Condition{}, false
	}
	if bin := p.Bins[best]; bin.Null {
		return analysis.Condition{Column: p.Field.Name, Op: analysis.Missing}, true
	}
	return analysis.Is(p.Field.Name, p.Bins[best].Value), true
}

// bars are a profile as at most n bars: a number's neighbouring bins put
// together until they fit, in order; a text's values, the most changed first.
func bars(p analysis.Profile, n int) []plot.Bar {
	before, after := shares(p)
	if p.Field.Type == analysis.Number {
		return histogram(p.Bins, before, after, n)
	}
	list := make([]plot.Bar, len(p.Bins))
	for i, bin := range p.Bins {
		list[i] = plot.Bar{Label: value(bin), Before: before[i], After: after[i], New: before[i] == 0 && after[i] > 0}
	}
	slices.SortStableFunc(list, func(a, b plot.Bar) int {
		return cmp.Compare(math.Abs(b.After-b.Before), math.Abs(a.After-a.Before))
	})
	return list
}

// histogram keeps the bins' order and the nulls last. A group is new only if
// all of it was empty before.
func histogram(bins []analysis.Bin, before, after []float64, n int) []plot.Bar {
	numbers := 0
	for _, bin := range bins {
		if !bin.Null {
			numbers++
		}
	}
	room := max(1, n-(len(bins)-numbers))
	together := max(1, (numbers+room-1)/room)
	var list, nulls []plot.Bar
	var first analysis.Bin
	for i, k := 0, 0; i < len(bins); i++ {
		bar := plot.Bar{Before: before[i], After: after[i]}
		if bins[i].Null {
			bar.Label = value(bins[i])
			nulls = append(nulls, bar)
			continue
		}
		if k%together == 0 {
			first = bins[i]
			list = append(list, plot.Bar{})
		}
		last := &list[len(list)-1]
		last.Before += bar.Before
		last.After += bar.After
		last.Label = between(first.Lo, bins[i].Hi)
		k++
	}
	list = append(list, nulls...)
	for i := range list {
		list[i].New = list[i].Before == 0 && list[i].After > 0
	}
	return list
}

// value is a bin of text by name.
func value(b analysis.Bin) display.Text {
	switch {
	case b.Null:
		return "(missing)"
	case b.Other:
		return "(other values)"
	}
	return display.Escape(b.Value)
}

// between is an interval; the ends of a histogram are open.
func between(lo, hi float64) display.Text {
	switch {
	case math.IsInf(lo, 0) && math.IsInf(hi, 0):
		return "any number"
	case math.IsInf(lo, 0):
		return "below " + display.Number(hi)
	case math.IsInf(hi, 0):
		return display.Number(lo) + " and up"
	}
	return display.Number(lo) + " to " + display.Number(hi)
}
