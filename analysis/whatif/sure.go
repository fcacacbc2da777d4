package whatif

import (
	"cmp"
	"math"
	"slices"

	"andon/analysis"
)

// sureness is a number a row that is higher the surer the system was: the
// logged confidence, else the share of the members that gave the answer; from
// says which. NaN where neither is known.
func sureness(t *analysis.Table, p *analysis.Panel) (sure []float64, from string) {
	if c := t.Role(analysis.RoleConfidence); c != nil && c.Type == analysis.Number {
		return c.Numbers, "confidence"
	}
	sure = make([]float64, t.Rows())
	for i := range sure {
		sure[i] = math.NaN()
	}
	if p.Amounts || len(p.Members) < 2 {
		return sure, ""
	}
	for i := range sure {
		same, cast := 0.0, 0.0
		for m := range p.Members {
			if v := p.Judge(p.Members[m].Said[i], p.Answer[i]); v == v {
				same += v
				cast++
			}
		}
		sure[i] = same / cast
	}
	return sure, "agreement"
}

// byTime are the rows in the order of their times.
func byTime(rows []int, times []int64) []int {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b int) int { return cmp.Compare(times[a], times[b]) })
	return sorted
}

// cuts are at most n values between which sureness is cut, ascending.
func (b *bench) cuts(train []int, n int) []float64 {
	var values []float64
	for _, k := range train {
		if v := b.sure[k]; v == v {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	var cuts []float64
	for i := 1; i < n && len(values) > 0; i++ {
		v := values[i*len(values)/n]
		if len(cuts) == 0 || v > cuts[len(cuts)-1] {
			cuts = append(cuts, v)
		}
	}
	return cuts
}

// Point is what answering only from a threshold of sureness on would give:
// Coverage is the share of rows still answered, Answered their quality with its
// interval, Cost the wrong answers and the reviews, in wrong answers a row.
type Point struct {
	Threshold float64
	Coverage  float64
	Answered  analysis.Sum
	Interval  analysis.Interval
	Cost      float64
}

// curvePoints is into how many points the curve is cut.
const curvePoints = 20

// curve cuts the rows by sureness, from answering all to answering few. Nothing
// is fitted: a point is what the rows say of its threshold. nil where sureness
// is not known.
func (b *bench) curve() []Point {
	var points []Point
	for _, cut := range append([]float64{math.Inf(-1)}, b.cuts(b.everywhere(), curvePoints)...) {
		var answered, all analysis.Sum
		for k, i := range b.rows {
			v := b.sure[k]
			if v != v {
				continue
			}
			all.Note(b.table.Quality()[i])
			if v >= cut {
				answered.Note(b.table.Quality()[i])
			}
		}
		if all.Known == 0 {
			return nil
		}
		p := Point{Threshold: cut, Coverage: float64(answered.Known) / float64(all.Known), Answered: answered,
			Interval: analysis.MeanInterval(b.table.Measure().Scale, answered)}
		if !b.panel.Amounts {
			wrong := float64(answered.Known) - answered.Good
			p.Cost = (wrong + b.question.perWrong()*float64(all.Known-answered.Known)) / float64(all.Known)
		}
		points = append(points, p)
	}
	return points
}
