package practice

import (
	"context"
	"time"

	"andon/analysis"
)

// Guess is what a hurried person says who is told the true onset: the cause is
// whatever the nearest event is about, and the guilty rows are those of the
// single value whose rate fell most.
type Guess struct {
	Cause analysis.Cause
	Where analysis.Where
}

// blamed is the cause that comes to mind with an event of a kind; for other
// kinds, and where nothing was written down, the model is to blame.
var blamed = map[string]analysis.Cause{
	"deploy": analysis.Model, "config": analysis.Pipeline, "pipeline": analysis.Pipeline,
	"material": analysis.Floor, "staffing": analysis.Floor, "schedule": analysis.Traffic,
	"maintenance": analysis.Sensor, "sensor": analysis.Sensor, "label": analysis.Labels, "infra": analysis.Service,
}

func guess(r *Round) Guess {
	g := Guess{Cause: analysis.Model}
	nearest := 48 * time.Hour
	for _, e := range r.Events {
		if off := e.Time.Sub(r.Key.Onset).Abs(); off < nearest {
			nearest = off
			if cause, ok := blamed[e.Kind]; ok {
				g.Cause = cause
			} else {
				g.Cause = analysis.Model
			}
		}
	}
	if !r.Key.Quiet() {
		g.Where = steepest(r)
	}
	return g
}

// fewLabelled is below how many labelled rows on a side a value is passed
// over.
const fewLabelled = 30

// steepest is the value of one column whose rate fell most, the first among
// equals.
func steepest(r *Round) analysis.Where {
	span := r.Log.Span()
	w := analysis.Windows{Before: analysis.Window{From: span.From, To: r.Key.Onset}, After: analysis.Window{From: r.Key.Onset, To: span.To}}
	var where analysis.Where
	most := 0.0
	for _, f := range r.Log.Fields() {
		switch f.Role {
		case analysis.RoleDimension, analysis.RoleVersion, analysis.RoleReviewer:
		default:
			continue
		}
		leaves, err := r.Log.Leaves(context.Background(), []analysis.Dimension{{Column: f.Name}}, nil, w)
		must(err)
		for _, c := range leaves.Cells {
			if min(c.Before.Known, c.After.Known) < fewLabelled {
				continue
			}
			fell := c.Before.Mean() - c.After.Mean()
			if r.Log.Measure().LowerBetter {
				fell = -fell
			}
			if fell > most {
				most, where = fell, analysis.Where{leaves.Values[0][c.Key[0]]}
			}
		}
	}
	return where
}
