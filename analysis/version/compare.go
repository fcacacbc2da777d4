package version

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"andon/analysis"
)

// Comparison is value B of a column against value A over a window. Crude is the
// plain difference of their means; Pooled the difference on the same traffic,
// cells of time and of By. Shared is the part of each side's known rows that
// lie in cells both answered. Stuck are the columns that tell the two apart
// completely, so that a difference may be theirs. All differences are on the
// scale of the measure.
type Comparison struct {
	Column string
	A, B   string
	Sums   [2]analysis.Sum
	Crude  analysis.Quality
	Pooled
	By       []string
	Stuck    []string
	Shared   [2]float64
	Warnings []string
}

const (
	blocks      = 48  // cells of time over the window, before columns cut further
	mostBy      = 3   // columns that cut
	mostValues  = 40  // of a column that cuts
	uneven      = .05 // Cramér's V from which a column is no accident
	complete    = .98 // and from which it tells the sides apart
	enough      = .5  // of B's rows must stay in shared cells
	fewShared   = 30  // known rows a side below which nothing is compared
	littleShare = .5  // of B's rows shared below which it is said aloud
)

// Compare pools b − a over cells of like traffic within w and where. Cells are
// stretches of time, cut further by the columns over which the two are spread
// most unevenly, as long as half of B's rows keep a counterpart. Fewer than 30
// known rows of either in shared cells give no pooled difference and a warning.
// An unknown column is an error. Cost: a few passes over the rows of the two.
func Compare(ctx context.Context, t *analysis.Table, column, a, b string, w analysis.Window, where analysis.Where) (Comparison, error) {
	c := Comparison{Column: column, A: a, B: b}
	sides := analysis.Windows{After: w}
	var rows [2][]int
	for side, value := range []string{a, b} {
		_, in, err := t.Split(append(slices.Clone(where), analysis.Is(column, value)), sides)
		if err != nil {
			return c, fmt.Errorf("compare %s %s with %s: %w", column, a, b, err)
		}
		rows[side] = in
	}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	m := newMeeting(t, rows)
	c.Sums = m.sums()
	c.Crude = analysis.CompareQuality(t.Measure(), c.Sums[0], c.Sums[1])
	c.By, c.Stuck = m.cut(column, where)
	strata := m.strata(c.By)
	c.Pooled = pool(t.Measure().Scale, strata)
	for side := range c.Shared {
		c.Shared[side] = float64(c.Known[side]) / float64(max(1, c.Sums[side].Known))
	}
	c.caution()
	return c, nil
}

func (c *Comparison) caution() {
	warn := func(format string, args ...any) { c.Warnings = append(c.Warnings, fmt.Sprintf(format, args...)) }
	if min(c.Sums[0].Known, c.Sums[1].Known) == 0 {
		c.void()
		warn("%s or %s has no row of known quality here", c.A, c.B)
		return
	}
	if min(c.Known[0], c.Known[1]) < fewShared {
		c.void()
		warn("confounded: %s and %s hardly ever answered the same traffic at the same time (%d and %d known rows); what differs may be anything that changed with them. Run both on the same inputs, or replay one on the other's", c.A, c.B, c.Known[0], c.Known[1])
		return
	}
	if c.Shared[1] < littleShare {
		warn("only %.0f %% of the rows of %s have a counterpart: the difference says nothing of the rest", 100*c.Shared[1], c.B)
	}
	if len(c.Stuck) > 0 {
		warn("confounded with %s: its values tell %s and %s apart, so the difference may be its own", strings.Join(c.Stuck, " and "), c.A, c.B)
	}
}

// void takes the pooled difference back.
func (c *Comparison) void() {
	c.Difference, c.P = math.NaN(), 1
	c.Interval = analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
}

// Told reports whether there is a pooled difference.
func (c Comparison) Told() bool { return c.Difference == c.Difference }
