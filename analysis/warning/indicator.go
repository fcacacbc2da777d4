package warning

import (
	"math"

	"andon/analysis"
)

// An indicator is a number per row whose mean moves before quality does:
//
//	ML    confidence falls, disagreement rises
//	OPS   latency (its logarithm) rises, failures rise
//	DATA  rows come no more; gaps: cells that are empty; a feature's mean moves
//	      either way; values unseen in the first days come
//
// NaN is a row of which the indicator is not known.

// Room is a room of the house.
type Room string

const (
	Business Room = "business"
	ML       Room = "ml"
	Problem  Room = "problem"
	Ops      Room = "ops"
	Data     Room = "data"
)

// Indicator is what is watched. Worse is the direction that does harm, 0 both.
// Least is the smallest move worth a word, however sure it is.
type Indicator struct {
	Name   string
	Room   Room
	Worse  int
	Least  float64
	logged bool             // of a logarithm
	volume bool             // of the rows themselves, by the half hour: track.go
	Input  bool             // of what the model is shown: it moves without harm, too
	values func() []float64 // one a row, made when it is their turn: a large log has no room for all
}

// indicators are those that a log has the columns for.
func indicators(t *analysis.Table, g grid) []Indicator {
	var all []Indicator
	if c := t.Role(analysis.RoleConfidence); c != nil && c.Type == analysis.Number {
		all = append(all, Indicator{Name: "confidence", Room: ML, Worse: -1, Least: .01, values: func() []float64 { return c.Numbers }})
	}
	if votes(t) {
		all = append(all, Indicator{Name: "disagreement", Room: ML, Worse: 1, Least: .02, values: func() []float64 { return disagreement(t) }})
	}
	if c := t.Role(analysis.RoleLatency); c != nil && c.Type == analysis.Number {
		all = append(all, Indicator{Name: "latency", Room: Ops, Worse: 1, Least: math.Log(1.2), logged: true, values: func() []float64 {
			return each(t, func(i int) float64 { return math.Log(max(1e-3, c.Numbers[i])) })
		}})
	}
	if c := t.Role(analysis.RoleStatus); c != nil {
		all = append(all, Indicator{Name: "failures", Room: Ops, Worse: 1, Least: .01, values: func() []float64 { return failures(t, c) }})
	}
	all = append(all, Indicator{Name: "gaps", Room: Data, Worse: 1, Least: .01, values: func() []float64 { return gaps(t) }})
	all = append(all, Indicator{Name: "rows a half hour", Room: Data, Worse: -1, Least: math.Log(2), volume: true})
	features := 0
	for _, f := range t.Fields() {
		if f.Role == analysis.RoleFeature && f.Type == analysis.Number && features < mostFeatures {
			features++
			c := t.Column(f.Name)
			all = append(all, Indicator{Name: f.Name, Room: Data, Input: true, values: func() []float64 { return c.Numbers }},
				Indicator{Name: f.Name + " unseen", Room: Data, Worse: 1, Least: .01, Input: true, values: func() []float64 { return unseen(c.Numbers, g) }})
		}
	}
	return all
}

// mostFeatures bounds how many features are watched: beyond, more bands would
// only raise the bar for each.
const mostFeatures = 24

func each(t *analysis.Table, value func(i int) float64) []float64 {
	values := make([]float64, t.Rows())
	for i := range values {
		values[i] = value(i)
	}
	return values
}

func b01(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// votes reports whether two members have a say in classes.
func votes(t *analysis.Table) bool {
	if t.Measure().Metric == analysis.MAE {
		return false
	}
	n := 0
	for _, f := range t.Fields() {
		if f.Role == analysis.RoleVote {
			n++
		}
	}
	return n >= 2
}

// disagreement is 1 where two members differ, NaN where fewer than two spoke.
func disagreement(t *analysis.Table) []float64 {
	p := t.Panel()
	return each(t, func(i int) float64 {
		first, differ := math.NaN(), math.NaN()
		for _, m := range p.Members {
			said := m.Said[i]
			switch {
			case said != said:
			case first != first:
				first = said
			case differ != 1:
				differ = b01(said != first)
			}
		}
		return differ
	})
}

func failures(t *analysis.Table, c *analysis.Column) []float64 {
	failed := map[string]float64{}
	return each(t, func(i int) float64 {
		text := c.String(i)
		v, met := failed[text]
		if !met {
			v = b01(analysis.Failed(text))
			failed[text] = v
		}
		return v
	})
}

// unseen is 1 where a number lies beyond all that the first days had.
func unseen(values []float64, g grid) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, v := range values {
		if b := g.block[i]; b >= 0 && b < g.learn && v == v {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	out := make([]float64, len(values))
	for i, v := range values {
		if out[i] = math.NaN(); v == v && lo <= hi {
			out[i] = b01(v < lo || v > hi)
		}
	}
	return out
}

// gaps is the share of a row's cells that are empty, of the columns that people
// and cameras do not fill in later.
func gaps(t *analysis.Table) []float64 {
	var columns []*analysis.Column
	for _, f := range t.Fields() {
		switch f.Role {
		case analysis.RoleLabel, analysis.RoleLabelTime, analysis.RoleReviewer, analysis.RoleCorrect, analysis.RoleFrame, analysis.RoleTime:
		default:
			columns = append(columns, t.Column(f.Name))
		}
	}
	return each(t, func(i int) float64 {
		empty := 0
		for _, c := range columns {
			if c.Null(i) {
				empty++
			}
		}
		return float64(empty) / float64(max(1, len(columns)))
	})
}
