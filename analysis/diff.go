package analysis

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"andon/analysis/twosample"
)

// What is different? Every column is compared between the windows, and ranked
// by how much its difference matters for the drop:
//
//	              distribution moved?           do its bins tell the drop?
//	column ──▶ effect, noise floor taken off × relevance ──▶ rank
//	           p from permuted blocks of time
//	           q over all columns              "changed" = q and effect both

// A column has changed where its q is below diffQ and the lower bound of one of
// its effects exceeds a size worth a line.
//
// Source: methods 2.2 and 2.3.
const (
	diffQ     = .01
	leastJS   = .05 // Jensen-Shannon distance, nats
	leastStep = .1  // shift in standard deviations of Before
)

// diffable reports whether a column's distribution is worth comparing: all but
// times, ids, free text and the truth itself.
func diffable(f Field) bool {
	if f.Type != Text && f.Type != Number {
		return false
	}
	switch f.Role {
	case RoleDimension, RoleFeature, RoleConfidence, RoleLatency, RoleStatus, RoleModel,
		RoleVersion, RolePrediction, RoleVote, RoleReviewer:
		return true
	}
	return f.Derived() && f.Type == Number
}

// Diff compares every column between the windows over the rows of where, the
// one that matters most first: changed ones before the others, then by
// Relevance × distance, an answer of the model counting half (it is a symptom),
// ties by effect and name.
//
// Effect is the Jensen-Shannon distance of a text column, 0..0.83; the shift of
// the mean in standard deviations of Before for a number that went up or down;
// its transport distance in the same unit where it went wider or narrower; and
// the rise of the share of nulls where Direction is "missing". The noise floor
// is taken off each. Interval is its 95 % interval, P holds for rows that
// follow each other in time, Q for all columns together.
//
// Columns without values in a window, or with one value throughout, are there
// with P = 1. An error comes from the log only. Cost: one profile a column and
// 299 relabellings of its blocks. Source: methods 2.
func Diff(ctx context.Context, log Log, w Windows, where Where) ([]Signal, error) {
	fields := slices.DeleteFunc(slices.Clone(log.Fields()), func(f Field) bool { return !diffable(f) })
	compared := make([]columnDiff, len(fields))
	err := eachOf(log, len(fields), func(i int) error {
		p, err := log.Profile(ctx, fields[i].Name, where, w)
		if err != nil {
			return fmt.Errorf("compare %q between the windows: %w", fields[i].Name, err)
		}
		compared[i] = diffProfile(p, log.Measure())
		return nil
	})
	if err != nil {
		return nil, err
	}
	p := make([]float64, len(compared))
	for i, c := range compared {
		p[i] = c.signal.P
	}
	for i, q := range twosample.BenjaminiHochberg(p) {
		s := &compared[i].signal
		s.Q = q
		s.Changed = q < diffQ && compared[i].large
		s.Why = compared[i].why()
	}
	slices.SortStableFunc(compared, byMatter)
	signals := make([]Signal, len(compared))
	for i, c := range compared {
		signals[i] = c.signal
	}
	return signals, nil
}

func byMatter(a, b columnDiff) int {
	return cmp.Or(
		cmp.Compare(side(b.signal.Changed), side(a.signal.Changed)),
		cmp.Compare(b.matter(), a.matter()),
		cmp.Compare(b.distance, a.distance),
		cmp.Compare(a.signal.Column, b.signal.Column),
	)
}

// columnDiff is a signal with what its rank and its sentence need.
type columnDiff struct {
	signal   Signal
	distance float64 // Jensen-Shannon distance, or that of the nulls if larger
	large    bool    // some effect's lower bound is worth a line
	nulls    [2]float64
	means    [2]float64
}

// symptom is what an answer of the model counts for against an input.
const symptom = .5

// matter is what a signal ranks by. A little is given for distance alone, so
// that columns rank even where nothing is known about quality.
func (c columnDiff) matter() float64 {
	m := c.distance * (c.signal.Relevance + .01)
	switch c.signal.Profile.Field.Role {
	case RolePrediction, RoleConfidence, RoleVote, RoleStatus, RoleLatency:
		return m * symptom
	}
	return m
}

// diffProfile compares one column: its values, its mean, its nulls. P is the
// smallest of their p times their number.
func diffProfile(p Profile, m Measure) columnDiff {
	c := columnDiff{signal: Signal{Column: p.Field.Name, Direction: "mix", P: 1, Q: 1, Profile: p}}
	c.nulls = nullShares(p)
	seed := fnv.New64a()
	seed.Write([]byte(p.Field.Name))
	values, p1 := testBins(p, seed.Sum64(), false)
	tests, least := 1.0, p1
	c.distance = values.distance()
	c.large = math.Sqrt(values.lo) > leastJS
	c.signal.Effect = values.distance()
	c.signal.Interval = Interval{math.Sqrt(values.lo), math.Sqrt(values.hi)}
	c.signal.Unseen = unseenShare(p)
	if c.signal.Unseen > 2*unseenByChance(p) && c.signal.Unseen >= leastUnseen {
		c.signal.Direction = "new values"
	}
	if p.Field.Type == Number {
		step, p2, means := testMean(p, seed.Sum64())
		c.means = means
		tests, least = tests+1, min(least, p2)
		c.large = c.large || step.lo() > leastStep
		c.point(step)
	}
	if c.nulls[0]+c.nulls[1] > 0 {
		gaps, p3 := testBins(p, seed.Sum64(), true)
		tests, least = tests+1, min(least, p3)
		c.large = c.large || math.Sqrt(gaps.lo) > leastJS
		c.gap(gaps)
	}
	c.signal.P = min(1, tests*least)
	c.signal.Relevance, c.signal.Told = relevance(p, m)
	c.warn()
	return c
}

// point sets effect and direction of a number.
func (c *columnDiff) point(step shift) {
	p := c.signal.Profile
	n0, _, sd0 := moments(p.Before)
	n1, _, sd1 := moments(p.After)
	if n0 == 0 || n1 == 0 {
		return
	}
	up := Interval{max(0, math.Abs(step.size)-1.96*step.se), math.Abs(step.size) + 1.96*step.se}
	c.signal.Effect, c.signal.Interval, c.signal.Direction = step.beyond(), up, "up"
	if step.size < 0 {
		c.signal.Direction = "down"
	}
	spread := transport(p)
	widened := math.Abs(math.Log(max(1e-9, sd1)/max(1e-9, sd0))) > max(.1, step.beyond())
	if spread > step.beyond() && (widened || step.lo() == 0) {
		c.signal.Effect, c.signal.Direction = spread, "wider"
		c.signal.Interval = Interval{max(0, spread-1.96*step.se), spread + 1.96*step.se}
		if sd1 < sd0 {
			c.signal.Direction = "narrower"
		}
	}
}

// gap lets the nulls speak for the column where more of them is what changed.
func (c *columnDiff) gap(gaps separation) {
	if rise := c.nulls[1] - c.nulls[0]; rise > 0 && gaps.distance() > c.distance {
		c.signal.Direction = "missing"
		c.signal.Effect = rise
		c.signal.Interval = Interval{rise * bounded(gaps.lo, gaps.raw), rise * max(1, bounded(gaps.hi, gaps.raw))}
	}
	c.distance = max(c.distance, gaps.distance())
}

// bounded is √(bound/raw): a bound of a squared distance as a factor.
func bounded(bound, raw float64) float64 {
	if raw <= 0 {
		return 0
	}
	return math.Sqrt(bound / raw)
}

// fewRows is below how many values a window's distribution is called thin.
const fewRows = 50

func (c *columnDiff) warn() {
	rows := [2]int{}
	for s, blocks := range [][]Block{c.signal.Profile.Before, c.signal.Profile.After} {
		for _, b := range blocks {
			for i, sum := range b.Bins {
				if !c.signal.Profile.Bins[i].Null {
					rows[s] += sum.Rows
				}
			}
		}
	}
	for s, name := range []string{"before", "after"} {
		if rows[s] < fewRows {
			c.signal.Warnings = append(c.signal.Warnings,
				fmt.Sprintf("only %d rows %s have a value of %s; its difference is uncertain", rows[s], name, c.signal.Column))
		}
	}
}
