package practice

import "andon/analysis"

// A trouble may strike rows that it does not hurt: a worse release answers the
// rework as badly as the old one did.
//
//	                  answers right, everybody's
//	line=L2 press       92 % → 71 %      hurt
//	line=L2 rework      66 % → 65 %      not hurt
//
// Who names the rows that got worse is right as well.

// unhurt is the part of the other's loss below which a kind of work was not
// hurt.
const unhurt = .2

// hurt are the guilty slices narrowed to the kind of work that got worse, where
// the log tells work apart and the other kind did not.
func (s *stage) hurt(log *analysis.Table) []analysis.Where {
	name := s.style.called(columnNames[byWork])
	if log.Column(name) == nil {
		return nil
	}
	var narrowed []analysis.Where
	for _, slice := range s.key.Slices {
		var loss [tasks]float64
		var works [tasks]analysis.Where
		for w := range tasks {
			works[w] = append(append(analysis.Where{}, slice...), analysis.Is(name, s.works.values[byWork][w]))
			loss[w] = s.lossOf(log, works[w])
		}
		for w := range tasks {
			if other := loss[(w+1)%tasks]; loss[w] > 0 && other < unhurt*loss[w] {
				narrowed = append(narrowed, works[w])
			}
		}
	}
	return narrowed
}

// lossOf is how far the answers to some rows fell, labelled or not.
func (s *stage) lossOf(log *analysis.Table, where analysis.Where) float64 {
	in, err := log.Match(where)
	if err != nil {
		return 0
	}
	var sum, n [2]float64
	for i, at := range log.Role(analysis.RoleTime).Times {
		if !in.Has(i) {
			continue
		}
		side := 0
		if at >= s.key.Onset.UnixNano() {
			side = 1
		}
		sum[side] += float64(s.worth[i])
		n[side]++
	}
	return sum[0]/max(1, n[0]) - sum[1]/max(1, n[1])
}
