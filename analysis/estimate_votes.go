package analysis

import "math"

// An ensemble that agrees is more often right than one that is torn:
//
//	answer ok   votes ok ok ok    sureness 1
//	answer ok   votes ok nok ok   sureness 0.67
//
// So the share of members that gave the answer serves like a confidence, where
// none is logged.

// agreement is, per row, the share of the votes cast that equal the answer; of
// the votes' own majority where no prediction is logged. NaN where fewer than
// two votes were cast. It is nil for fewer than two vote columns, for votes
// that are amounts rather than classes, or where it never varies.
func (t *Table) agreement() []float64 {
	votes, answer := t.votes()
	if len(votes) < 2 {
		return nil
	}
	out := make([]float64, t.Rows())
	lo, hi := math.Inf(1), math.Inf(-1)
	var cast []uint32
	for i := range out {
		cast = cast[:0]
		for _, v := range votes {
			if v[i] > 0 {
				cast = append(cast, v[i])
			}
		}
		said := uint32(0)
		switch {
		case answer != nil:
			said = answer[i]
		case len(cast) > 0:
			said = majority(cast)
		}
		if out[i] = math.NaN(); len(cast) < 2 || said == 0 {
			continue
		}
		same := 0
		for _, v := range cast {
			if v == said {
				same++
			}
		}
		out[i] = float64(same) / float64(len(cast))
		lo, hi = min(lo, out[i]), max(hi, out[i])
	}
	if lo >= hi {
		return nil
	}
	return out
}

// votes are the class numbers of every vote column and of the prediction, nil
// where none is logged. A column of amounts is left out: two members never say
// quite the same number.
func (t *Table) votes() (votes [][]uint32, answer []uint32) {
	ids := map[string]uint32{}
	for i := range t.columns {
		c := &t.columns[i]
		if c.Role != RoleVote {
			continue
		}
		c = t.wide(i)
		if _, many, ok := numbers(c); ok && many {
			continue
		}
		votes = append(votes, classes(c, ids))
	}
	if c := t.Role(RolePrediction); c != nil {
		answer = classes(c, ids)
	}
	return votes, answer
}

// majority is the value given most often, the first of them on a tie.
func majority(cast []uint32) uint32 {
	best, most := uint32(0), 0
	for i, v := range cast {
		n := 0
		for _, o := range cast[i:] {
			if o == v {
				n++
			}
		}
		if n > most {
			best, most = v, n
		}
	}
	return best
}
