package claim

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"andon/analysis"
)

// A negative control is a place that the cause does not reach: its quality
// should not have moved.
//
//	line=L2  93 % → 5 %     accused
//	line=L1  92 % → 92 %    control held: the fault is at L2
//	line=L3  93 % → 71 %    control moved: it is not at L2 alone
//
// Without one, "L2 fell" may be "everything fell".

// Held is what a control says.
type Held string

const (
	Stayed  Held = "held"    // it did not fall, and was measured well enough to tell
	Moved   Held = "moved"   // it fell, too
	Unknown Held = "unknown" // too few rows to tell
)

// Controlled is one control: a slice beside the accused one, its quality, and
// what that says.
type Controlled struct {
	Where   analysis.Where
	Quality analysis.Quality
	Held    Held
}

// Query is the control's query; its slice is Where.
func (c Controlled) Query() string { return Control + " " + c.Where.String() }

// Claim is what the control says in one sentence.
func (c Controlled) Claim() string { return controlClaim(c.Quality, c.Where) }

// Result is the numbers it rests on.
func (c Controlled) Result(m analysis.Measure) string { return numbers(m, c.Quality) }

// mostControls are enough: one that held says that the fault is not everywhere.
const mostControls = 3

// Controls are the negative controls of a triage, offered by themselves: the
// other values of the guilty slice's first text column, those with most known
// rows first, within what else the slice asks for left out. None without a
// guilty slice or such a column. Errors come from the log. Cost: one pass.
func Controls(ctx context.Context, log analysis.Log, t analysis.Triage) ([]Controlled, error) {
	guilty := t.Guilty()
	if log == nil || guilty == nil || t.Quality == nil {
		return nil, nil
	}
	i := slices.IndexFunc(guilty.Where, func(c analysis.Condition) bool { return c.Op == analysis.Equal && isText(log, c.Column) })
	if i < 0 {
		return nil, nil
	}
	accused := guilty.Where[i]
	leaves, err := log.Leaves(ctx, []analysis.Dimension{{Column: accused.Column}}, nil, t.Windows)
	if err != nil {
		return nil, fmt.Errorf("look for negative controls in %s: %w", accused.Column, err)
	}
	var found []Controlled
	for _, cell := range leaves.Cells {
		condition := leaves.Values[0][cell.Key[0]]
		if condition.Op != analysis.Equal || condition.Value == accused.Value || condition.Value == "" || cell.Before.Known == 0 || cell.After.Known == 0 {
			continue
		}
		c := Controlled{Where: analysis.Where{condition}, Quality: analysis.CompareQuality(log.Measure(), cell.Before, cell.After)}
		c.Held = held(c.Quality, *t.Quality)
		found = append(found, c)
	}
	slices.SortStableFunc(found, func(a, b Controlled) int {
		return cmp.Compare(b.Quality.Before.Known+b.Quality.After.Known, a.Quality.Before.Known+a.Quality.After.Known)
	})
	return found[:min(mostControls, len(found))], nil
}

func isText(log analysis.Log, column string) bool {
	return slices.ContainsFunc(log.Fields(), func(f analysis.Field) bool { return f.Name == column && f.Type == analysis.Text })
}

// heldWithin is the part of the whole drop that a control's interval must keep
// within to have held: one that could hide half the drop tells nothing.
const heldWithin = .5

func held(q, whole analysis.Quality) Held {
	loss, most := -q.Interval.Hi, -q.Interval.Lo // of the control, at least and at most
	if q.LowerBetter {
		loss, most = q.Interval.Lo, q.Interval.Hi
	}
	switch {
	case loss > 0:
		return Moved
	case most <= heldWithin*max(whole.Loss(), 0):
		return Stayed
	}
	return Unknown
}

func controlClaim(q analysis.Quality, where analysis.Where) string {
	at := place(where)
	switch {
	case q.Before.Known == 0 || q.After.Known == 0:
		return "negative control " + at + ": nothing is known in one window"
	case q.Interval.Hi < 0 && !q.LowerBetter, q.Interval.Lo > 0 && q.LowerBetter:
		return "negative control " + at + " fell, too: the fault is not in the accused slice alone"
	}
	return "negative control " + at + " did not fall"
}
