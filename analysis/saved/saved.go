// Package saved makes a closed incident a check that runs without anyone
// looking: what broke then must hold now.
//
//	incident ──▶ Propose ──▶ Check: the slice, and bounds that held before
//	                            quality   ≥ the level before, less a margin
//	                            inputs    within what was usual before
//	new log  ──▶ Run ───────▶ holds · broken · unknown, a line for each bound
//
// Labels come late, so the bounds on inputs break first.
package saved

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"andon/analysis"
)

// Quality is the Column of the bound on quality itself.
const Quality = ""

// Bound is what must hold of a column's mean, or of quality, in the slice. An
// open side is infinite. Why says where the numbers come from.
type Bound struct {
	Column string
	Lo, Hi float64
	Why    string
}

// Check is a saved check: the slice, and what must hold in it. Incident is the
// record it came from, 0 for the file's own.
type Check struct {
	ID       int64
	Time     time.Time
	Author   string
	Incident int64
	Name     string
	Where    analysis.Where
	Bounds   []Bound
}

// State is how a bound stands.
type State string

const (
	Holds   State = "holds"
	Broken  State = "broken"  // beyond it by more than chance
	Unknown State = "unknown" // nothing there to judge: that is not health
)

// Result is one bound over a window: the value, its 95 % interval where there
// is one, and the rows it rests on.
type Result struct {
	Bound
	Value    float64
	Interval analysis.Interval
	Rows     int
	State    State
}

// fewestRows is how many known rows say anything.
const fewestRows = 10

func sum(values []float64, rows []int) analysis.Sum {
	s := analysis.Sum{Rows: len(rows)}
	for _, i := range rows {
		if v := values[i]; v == v {
			s.Known++
			s.Good += v
			s.GoodSq += v * v
		}
	}
	return s
}

// Run judges a window. Quality is broken where its whole interval lies beyond
// the bound, an input where its mean does; fewer than ten known rows are
// unknown. A column that the log does not have is an error.
func (c Check) Run(ctx context.Context, table *analysis.Table, w analysis.Window) ([]Result, error) {
	_, rows, err := table.Split(c.Where, analysis.Windows{After: w})
	if err != nil {
		return nil, err
	}
	out := make([]Result, 0, len(c.Bounds))
	for _, b := range c.Bounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := Result{Bound: b, State: Unknown, Value: math.NaN()}
		values, scale := table.Quality(), table.Measure().Scale
		if b.Column != Quality {
			column := table.Column(b.Column)
			if column == nil || column.Type != analysis.Number {
				return nil, fmt.Errorf("run the check %q: %w", c.Name, &analysis.ColumnError{Column: b.Column})
			}
			values, scale = column.Numbers, analysis.Amount
		}
		r.judge(sum(values, rows), scale)
		out = append(out, r)
	}
	return out, nil
}

func (r *Result) judge(s analysis.Sum, scale analysis.Scale) {
	r.Rows = s.Known
	if s.Known < fewestRows {
		return
	}
	r.Value, r.Interval = s.Mean(), analysis.MeanInterval(scale, s)
	r.State = Holds
	beyond := r.Interval.Hi < r.Lo || r.Interval.Lo > r.Hi
	if r.Column != Quality {
		beyond = r.Value < r.Lo || r.Value > r.Hi
	}
	if beyond {
		r.State = Broken
	}
}

// Worst is the state of all results together; none at all is unknown.
func Worst(results []Result) State {
	worst := Unknown
	for i, r := range results {
		if i == 0 || r.State == Broken || (r.State == Unknown && worst == Holds) {
			worst = r.State
		}
		if worst == Broken {
			break
		}
	}
	return worst
}

// Find is the last check of a name; the error lists the names there are.
func Find(checks []Check, name string) (Check, error) {
	names := []string{}
	for i := len(checks) - 1; i >= 0; i-- {
		if checks[i].Name == name {
			return checks[i], nil
		}
		names = append(names, checks[i].Name)
	}
	if len(names) == 0 {
		return Check{}, fmt.Errorf("no check %q: the file has none; save one with andon check FILE --save NAME", name)
	}
	return Check{}, fmt.Errorf("no check %q: the file has %s", name, strings.Join(names, ", "))
}
