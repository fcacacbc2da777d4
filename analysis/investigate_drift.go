package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Without labels, a quiet estimate is no proof: a model can be just as sure of
// pictures it has never met. So the inputs are asked too:
//
//	estimate    ▇▇▇▇▇▇▇▇▇▇▇▇▇▇   "no change"?
//	contrast    ▂▂▂▂▂▂▂▂▆▆▆▆▆▆   not to be told without labels
//
// Such a triage names the moment and what moved, and stays inconclusive.

// How far an input must move to put a quiet estimate in doubt.
//
// Source: on quiet practice weeks ordinary drift of the light stays below.
const (
	driftStep  = 2   // of a number, in standard deviations of the start
	driftShare = .05 // of the rows, with values the start never had
	driftZ     = 8   // standard errors of the step
	driftSteps = 3   // changes from which a column is one that always moves
)

// drift is an input that moved and stayed moved.
type drift struct {
	column string
	change Change
	says   string
}

// inputDrift finds the input that moved most over the rows of where, nil where
// none did. The log's first quarter is what the rest is compared with. Ramps
// and columns that keep moving (counters, campaigns) do not count. Cost: a
// profile and a change search an input.
func inputDrift(ctx context.Context, log Log, where Where) (*drift, error) {
	span := log.Span()
	edge := span.From.Add(span.Duration() / 4)
	w := Windows{Window{span.From, edge}, Window{edge, span.To}}
	var found *drift
	for _, f := range log.Fields() {
		if !shown(f) {
			continue
		}
		p, err := log.Profile(ctx, f.Name, where, w)
		if err != nil {
			return nil, fmt.Errorf("look whether %q moved: %w", f.Name, err)
		}
		if d := driftOf(p, edge.Add(span.Duration()/20)); d != nil && (found == nil || math.Abs(d.change.Z) > math.Abs(found.change.Z)) {
			found = d
		}
	}
	return found, nil
}

// driftOf is the largest step of one column; new values count from a while
// after the start only.
func driftOf(p Profile, settled time.Time) *drift {
	s, scale := p.means()
	if p.Field.Type == Text {
		s, scale = p.novelty(), 1
	}
	changes, _ := Changes(s)
	if len(changes) > driftSteps || !(scale > 0) {
		return nil
	}
	var best *drift
	for _, c := range changes {
		size := (c.After - c.Before) / scale
		switch {
		case c.Ramp || math.Abs(c.Z) < driftZ:
			continue
		case p.Field.Type == Text && (size < driftShare || c.Onset.Before(settled)):
			continue
		case p.Field.Type == Number && math.Abs(size) < driftStep:
			continue
		}
		d := &drift{column: p.Field.Name, change: c, says: fmt.Sprintf("%s moved by %.1f standard deviations", p.Field.Name, size)}
		if p.Field.Type == Text {
			d.says = fmt.Sprintf("%.0f %% of the rows have a %s never seen before", 100*size, p.Field.Name)
		}
		if best == nil || math.Abs(c.Z) > math.Abs(best.change.Z) {
			best = d
		}
	}
	return best
}

// means are a number's mean per block of both windows, and its standard
// deviation before.
func (p Profile) means() (s Series, sd float64) {
	_, _, sd = moments(p.Before)
	return p.blocks(Amount, func(b Block) Sum { return Sum{b.N, b.N, b.Sum, b.SumSq} }), sd
}

// novelty is the share of rows per block with a value that Before never had.
func (p Profile) novelty() Series {
	unseen := make([]bool, len(p.Bins))
	for i, c := range singleCells(p) {
		unseen[i] = c.Before.Rows == 0 && !p.Bins[i].Null && !p.Bins[i].Other
	}
	return p.blocks(Proportion, func(b Block) Sum {
		var out Sum
		for i, bin := range b.Bins {
			out.Known += bin.Rows
			if unseen[i] {
				out.Good += float64(bin.Rows)
			}
		}
		out.Rows, out.GoodSq = out.Known, out.Good
		return out
	})
}

// blocks are the blocks of both windows as one series; Before ends where After
// begins.
func (p Profile) blocks(scale Scale, sum func(Block) Sum) Series {
	s := Series{Name: p.Field.Name, Scale: scale, Step: blockStep(p.Before, p.After)}
	for _, b := range slices.Concat(p.Before, p.After) {
		if len(s.Buckets) == 0 {
			s.Start = b.Start
		}
		s.Buckets = append(s.Buckets, sum(b))
	}
	return s
}

// doubt looks for an input that moved while the estimated quality stayed. If
// there is one, the triage is about that moment, with the evidence there is,
// and inconclusive; it reports whether it is.
func doubt(ctx context.Context, q Inquiry, t *Triage) (bool, error) {
	found, err := inputDrift(ctx, q.Log, q.Where)
	if err != nil || found == nil {
		return false, err
	}
	at := found.change
	at.Lost = 0
	at.Before, at.After = t.Series.Over(Window{q.Log.Span().From, at.Onset}).Mean(), t.Series.Over(Window{at.Onset, q.Log.Span().To}).Mean()
	t.Onset = &at
	windows, warnings := ProposeWindows(q.Log.Span(), at, nil)
	t.Windows = windows
	t.Warnings = append(t.Warnings, warnings...)
	if err := explain(ctx, q, t); err != nil {
		return false, err
	}
	if err := weighEvidence(ctx, q, t); err != nil {
		return false, err
	}
	t.Verdict.Outcome = Inconclusive
	t.Verdict.Why = fmt.Sprintf("%s stayed within its band, but from %s on %s, and %s", t.Measure.Metric, day(at.Onset), found.says, BlindSpot)
	return true, nil
}
