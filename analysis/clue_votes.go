package analysis

import (
	"context"
	"fmt"
	"strings"
)

// What became of the answers, and how the members voted on the new errors:
//
//	                votes      answer   true
//	threshold       ok ok ok   tilted   ok       they agree: nothing was hard to see
//	wrong label     ok ok ok   ok       tilted   they agree
//	another glove   ok – –     tilted   ok       they do not

// What counts: the rise of the share of errors that can be taken apart, of that
// the part on agreed votes from which, and in full; and the share of the answers
// that are others than before in full.
//
// Source: practice incidents, training rounds.
const (
	leastErrors = .005
	agreedFrom  = .2
	agreedFull  = .9
	mixFull     = .15
)

// newErrors is by how much some rows' errors rose as a share of all known rows.
func newErrors(some, all [2]Sum) float64 {
	var share [2]float64
	for side := range share {
		share[side] = (float64(some[side].Known) - some[side].Good) / float64(max(1, all[side].Known))
	}
	return share[1] - share[0]
}

// answersMix asks whether the answers come in other proportions.
func answersMix(ctx context.Context, s *scene) (answer, error) {
	fields := s.fields(func(f Field) bool { return f.Role == RolePrediction && f.Type == Text })
	if len(fields) == 0 {
		return untested("no answers in words are logged"), nil
	}
	profile, err := s.log.Profile(ctx, fields[0].Name, s.where, s.windows)
	if err != nil {
		return answer{}, fmt.Errorf("the proportions of the answers: %w", err)
	}
	before, after := binRows(profile, profile.Before), binRows(profile, profile.After)
	if total(before) < nearRows || total(after) < nearRows {
		return untested("too few answers on a side of the onset to compare their proportions"), nil
	}
	distance := variation(before, after)
	return told(distance/mixFull, number(distance), "%s of the answers are others than before%s", percent(distance), s.within()), nil
}

// votesAgreed asks whether the new errors are ones that all members agreed on,
// or at least gave no hint of: then it was not the picture that was hard.
func votesAgreed(ctx context.Context, s *scene) (answer, error) {
	votes := s.fields(func(f Field) bool { return f.Role == RoleVote && f.Type == Text })
	if len(votes) < 2 {
		return untested("fewer than two votes are logged"), nil
	}
	if s.measure.Scale != Proportion || !s.measure.Realised() {
		return untested("no labels tell which answers were wrong"), nil
	}
	votes = votes[:min(ruleMost, len(votes))]
	var dims []Dimension
	for _, v := range votes {
		dims = append(dims, Dimension{Column: v.Name})
	}
	leaves, err := s.log.Leaves(ctx, dims, s.where, s.windows)
	if err != nil {
		return answer{}, fmt.Errorf("the errors by how the members voted: %w", err)
	}
	var agreed, all [2]Sum
	for _, c := range leaves.Cells {
		all[0], all[1] = all[0].Add(c.Before), all[1].Add(c.After)
		if leaves.unanimous(c) {
			agreed[0], agreed[1] = agreed[0].Add(c.Before), agreed[1].Add(c.After)
		}
	}
	rise := newErrors(all, all)
	if min(all[0].Known, all[1].Known) < nearRows || rise <= leastErrors {
		return untested("too few labels, or hardly more errors than before, to compare with the votes"), nil
	}
	share := newErrors(agreed, all) / rise
	return told((share-agreedFrom)/(agreedFull-agreedFrom), number(share), "%s of the new errors fall on rows whose votes agree%s", percent(max(0, min(1, share))), s.within()), nil
}

// unanimous reports whether every dimension of a cell has the same value.
func (l Leaves) unanimous(c Cell) bool {
	for d, key := range c.Key {
		own, first := l.Values[d][key], l.Values[0][c.Key[0]]
		if own.Op != first.Op || !strings.EqualFold(own.Value, first.Value) {
			return false
		}
	}
	return true
}
