package saved

import (
	"context"
	"fmt"
	"math"
	"time"

	"andon/analysis"
	"andon/analysis/noninferiority"
)

const (
	mostInputs = 3
	widened    = .5 // of the usual range, on either side
)

// Propose is the check that would have caught the incident: quality of the
// guilty slice, and up to three number inputs that moved there. A triage
// without a change, or a slice without known rows before, is an error.
func Propose(ctx context.Context, table *analysis.Table, t analysis.Triage, where analysis.Where) (Check, error) {
	if t.Quality == nil || t.Verdict.Cause == analysis.None || t.Windows.Zero() {
		return Check{}, fmt.Errorf("save a check: nothing changed in this log, so nothing says what to watch")
	}
	c := Check{Where: where}
	if guilty := t.Guilty(); guilty != nil {
		c.Where = append(append(analysis.Where{}, where...), guilty.Where...)
	}
	b, err := qualityBound(table, t, c.Where)
	if err != nil {
		return c, err
	}
	c.Bounds = append(c.Bounds, b)
	for _, s := range t.Signals {
		if len(c.Bounds) > mostInputs {
			break
		}
		column := table.Column(s.Column)
		if !s.Changed || column == nil || column.Type != analysis.Number || !input(column.Field) {
			continue
		}
		bound, ok, err := inputBound(ctx, table, t, c.Where, s.Column)
		if err != nil {
			return c, err
		}
		if ok {
			c.Bounds = append(c.Bounds, bound)
		}
	}
	return c, nil
}

// input reports whether a column is known before anything is answered.
func input(f analysis.Field) bool { return f.Role == analysis.RoleFeature || f.Derived() }

// qualityBound is the level before, less the margin by which a fix is judged.
func qualityBound(table *analysis.Table, t analysis.Triage, where analysis.Where) (Bound, error) {
	sum, err := over(table, where, t.Windows.Before)
	if err != nil {
		return Bound{}, err
	}
	if sum.Known < fewestRows {
		return Bound{}, fmt.Errorf("save a check: quality of %q is known for %d rows of the window before, too few to say what must hold", where, sum.Known)
	}
	margin := noninferiority.Margin(t.Measure.Scale, sum, t.Quality.Loss())
	b := Bound{Lo: sum.Mean() - margin, Hi: math.Inf(1), Why: fmt.Sprintf("%s before, less a margin of %s", analysis.FormatNumber(round(sum.Mean())), analysis.FormatNumber(round(margin)))}
	if t.Measure.LowerBetter {
		b.Lo, b.Hi = math.Inf(-1), sum.Mean()+margin
	}
	b.Lo, b.Hi = round(b.Lo), round(b.Hi)
	return b, nil
}

// inputBound is the range of a column's hourly means before, half as wide
// again on either side; ok is false where the mean after lies within it.
func inputBound(ctx context.Context, table *analysis.Table, t analysis.Triage, where analysis.Where, column string) (b Bound, ok bool, err error) {
	s, err := table.Trend(ctx, column, where, time.Hour)
	if err != nil {
		return b, false, err
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, bucket := range s.Buckets {
		if bucket.Known >= fewestRows && t.Windows.Before.Contains(s.At(i)) {
			lo, hi = min(lo, bucket.Mean()), max(hi, bucket.Mean())
		}
	}
	if lo > hi {
		return b, false, nil
	}
	room := widened * (hi - lo)
	b = Bound{Column: column, Lo: round(lo - room), Hi: round(hi + room),
		Why: fmt.Sprintf("hourly means before were %s to %s", analysis.FormatNumber(round(lo)), analysis.FormatNumber(round(hi)))}
	after := s.Over(t.Windows.After)
	return b, after.Known > 0 && (after.Mean() < b.Lo || after.Mean() > b.Hi), nil
}

// round keeps five digits: a bound is for people.
func round(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	unit := math.Pow(10, 4-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*unit) / unit
}

// over sums quality within a window.
func over(table *analysis.Table, where analysis.Where, w analysis.Window) (analysis.Sum, error) {
	_, rows, err := table.Split(where, analysis.Windows{After: w})
	if err != nil {
		return analysis.Sum{}, err
	}
	return sum(table.Quality(), rows), nil
}
