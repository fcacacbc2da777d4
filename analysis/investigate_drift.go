package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Without labels, a quiet estimate is no proof: a model can be just as sure of
// pictures it has never met, and a bad release is sure of its mistakes. So the
// inputs and the answers are asked too:
//
//	estimate    ▇▇▇▇▇▇▇▇▇▇▇▇▇▇   "no change"?
//	contrast    ▂▂▂▂▂▂▂▂▆▆▆▆▆▆   not to be told without labels
//	"tilted"    ▄▄▄▄▄▄▄▄▁▁▁▁▁▁   three in ten answers, then none
//
// Such a triage names the moment and what moved, and stays inconclusive.

// How far an input or an answer must move to put a quiet estimate in doubt.
//
// Source: practice rounds; on quiet weeks the light and the mix stay below.
const (
	driftStep  = 2   // of a number, in standard deviations of the start
	driftShare = .05 // of the rows, with values the start never had
	driftClass = .08 // of the answers, for one class
	driftZ     = 8   // standard errors of the step
	driftSteps = 3   // changes from which a column is one that always moves
)

// drift is a column that moved and stayed moved.
type drift struct {
	column string
	change Change
	says   string
}

// silentDrift finds the input, or the class of answer, that moved most over the
// rows of where, nil where none did. The log's first quarter is what the rest is
// compared with. Ramps and columns that keep moving (counters, campaigns) do
// not count. Cost: a profile and a change search an input or class.
func silentDrift(ctx context.Context, log Log, where Where) (*drift, error) {
	span := log.Span()
	edge := span.From.Add(span.Duration() / 4)
	w := Windows{Window{span.From, edge}, Window{edge, span.To}}
	var found *drift
	for _, f := range log.Fields() {
		answer := f.Role == RolePrediction && f.Type == Text
		if !shown(f) && !answer {
			continue
		}
		p, err := log.Profile(ctx, f.Name, where, w)
		if err != nil {
			return nil, fmt.Errorf("look whether %q moved: %w", f.Name, err)
		}
		if answer {
			found = further(found, answerDrift(p))
		} else {
			found = further(found, inputDrift(p, edge.Add(span.Duration()/20)))
		}
	}
	return found, nil
}

// further is the drift that stands out more; nil is none.
func further(a, b *drift) *drift {
	if a == nil || b != nil && math.Abs(b.change.Z) > math.Abs(a.change.Z) {
		return b
	}
	return a
}

// answerDrift is the largest step of the share of one answer.
func answerDrift(p Profile) *drift {
	var best *drift
	for i, bin := range p.Bins {
		if bin.Null || bin.Other || i >= mostClassesWatched {
			continue
		}
		changes, _ := Changes(p.share(func(k int) bool { return k == i }))
		for _, c := range changes {
			if c.Ramp || len(changes) > driftSteps || math.Abs(c.Z) < driftZ || math.Abs(c.After-c.Before) < driftClass {
				continue
			}
			best = further(best, &drift{p.Field.Name, c, fmt.Sprintf("%s=%s went from %.0f %% to %.0f %% of the answers",
				p.Field.Name, bin.Value, 100*c.Before, 100*c.After)})
		}
	}
	return best
}

// mostClassesWatched is how many answers are followed, the most frequent first.
const mostClassesWatched = 8

// inputDrift is the largest step of one input; new values count from a while
// after the start only.
func inputDrift(p Profile, settled time.Time) *drift {
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
		best = further(best, d)
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
	return p.share(func(i int) bool { return unseen[i] })
}

// share is the share of rows per block in the bins that count.
func (p Profile) share(counts func(bin int) bool) Series {
	return p.blocks(Proportion, func(b Block) Sum {
		var out Sum
		for i, bin := range b.Bins {
			out.Known += bin.Rows
			if counts(i) {
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

// doubt looks for an input or an answer that moved while the estimated quality stayed. If
// there is one, the triage is about that moment, with the evidence there is,
// and inconclusive; it reports whether it is.
func doubt(ctx context.Context, q Inquiry, t *Triage) (bool, error) {
	found, err := silentDrift(ctx, q.Log, q.Where)
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
	if err := explain(ctx, q, t, nil); err != nil {
		return false, err
	}
	if err := weighEvidence(ctx, q, t); err != nil {
		return false, err
	}
	t.Verdict.Outcome = Inconclusive
	t.Verdict.Why = fmt.Sprintf("%s stayed within its band, but from %s on %s, and %s", t.Measure.Metric, day(at.Onset), found.says, BlindSpot)
	return true, nil
}
