package version_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/version"
)

// Two versions, the second first at L2 alone, ten points worse: the report has
// its line, its rollout, and its cells, which add up to the log.
func TestStudy(t *testing.T) {
	const rows = 20_000
	tab := plant(t, rows, func(i int, line string, _ *rand.Rand) (string, float64) {
		if i >= rows/2 && line == "L2" {
			return "new", level(line) - .1
		}
		return "old", level(line)
	})
	middle := monday.Add(rows / 2 * time.Minute)
	w := analysis.Windows{Before: analysis.Window{From: monday, To: middle}, After: analysis.Window{From: middle, To: tab.Span().To}}
	r, err := version.Study(context.Background(), tab, w, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lineage) != 2 || len(r.Comparisons) != 1 || len(r.Rollouts) != 1 || len(r.Grids) != 1 {
		t.Fatalf("%d versions, %d comparisons, %d rollouts, %d grids", len(r.Lineage), len(r.Comparisons), len(r.Rollouts), len(r.Grids))
	}
	if e := r.Rollouts[0].Effect; e.Interval.Hi >= 0 || math.Abs(e.Delta+.1) > .04 {
		t.Errorf("rollout %v in %v, want -0.10", e.Delta, e.Interval)
	}
	sum := 0
	for _, row := range r.Grids[0].Cells {
		for _, cell := range row {
			sum += cell[0].Rows + cell[1].Rows
		}
	}
	if g := r.Grids[0]; g.By != "line" || len(g.Values) != 2 || len(g.Versions) != 2 || sum != rows {
		t.Errorf("grid by %s of %v and %v with %d rows", g.By, g.Values, g.Versions, sum)
	}
	if bare, err := version.Study(context.Background(), only(t, tab, "time", "line", "correct"), w, nil, nil, nil); err != nil || bare.Lineage != nil {
		t.Errorf("without versions: %+v, %v", bare, err)
	}
}

// A rollout that reaches everybody in the end is measured while it had not.
func TestStudyOfARolloutThatEnds(t *testing.T) {
	const rows = 20_000
	tab := plant(t, rows, func(i int, line string, _ *rand.Rand) (string, float64) {
		if i >= 15_000 || i >= rows/2 && line == "L2" {
			return "new", level(line) - .1
		}
		return "old", level(line)
	})
	r, err := version.Study(context.Background(), tab, analysis.Windows{Before: tab.Span()}, nil, nil, nil)
	if err != nil || len(r.Rollouts) != 1 {
		t.Fatalf("%+v, %v", r.Rollouts, err)
	}
	if roll := r.Rollouts[0]; roll.By != "line" || roll.Effect.Interval.Hi >= 0 || math.Abs(roll.Effect.Delta+.1) > .05 {
		t.Errorf("%+v", roll)
	}
}

// Lines that moved apart before anything was rolled out are no fair control, and
// the rollout says so.
func TestARolloutBetweenLinesThatDriftApart(t *testing.T) {
	const rows = 20_000
	tab := plant(t, rows, func(i int, line string, _ *rand.Rand) (string, float64) {
		v, q := "old", level(line)
		if line == "L2" {
			if q -= .3 * float64(i) / rows; i >= rows/2 {
				v = "new"
			}
		}
		return v, q
	})
	r, err := version.Study(context.Background(), tab, analysis.Windows{Before: tab.Span()}, nil, nil, nil)
	if err != nil || len(r.Rollouts) != 1 {
		t.Fatalf("%+v, %v", r.Rollouts, err)
	}
	if roll := r.Rollouts[0]; roll.Parallel || len(roll.Warnings) != 1 || !strings.Contains(roll.Warnings[0], "moved apart from L1 already before new") {
		t.Errorf("parallel %t, %q", roll.Parallel, roll.Warnings)
	}
}

// only is the table with some of its columns.
func only(t *testing.T, tab *analysis.Table, names ...string) *analysis.Table {
	t.Helper()
	var columns []analysis.Column
	for _, name := range names {
		columns = append(columns, *tab.Column(name))
	}
	out, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
