package ensemble

import (
	"context"
	"math"

	"andon/analysis"
)

// Which member broke? Not the one that fell most: on harder inputs all fall.
// It is the one that fell away from the others on the same rows:
//
//	right, member − mean of the others      before  +0.01   after  −0.22   ✗
//	differs from the others − they among    before   0.02   after   0.31   ✗
//	themselves                                      no label needed

// State is how a member came through.
type State string

const (
	Held    State = "held"               // not worse than before
	Fell    State = "fell with the rest" // worse, as the others are
	Broke   State = "broke"              // worse, and away from the others
	Unknown State = "unknown"            // too few rows tell
)

// Contrast is a difference after − before with its 95 % interval, which blocks
// of time widen (see [analysis.Clustered]). NaN where it cannot be told.
type Contrast struct {
	Delta    float64
	Interval analysis.Interval
}

// Standing is one member's. Value is what it adds to the vote in each window
// (see [Values]), empty where not valued. Calibration is the mean distance of
// its largest share from how often it was right, by bins of that share; NaN
// without shares. Apart is how its quality moved against the mean of the others
// on the same rows, the more the better; Strayed how its disagreement with them
// moved against theirs with each other, the less the better. Since is when a
// member that broke did so, nil where no moment stands out.
type Standing struct {
	State       State
	Value       [2]analysis.Sum
	Calibration [2]float64
	Apart       Contrast
	Strayed     Contrast
	Since       *analysis.Change
}

const (
	leastApart  = .02 // of a share: less is no breakage, however certain
	fewJudged   = 30  // rows a window: below them quality cannot be compared
	timeBlocks  = 24  // stretches of each window whose spread makes the interval
	fewStrayers = 3   // members: with two, who strayed from whom is not known
)

func (s *sitting) standings() []Standing {
	n := len(s.panel.Members)
	out := make([]Standing, n)
	var values [2][]analysis.Sum
	for side, rows := range s.rows {
		values[side] = Values(NewPoll(s.panel, rows))
	}
	for m := range out {
		st := &out[m]
		for side := range s.rows {
			if values[side] != nil {
				st.Value[side] = values[side][m]
			}
			st.Calibration[side] = s.calibration(m, s.rows[side])
		}
		st.Apart, st.Strayed = s.contrast(func(i int) float64 { return s.lead(m, i) }), Contrast{unknown, analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}}
		if n >= fewStrayers {
			st.Strayed = s.contrast(func(i int) float64 { return s.stray(m, i) })
		}
		st.State = s.state(m, *st)
	}
	return out
}

// lead is how much better member m did in a row than the mean of the others.
func (s *sitting) lead(m, row int) float64 {
	p := s.panel
	own, sum, n := worthOf(p, m, row), 0.0, 0.0
	for o := range p.Members {
		if v := worthOf(p, o, row); o != m && v == v {
			sum += v
			n++
		}
	}
	return own - sum/n
}

// worthOf is what a member's own answer was worth, the more the better; NaN
// where it gave none or the truth is unknown.
func worthOf(p *analysis.Panel, m, row int) float64 {
	v := p.Judge(p.Members[m].Said[row], p.Truth[row])
	if p.Amounts {
		return -v
	}
	return v
}

// stray is how far member m stands from the others in a row, less how far they
// stand from each other.
func (s *sitting) stray(m, row int) float64 {
	p := s.panel
	var own, among, n, pairs float64
	for a := range p.Members {
		for b := a + 1; b < len(p.Members); b++ {
			v := p.Apart(p.Members[a].Said[row], p.Members[b].Said[row])
			switch {
			case v != v:
			case a == m || b == m:
				own += v
				n++
			default:
				among += v
				pairs++
			}
		}
	}
	return own/n - among/pairs
}

// contrast compares the mean of value over the windows.
func (s *sitting) contrast(value func(row int) float64) Contrast {
	var mean [2]float64
	var interval [2]analysis.Interval
	for side, w := range []analysis.Window{s.windows.Before, s.windows.After} {
		groups := make([]analysis.Sum, timeBlocks)
		block := analysis.TimeBlocks(w, timeBlocks)
		known := 0
		for _, i := range s.rows[side] {
			v := value(i)
			if v == v {
				known++
			}
			g := &groups[block(s.times[i])]
			g.Note(v)
		}
		if known < fewJudged {
			return Contrast{unknown, analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}}
		}
		mean[side], interval[side] = analysis.Clustered(groups)
	}
	d, i := analysis.Minus(mean[1], interval[1], mean[0], interval[0])
	return Contrast{d, i}
}

// state judges by labels where there are enough, else by disagreement.
func (s *sitting) state(m int, st Standing) State {
	least := leastApart
	if s.panel.Amounts {
		least = 0
	}
	own := s.contrast(func(i int) float64 { return worthOf(s.panel, m, i) })
	switch {
	case own.Delta == own.Delta:
		switch {
		case !(own.Interval.Hi < 0):
			return Held
		case st.Apart.Interval.Hi < 0 && st.Apart.Delta <= -least:
			return Broke
		}
		return Fell
	case st.Strayed.Delta == st.Strayed.Delta:
		if st.Strayed.Interval.Lo > 0 && st.Strayed.Delta >= least {
			return Broke
		}
	}
	return Unknown
}

// date finds when each broken member did: where its agreement with the equal
// vote of the others fell most, which needs no labels and so has most rows.
func (r *Report) date(ctx context.Context, t *analysis.Table, p *analysis.Panel, where analysis.Where) error {
	for _, m := range r.Broken() {
		series, err := away(ctx, t, p, m, where)
		if err != nil {
			return err
		}
		changes, _ := analysis.Changes(series)
		r.Standings[m].Since = analysis.Worst(changes)
	}
	return nil
}

// away is how member m agrees with the equal vote of the others over time.
func away(ctx context.Context, t *analysis.Table, p *analysis.Panel, m int, where analysis.Where) (analysis.Series, error) {
	others := Only(len(p.Members), func(o int) bool { return o != m })
	known := 0
	for _, said := range p.Members[m].Said {
		if said == said {
			known++
		}
	}
	series, err := t.Over(ctx, where, analysis.StepFor(t.Span(), known), func(i int) float64 {
		return p.Judge(p.Members[m].Said[i], Vote(p, others, i))
	})
	if series.LowerBetter = p.Amounts; !p.Amounts {
		series.Scale = analysis.Proportion
	}
	return series, err
}
