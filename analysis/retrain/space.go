package retrain

import (
	"math"
	"slices"

	"andon/analysis"
)

// The space of inputs: every number about the input is an axis, centred on the
// rows before and in units of their spread, so that a step of 1 is as unusual
// on one axis as on another.
type space struct {
	axes      []axis
	reference [][]float64 // some rows before
	usual     float64     // the distance that one of a hundred of them exceeds
}

type axis struct {
	column       *analysis.Column
	mean, spread float64
}

const (
	mostReference = 600
	farthest      = 8 // spreads at which an axis stops counting more
	usualShare    = .99
)

// newSpace is the space of the rows before. An axis whose values are all one is
// kept with a tiny spread, as any other value is new; one without values is not.
func newSpace(table *analysis.Table, before []int) *space {
	s := &space{}
	for _, f := range table.Fields() {
		if f.Type != analysis.Number || (f.Role != analysis.RoleFeature && !f.Derived()) {
			continue
		}
		column := table.Column(f.Name)
		var sum analysis.Sum
		for _, row := range before {
			if v := column.Numbers[row]; v == v {
				sum = sum.Add(analysis.Sum{Rows: 1, Known: 1, Good: v, GoodSq: v * v})
			}
		}
		if sum.Known < 2 {
			continue
		}
		spread := math.Sqrt(sum.Variance())
		if spread == 0 {
			spread = max(math.Abs(sum.Mean())*1e-3, 1e-9)
		}
		s.axes = append(s.axes, axis{column, sum.Mean(), spread})
	}
	step := max(1, len(before)/mostReference)
	for i := 0; i < len(before) && len(s.axes) > 0; i += step {
		s.reference = append(s.reference, s.place(before[i]))
	}
	s.usual = s.usualDistance()
	return s
}

func (s *space) names() []string {
	names := []string{}
	for _, a := range s.axes {
		names = append(names, a.column.Name)
	}
	return names
}

// place is a row as coordinates; an unknown value lies at the centre.
func (s *space) place(row int) []float64 {
	at := make([]float64, len(s.axes))
	for i, a := range s.axes {
		if v := a.column.Numbers[row]; v == v {
			at[i] = max(-farthest, min(farthest, (v-a.mean)/a.spread))
		}
	}
	return at
}

// usualDistance is the 99 % quantile of the distance from a reference row to
// the nearest other, 0 for fewer than three.
func (s *space) usualDistance() float64 {
	if len(s.reference) < 3 {
		return 0
	}
	nearest := make([]float64, len(s.reference))
	for i, at := range s.reference {
		nearest[i] = math.Inf(1)
		for j, other := range s.reference {
			if i != j {
				nearest[i] = min(nearest[i], squared(at, other))
			}
		}
	}
	slices.Sort(nearest)
	return math.Sqrt(nearest[int(usualShare*float64(len(nearest)-1))])
}

// candidate places a row and says how novel it is.
func (s *space) candidate(row int) candidate {
	k := candidate{row: row, at: s.place(row)}
	if s.usual == 0 {
		return k
	}
	best, nearest := math.Inf(1), []float64(nil)
	for _, other := range s.reference {
		if d := squared(k.at, other); d < best {
			best, nearest = d, other
		}
	}
	k.novelty = math.Sqrt(best) / s.usual
	most := 0.
	for i, a := range s.axes {
		if d := math.Abs(k.at[i] - nearest[i]); d > most {
			most, k.by = d, a.column.Name
		}
	}
	return k
}

// squared is the squared distance of two places.
func squared(a, b []float64) float64 {
	sum := 0.
	for i := range a {
		d := a[i] - b[i]
		sum += d * d
	}
	return sum
}
