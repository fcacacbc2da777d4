package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// A fault may touch more rows than it hurts. Work that was always hard hardly
// gets harder under a worse model, and with few labels nobody can see it fall;
// but the same version answers there, and confidence fell there too:
//
//	                 quality        model_version    confidence
//	press         92 % → 76 %        3.4 → 3.6       .93 → .81
//	rework        71 % → 69 %        3.4 → 3.6       .78 → .70     touched as well
//
// So the rows beside a slice belong to it where they fell, or where what moved
// in the slice moved in them and their labels do not speak against it.

// When the rest of a wider slice is touched.
//
// Source: practice incidents, training rounds.
const (
	touchLeast = .1 // of its rows a column must have moved by in the slice
	touchShare = .4 // of that move the rest must have made
	touchZ     = 4.0
	touchSlack = .4 // of the slice's loss the rest may have lost, by its interval
)

// fellToo reports whether what condition i leaves out of s got worse with it:
// own is the quality of s, rest that of the rows that widening adds.
func (d describer) fellToo(ctx context.Context, s SliceScore, i int, own, rest Quality) (bool, error) {
	if rest.Before.Known > 0 && rest.After.Known > 0 && fellOdds(d.log.Measure().Scale, own, rest) >= oddsLeast {
		return true, nil
	}
	return d.touchedToo(ctx, s, i, own, rest)
}

// touchedToo reports whether what moved in s moved in those rows as well, and
// their labels do not speak against it.
func (d describer) touchedToo(ctx context.Context, s SliceScore, i int, own, rest Quality) (bool, error) {
	if s.Where[i].numeric() || rest.Before.Known == 0 || rest.After.Known == 0 || !mayHaveFallen(own, rest) {
		return false, nil
	}
	return d.touched(ctx, slices.Concat(d.where, s.Where[:i], s.Where[i+1:]), s.Where[i])
}

// mayHaveFallen reports whether rest lost something, and may well have lost a
// fair part of what own did.
func mayHaveFallen(own, rest Quality) bool {
	most := -rest.Interval.Lo
	if rest.LowerBetter {
		most = rest.Interval.Hi
	}
	return rest.Loss() > 0 && most >= touchSlack*own.Loss()
}

// touched reports whether the column that moved most where is holds, within
// the rows of where, moved alike where is does not hold.
func (d describer) touched(ctx context.Context, where Where, is Condition) (bool, error) {
	most, alike := touchLeast, false
	for _, f := range d.log.Fields() {
		if !tellsTouch(f) || f.Name == is.Column {
			continue
		}
		dims := []Dimension{{Column: f.Name}, {Column: is.Column}}
		if f.Type == Number {
			p, err := d.log.Profile(ctx, f.Name, where, d.windows)
			if err != nil {
				return false, fmt.Errorf("see whether %s moved beside %s: %w", f.Name, is, err)
			}
			dims[0].Edges = accountEdges(p)
		}
		leaves, err := d.log.Leaves(ctx, dims, where, d.windows)
		if err != nil {
			return false, fmt.Errorf("see whether %s moved beside %s: %w", f.Name, is, err)
		}
		in, out := movesOf(leaves, is)
		if size := in.size(); size > most {
			most, alike = size, out.follows(in)
		}
	}
	return alike, nil
}

// tellsTouch is a column that shows what a fault touched: who answered, what,
// and what was seen.
func tellsTouch(f Field) bool {
	switch f.Role {
	case RoleVersion, RoleConfidence, RoleVote, RolePrediction, RoleStatus:
		return true
	case RoleFeature:
		return f.Type == Number && !f.Derived()
	}
	return isPipeline(f)
}

// move is how the rows of some group lie over the values of a column, in both
// windows.
type move struct{ before, after []float64 }

// movesOf splits the leaves of a column and the column of is into the rows for
// which is holds and the others.
func movesOf(l Leaves, is Condition) (in, out move) {
	n := len(l.Values[0])
	in = move{make([]float64, n), make([]float64, n)}
	out = move{make([]float64, n), make([]float64, n)}
	for _, c := range l.Cells {
		group := out
		if l.Values[1][c.Key[1]] == is {
			group = in
		}
		group.before[c.Key[0]] += float64(c.Before.Rows)
		group.after[c.Key[0]] += float64(c.After.Rows)
	}
	return in, out
}

// size is the total variation distance between the windows.
func (m move) size() float64 {
	if total(m.before) == 0 || total(m.after) == 0 {
		return 0
	}
	return variation(m.before, m.after)
}

// follows reports whether m moved the way o did: the projection of its move on
// that of o is a fair part of it, and beyond chance.
func (m move) follows(o move) bool {
	n, k := total(m.before), total(m.after)
	n0, k0 := total(o.before), total(o.after)
	if n < nearRows || k < nearRows {
		return false
	}
	along, square, variance := 0.0, 0.0, 0.0
	for i := range m.before {
		u := o.after[i]/k0 - o.before[i]/n0
		pool := (m.before[i] + m.after[i]) / (n + k)
		along += u * (m.after[i]/k - m.before[i]/n)
		square += u * u
		variance += u * u * pool * (1/n + 1/k)
	}
	return square > 0 && along >= touchShare*square && along >= touchZ*math.Sqrt(variance)
}
