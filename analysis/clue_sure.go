package analysis

import (
	"context"
	"fmt"
	"math"
)

// How sure the model was, beyond the mean: faults leave different shapes.
//
//	             least sure         surest answers
//	before       ▂▁▁▁▂▂▂▂▃▃▄▅▆▇█
//	threshold    ▃▁▁▁▂▂▂▂▃▃▄▅▆▇█    stay
//	rows lost    ▂▁▁▁▂▂▂▂▃▃▄▅▃▂▁    go
//	defocus      ▆▃▂▂▂▂▂▂▂▂▂▃▅▇█    become more, and so do the least sure

// assurance is the confidence within the guilty slice, before and after: the
// rows of each of its profile's bins and the confidence in their middle.
type assurance struct {
	column string
	middle []float64
	rows   [2][]float64
}

// What counts in full, as shares of all rows.
//
// Source: practice incidents, training rounds.
const (
	sureFall   = .08
	sureRise   = .05
	unsureRise = .12
	sureBins   = 4 // fewer show no shape
)

// assurance reads the confidence; ok is false, with the reason, where none is
// logged or it takes too few values.
func (s *scene) assurance(ctx context.Context) (r assurance, why answer, ok bool, err error) {
	fields := s.fields(func(f Field) bool { return f.Role == RoleConfidence && f.Type == Number })
	if len(fields) == 0 {
		return r, untested("no confidence is logged"), false, nil
	}
	r.column = fields[0].Name
	profile, err := s.log.Profile(ctx, r.column, s.where, s.windows)
	if err != nil {
		return r, answer{}, false, fmt.Errorf("how sure the answers were: %w", err)
	}
	for _, bin := range profile.Bins {
		if !bin.Null {
			r.middle = append(r.middle, bin.middle())
		}
	}
	if len(r.middle) < sureBins {
		return r, untested("%s takes too few values to see its shape", r.column), false, nil
	}
	r.rows = [2][]float64{binRows(profile, profile.Before)[:len(r.middle)], binRows(profile, profile.After)[:len(r.middle)]}
	if min(total(r.rows[0]), total(r.rows[1])) < nearRows {
		return r, untested("fewer than %d answers with a confidence in a window", nearRows), false, nil
	}
	return r, answer{}, true, nil
}

// middle is the middle of a number's bin; of an open one its edge.
func (b Bin) middle() float64 {
	switch {
	case math.IsInf(b.Lo, 0):
		return b.Hi
	case math.IsInf(b.Hi, 0):
		return b.Lo
	}
	return (b.Lo + b.Hi) / 2
}

// share is the share of the rows in bins from to until, before and after.
func (r assurance) share(from, until int) (before, after float64) {
	return total(r.rows[0][from:until]) / total(r.rows[0]), total(r.rows[1][from:until]) / total(r.rows[1])
}

// surest are the answers as sure as the surest few before, and surer ones.
func (r assurance) surest() (before, after float64) {
	return r.share(len(r.middle)-2, len(r.middle))
}

// surestSaw tells both shares in words.
func (s *scene) surestSaw(r assurance, before, after float64) string {
	return fmt.Sprintf("answers with a %s about %s, the surest, went from %s to %s of the rows%s",
		r.column, number(r.middle[len(r.middle)-2]), percent(before), percent(after), s.within())
}

// sureFewer asks whether the model is hardly ever quite sure any more.
func sureFewer(ctx context.Context, s *scene) (answer, error) {
	r, why, ok, err := s.assurance(ctx)
	if !ok {
		return why, err
	}
	before, after := r.surest()
	return told((before-after)/sureFall, number(after-before), "%s", s.surestSaw(r, before, after)), nil
}

// sureMore asks whether the model is quite sure more often.
func sureMore(ctx context.Context, s *scene) (answer, error) {
	r, why, ok, err := s.assurance(ctx)
	if !ok {
		return why, err
	}
	before, after := r.surest()
	return told((after-before)/sureRise, number(after-before), "%s", s.surestSaw(r, before, after)), nil
}

// unsureMore asks whether answers as unsure as the least sure ones before, but
// no less sure than those, became more.
func unsureMore(ctx context.Context, s *scene) (answer, error) {
	r, why, ok, err := s.assurance(ctx)
	if !ok {
		return why, err
	}
	before, after := r.share(1, 2)
	return told((after-before)/unsureRise, number(after-before), "answers with a %s about %s, the least sure, went from %s to %s of the rows%s",
		r.column, number(r.middle[1]), percent(before), percent(after), s.within()), nil
}
