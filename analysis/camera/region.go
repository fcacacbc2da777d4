package camera

import (
	"cmp"
	"math"
	"slices"
)

// Region is one cell of the 4 x 4 grid over all frames of both windows:
//
//	  0 1 2 3   column
//	0 · · · ·        Before  mean colour  rgb(171,168,160) gray
//	1 · █ █ ·        After   mean colour  rgb( 52, 50, 49) dark gray
//	2 · █ █ ·        Delta   46           how far a person sees them apart
//	3 · · · ·        Noise    2           how far chance alone sets them apart
//	row
//
// Row and Col count from 0 at the top left. N are the frames before and after.
type Region struct {
	Row, Col int
	Before   Colour
	After    Colour
	Delta    float64
	Noise    float64
	N        [2]int
}

// Beyond reports whether the difference is both visible (Delta ≥ 2) and more
// than three times what chance gives.
func (r Region) Beyond() bool { return r.Delta >= 2 && r.Delta > 3*r.Noise }

// Regions compares the mean colour of every cell before and after, largest
// difference first.
//
//	Delta = CIE76(mean before, mean after)
//	Noise = √ Σ over L*,a*,b* (var before/n before + var after/n after)
//
// Before is weighed to the views of after, so that a camera which sent more
// frames is no difference; views that only one window has are left out, unless
// the windows share none. Equal Deltas go by row and column. A side without
// pictures gives nil. O(pixels).
//
// Source: CIE 15:2018 for the colour difference.
func Regions(before, after []Sample) []Region {
	b, a := viewGrids(before), viewGrids(after)
	if len(b) == 0 || len(a) == 0 {
		return nil
	}
	if !shareView(b, a) {
		b, a = pooled(b), pooled(a)
	}
	regions := make([]Region, GridSide*GridSide)
	for cell := range regions {
		regions[cell] = compareCell(b, a, cell)
	}
	slices.SortStableFunc(regions, func(p, q Region) int { return cmp.Compare(q.Delta, p.Delta) })
	return regions
}

// compareCell sums up one cell over the views that both windows have, in the
// order of their names so that equal frames give equal digits.
func compareCell(before, after map[string][]Grid, cell int) Region {
	r := Region{Row: cell / GridSide, Col: cell % GridSide}
	views := make([]string, 0, len(after))
	total := 0.0
	for view, grids := range after {
		if len(before[view]) > 0 {
			views, total = append(views, view), total+float64(len(grids))
		}
	}
	slices.Sort(views)
	variance := 0.0
	for _, view := range views {
		b, a := cellStats(before[view], cell), cellStats(after[view], cell)
		share := float64(a.n) / total
		r.Before = r.Before.plus(b.mean, share)
		r.After = r.After.plus(a.mean, share)
		r.N[0], r.N[1] = r.N[0]+b.n, r.N[1]+a.n
		variance += share * share * (b.variance/float64(b.n) + a.variance/float64(a.n))
	}
	r.Delta, r.Noise = r.Before.Distance(r.After), math.Sqrt(variance)
	return r
}

func (c Colour) plus(o Colour, share float64) Colour {
	return Colour{c.R + share*o.R, c.G + share*o.G, c.B + share*o.B}
}

type cellStat struct {
	mean     Colour
	variance float64 // summed over L*, a*, b*
	n        int
}

func cellStats(grids []Grid, cell int) cellStat {
	s := cellStat{n: len(grids)}
	var sum, square [3]float64
	for _, g := range grids {
		s.mean = s.mean.plus(g[cell], 1/float64(s.n))
		l, a, b := g[cell].Lab()
		for i, v := range [3]float64{l, a, b} {
			sum[i], square[i] = sum[i]+v, square[i]+v*v
		}
	}
	for i := range sum {
		n := float64(s.n)
		s.variance += max(0, square[i]-sum[i]*sum[i]/n) / max(1, n-1)
	}
	return s
}

func viewGrids(samples []Sample) map[string][]Grid {
	grids := map[string][]Grid{}
	for _, s := range samples {
		if grid, ok := s.grid(); ok {
			grids[s.View()] = append(grids[s.View()], grid)
		}
	}
	return grids
}

func shareView(b, a map[string][]Grid) bool {
	for view := range b {
		if len(a[view]) > 0 {
			return true
		}
	}
	return false
}

func pooled(grids map[string][]Grid) map[string][]Grid {
	views := make([]string, 0, len(grids))
	for view := range grids {
		views = append(views, view)
	}
	slices.Sort(views)
	var all []Grid
	for _, view := range views {
		all = append(all, grids[view]...)
	}
	return map[string][]Grid{"": all}
}
