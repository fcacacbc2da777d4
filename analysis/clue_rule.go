package analysis

import (
	"context"
	"math"
	"slices"
)

// Do the same votes still lead to the same answers? A threshold, a class map
// or a changed rule moves the answers and leaves the votes alone.
//
//	votes          before: answers      after: answers
//	ok ok scratch  ok 98 %              ok 61 %, scratch 37 %   ← moved
//	ok ok ok       ok 100 %             ok 100 %

// ruleRows is the fewest rows on each side that a combination of votes is
// compared on.
const ruleRows = 20

// ruleMost bounds the votes of one combination, and so the cells.
const ruleMost = 5

func ruleMoved(ctx context.Context, s *scene) (answer, error) {
	votes := s.fields(func(f Field) bool { return f.Role == RoleVote && f.Type == Text })
	answers := s.fields(func(f Field) bool { return f.Role == RolePrediction && f.Type == Text })
	if len(votes) < 2 || len(answers) == 0 {
		return untested("fewer than two votes are logged with the answer"), nil
	}
	dims := []Dimension{{Column: answers[0].Name}}
	for _, v := range votes[:min(ruleMost, len(votes))] {
		dims = append(dims, Dimension{Column: v.Name})
	}
	leaves, err := s.log.Leaves(ctx, dims, s.where, s.windows)
	if err != nil {
		return answer{}, err
	}
	distance, compared := answersByVotes(leaves)
	if compared == 0 {
		return untested("too few rows with the same votes before and after"), nil
	}
	if distance < .05 {
		return told(0, number(distance), "the same votes lead to the same answers%s", s.within()), nil
	}
	return told((distance-.05)/.2, number(distance), "the same votes lead to other answers in %s of the rows%s", percent(distance), s.within()), nil
}

// answersByVotes is the total variation distance between the answers before
// and after, given the votes, averaged over the rows after; the noise expected
// of so few rows is taken off. compared counts the combinations with enough
// rows on both sides.
func answersByVotes(leaves Leaves) (distance float64, compared int) {
	type rows struct{ before, after []float64 }
	byVotes := map[string]*rows{}
	var order []string
	for _, c := range leaves.Cells {
		key := cellKey(c.Key[1:])
		if byVotes[key] == nil {
			byVotes[key] = &rows{}
			order = append(order, key)
		}
		byVotes[key].before = append(byVotes[key].before, float64(c.Before.Rows))
		byVotes[key].after = append(byVotes[key].after, float64(c.After.Rows))
	}
	slices.Sort(order)
	weight := 0.0
	for _, key := range order {
		r := byVotes[key]
		n, m := total(r.before), total(r.after)
		if n < ruleRows || m < ruleRows {
			continue
		}
		compared++
		weight += m
		distance += m * variation(r.before, r.after)
	}
	if weight == 0 {
		return 0, 0
	}
	return distance / weight, compared
}

// cellKey is a cell's keys as a map key.
func cellKey(key []uint32) string {
	b := make([]byte, 0, 4*len(key))
	for _, k := range key {
		b = append(b, byte(k>>24), byte(k>>16), byte(k>>8), byte(k))
	}
	return string(b)
}

// variation is the total variation distance ½ Σ |q - p| of two sets of counts,
// less what chance alone would give: Σ √(p(1-p)(1/n + 1/m) / 2π).
func variation(before, after []float64) float64 {
	n, m := total(before), total(after)
	distance, noise := 0.0, 0.0
	for i := range before {
		distance += math.Abs(after[i]/m-before[i]/n) / 2
		pool := (before[i] + after[i]) / (n + m)
		noise += math.Sqrt(pool * (1 - pool) * (1/n + 1/m) / (2 * math.Pi))
	}
	return max(0, distance-noise)
}
