package noninferiority

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// Fix is a countermeasure on trial: the window before the drop, the one after
// the countermeasure, the rows it is about, the guilty slice (nil for none) and
// how much worse than before is still well.
type Fix struct {
	Before, Verify analysis.Window
	Where          analysis.Where
	Guilty         analysis.Where
	Margin         float64
}

// Part is the answer for one slice.
type Part struct {
	Where analysis.Where
	Answer
}

// Trial is what came of a fix: the whole, the guilty slice (nil for none), the
// slices beside it, and what follows of all of them. Inflation is by how much
// rows resemble their neighbours.
type Trial struct {
	Whole     Answer
	Guilty    *Part
	Parts     []Part
	Verdict   Verdict
	Why       string
	Margin    float64
	Inflation float64
	More      int // labels that are lacking; 0 none, -1 no number is enough
	Warnings  []string
}

// mostParts bounds the slices of one column.
const mostParts = 8

// Try compares the window after a fix with the one before the drop:
//
//	restored       the whole and the guilty slice are both not worse than
//	               before by the margin, and no other slice is worse by more
//	not restored   one of them is worse by more
//	undecided      anything else: labels are too few, or are no labels at all
//
// All must pass, so no correction for their number is needed. The other slices
// are the values of the guilty slice's columns, by rows, at most eight a
// column. An unknown column, an empty window and a margin that is not positive
// are errors. Cost: a pass over the table a slice.
func Try(ctx context.Context, table *analysis.Table, fix Fix) (Trial, error) {
	t := Trial{Margin: fix.Margin}
	if fix.Before.Empty() || fix.Verify.Empty() {
		return t, fmt.Errorf("verify: the window before the drop and the one after the fix must hold some time")
	}
	only, err := table.Only(fix.Where)
	if err != nil {
		return t, err
	}
	j := judge{table: only, fix: fix}
	m := only.Measure()
	if j.question, err = j.ask(ctx, m); err != nil {
		return t, err
	}
	t.Inflation = j.question.Inflation
	if t.Whole, err = j.answer(nil); err != nil {
		return t, err
	}
	if len(fix.Guilty) > 0 {
		a, err := j.answer(fix.Guilty)
		if err != nil {
			return t, err
		}
		t.Guilty = &Part{fix.Guilty, a}
	}
	if t.Parts, err = j.parts(); err != nil {
		return t, err
	}
	t.conclude(m)
	t.Warnings = append(t.Warnings, fix.warnings()...)
	return t, nil
}

// judge asks one question of several slices.
type judge struct {
	table    *analysis.Table
	fix      Fix
	question Question
}

// ask finds out how much neighbouring rows resemble one another.
func (j judge) ask(ctx context.Context, m analysis.Measure) (Question, error) {
	q := Question{Scale: m.Scale, LowerBetter: m.LowerBetter, Margin: j.fix.Margin}
	shorter := min(j.fix.Before.Duration(), j.fix.Verify.Duration())
	series, err := j.table.Series(ctx, nil, max(time.Minute, min(time.Hour, (shorter/24).Truncate(time.Minute))))
	if err != nil {
		return q, err
	}
	q.Inflation = Inflation(m.Scale, buckets(series, j.fix.Before), buckets(series, j.fix.Verify))
	return q, nil
}

// buckets are those of a series that begin in a window.
func buckets(s analysis.Series, w analysis.Window) []analysis.Sum {
	var out []analysis.Sum
	for i, b := range s.Buckets {
		if w.Contains(s.At(i)) {
			out = append(out, b)
		}
	}
	return out
}

// answer compares the two windows within a slice.
func (j judge) answer(where analysis.Where) (Answer, error) {
	before, verify, err := j.table.Split(where, analysis.Windows{Before: j.fix.Before, After: j.fix.Verify})
	if err != nil {
		return Answer{}, err
	}
	return Test(j.sum(j.sameHours(before)), j.sum(verify), j.question)
}

// sameHours are the rows before that were made in the hours of the day that a
// verify window of less than a day holds: a night shift is not to be compared
// with all shifts.
func (j judge) sameHours(rows []int) []int {
	const day = int64(24 * time.Hour)
	if j.fix.Verify.Duration() >= 24*time.Hour {
		return rows
	}
	from, length := j.fix.Verify.From.UnixNano()%day, int64(j.fix.Verify.Duration())
	times := j.table.Role(analysis.RoleTime).Times
	kept := rows[:0:0]
	for _, i := range rows {
		if (times[i]%day-from+day)%day < length {
			kept = append(kept, i)
		}
	}
	return kept
}

func (j judge) sum(rows []int) analysis.Sum {
	s := analysis.Sum{Rows: len(rows)}
	quality := j.table.Quality()
	for _, i := range rows {
		if v := quality[i]; v == v {
			s.Known++
			s.Good += v
			s.GoodSq += v * v
		}
	}
	return s
}

// parts answers for the values of the guilty slice's text columns.
func (j judge) parts() ([]Part, error) {
	var parts []Part
	for _, c := range j.fix.Guilty {
		column := j.table.Column(c.Column)
		if column == nil || column.Type != analysis.Text {
			continue
		}
		var found []Part
		for _, value := range column.Dict {
			where := analysis.Where{analysis.Is(c.Column, value)}
			a, err := j.answer(where)
			if err != nil {
				return nil, err
			}
			if a.Before.Rows+a.Verify.Rows > 0 && where.String() != j.fix.Guilty.String() {
				found = append(found, Part{where, a})
			}
		}
		slices.SortStableFunc(found, func(a, b Part) int {
			return cmp.Compare(b.Before.Rows+b.Verify.Rows, a.Before.Rows+a.Verify.Rows)
		})
		parts = append(parts, found[:min(mostParts, len(found))]...)
	}
	return parts, nil
}

// conclude puts the answers together.
func (t *Trial) conclude(m analysis.Measure) {
	t.Verdict, t.Why = t.Whole.Verdict, "over all rows"
	if t.Guilty != nil && t.Verdict == Restored {
		t.Why = "over all rows and where it had dropped, " + t.Guilty.Where.String()
	}
	needed := []Answer{t.Whole}
	if t.Guilty != nil {
		needed = append(needed, t.Guilty.Answer)
		if rank(t.Guilty.Verdict) > rank(t.Verdict) {
			t.Verdict, t.Why = t.Guilty.Verdict, "where it had dropped, "+t.Guilty.Where.String()
		}
	}
	for _, p := range t.Parts {
		if p.Verdict == NotRestored && t.Verdict != NotRestored {
			t.Verdict, t.Why = NotRestored, "elsewhere, "+p.Where.String()+", which is now worse than before"
		}
	}
	for _, a := range needed {
		if a.Verdict != Undecided || t.More < 0 {
			continue
		}
		t.More = max(t.More, a.More)
		if a.More < 0 {
			t.More = -1
		}
	}
	if !m.Realised() {
		t.Verdict, t.Why = Undecided, "there are no labels, and an estimate proves nothing"
	}
}

// rank orders verdicts by how bad they are.
func rank(v Verdict) int { return slices.Index([]Verdict{Restored, Undecided, NotRestored}, v) }

// warnings are about the windows themselves.
func (f Fix) warnings() []string {
	var out []string
	if f.Verify.From.Before(f.Before.To) && f.Before.From.Before(f.Verify.To) {
		out = append(out, "the verify window overlaps the window before: the fix is compared with itself")
	}
	const day = 24 * time.Hour
	if d := f.Verify.Duration(); d < day && f.Before.Duration() >= day {
		out = append(out, fmt.Sprintf("the verify window is only %.1f h long: it is compared with the same hours before, and no other hour is verified", d.Hours()))
	}
	return out
}
