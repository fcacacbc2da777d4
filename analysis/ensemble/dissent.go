package ensemble

import (
	"cmp"
	"slices"

	"andon/analysis"
)

// Where did the members begin to disagree? Every value of every dimension,
// those first that hold most of the new disagreement:
//
//	line=L2     0.06 → 0.31     holds 94 % of the rows by which it grew

// Dissent is one value of a dimension: rows whose votes differ before and after
// (Good of Known), the change with its 95 % interval, and Share, its part of the
// growth over all rows (0 where nothing grew; parts of one dimension add up to
// 1 but for changes of mix).
type Dissent struct {
	Where    analysis.Condition
	Before   analysis.Sum
	After    analysis.Sum
	Delta    float64
	Interval analysis.Interval
	Share    float64
}

const (
	mostSlices = 12 // listed
	mostValues = 40 // of a dimension: more are serial numbers
)

// slices counts the disagreement by dimension, the largest excess first. Cost:
// one pass a dimension.
func (s *sitting) slices() []Dissent {
	differ := make([][]float64, 2)
	for side, rows := range s.rows {
		differ[side] = make([]float64, len(rows))
		for k, i := range rows {
			differ[side][k] = s.panel.Disputed(i)
		}
	}
	before, after := total(differ[0]), total(differ[1])
	growth := float64(after.Known) * (after.Mean() - before.Mean())
	var all []Dissent
	for _, f := range s.table.Fields() {
		c := s.table.Column(f.Name)
		if c.Type != analysis.Text || len(c.Dict) < 2 || len(c.Dict) > mostValues || !names(f.Role) {
			continue
		}
		all = append(all, s.dissents(c, differ, growth)...)
	}
	slices.SortStableFunc(all, func(a, b Dissent) int { return cmp.Compare(b.Share, a.Share) })
	return all[:min(mostSlices, len(all))]
}

// names reports whether columns of a role name slices.
func names(r analysis.Role) bool {
	return r == analysis.RoleDimension || r == analysis.RoleModel || r == analysis.RoleVersion
}

func (s *sitting) dissents(c *analysis.Column, differ [][]float64, growth float64) []Dissent {
	sums := make([][2]analysis.Sum, len(c.Dict)+1)
	for side, rows := range s.rows {
		for k, i := range rows {
			sum := &sums[c.Codes[i]][side]
			sum.Note(differ[side][k])
		}
	}
	var out []Dissent
	for code := 1; code < len(sums); code++ {
		before, after := sums[code][0], sums[code][1]
		if before.Known < fewJudged || after.Known < fewJudged {
			continue
		}
		d := Dissent{Where: analysis.Is(c.Name, c.Dict[code-1]), Before: before, After: after, Delta: after.Mean() - before.Mean(),
			Interval: analysis.DifferenceInterval(analysis.Proportion, before, after)}
		if growth > 0 {
			d.Share = d.Delta * float64(after.Known) / growth
		}
		out = append(out, d)
	}
	return out
}

func total(values []float64) analysis.Sum {
	var sum analysis.Sum
	for _, v := range values {
		sum.Note(v)
	}
	return sum
}
