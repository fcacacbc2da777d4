package analysis

import (
	"context"
	"math"
	"strings"
	"testing"

	"andon/analysis/twosample"
)

// signalsOf are the signals of a log by column, and their order.
func signalsOf(t *testing.T, table *Table, w Windows) (map[string]Signal, []string) {
	t.Helper()
	signals, err := Diff(context.Background(), table, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	by, order := map[string]Signal{}, []string{}
	for _, s := range signals {
		by[s.Column] = s
		order = append(order, s.Column)
		if s.P < 0 || s.P > 1 || s.Q < s.P-1e-12 || s.Relevance < 0 || s.Relevance > 1 || math.IsNaN(s.Effect) || s.Why == "" {
			t.Errorf("signal out of its ranges: %+v", s)
		}
	}
	return by, order
}

func TestDiffRanksWhatMatters(t *testing.T) {
	table, w := gloves(t)
	by, order := signalsOf(t, table, w)
	if order[0] != "brightness" {
		t.Fatalf("order %v, want brightness first", order)
	}
	s := by["brightness"]
	if !s.Changed || s.Direction != "down" || s.Relevance < .8 || math.Abs(s.Unseen-1./3) > .01 {
		t.Errorf("brightness: %+v", s)
	}
	for _, quiet := range []string{"noise", "shift", "line"} {
		if by[quiet].Changed {
			t.Errorf("%s changed: %s", quiet, by[quiet].Why)
		}
	}
}

// directions is a log of a row a minute over four days, changing at hour 48.
func TestDiffDirections(t *testing.T) {
	const rows, turn = 96 * 60, 48 * 60
	w := Windows{Before: hoursWindow(0, 48), After: hoursWindow(48, 96)}
	minutes := make([]int, rows)
	noise := func(i int) float64 { return float64(i*7919%1000)/1000 - .5 }
	for i := range minutes {
		minutes[i] = i
	}
	number := func(f func(i int, after bool) float64) []float64 {
		out := make([]float64, rows)
		for i := range out {
			out[i] = f(i, i >= turn)
		}
		return out
	}
	text := func(f func(i int, after bool) string) []string {
		out := make([]string, rows)
		for i := range out {
			out[i] = f(i, i >= turn)
		}
		return out
	}
	table := tableOf(t, minuteColumn(minutes...),
		numberColumn("up", RoleFeature, number(func(i int, after bool) float64 { return noise(i) + .5*float64(side(after)) })...),
		numberColumn("wider", RoleFeature, number(func(i int, after bool) float64 { return noise(i) * float64(1+2*side(after)) })...),
		numberColumn("narrower", RoleFeature, number(func(i int, after bool) float64 { return noise(i) / float64(1+2*side(after)) })...),
		numberColumn("still", RoleFeature, number(func(i int, after bool) float64 { return noise(i) })...),
		numberColumn("missing", RoleFeature, number(func(i int, after bool) float64 {
			if after && i%2 == 0 {
				return math.NaN()
			}
			return noise(i)
		})...),
		numberColumn("frame.luma", RoleFeature, number(func(i int, after bool) float64 {
			if i%50 != 0 {
				return math.NaN()
			}
			return noise(i/50*41) - 2*float64(side(after))
		})...),
		textColumn("fresh", RoleDimension, text(func(i int, after bool) string {
			if after && i%4 == 0 {
				return "new"
			}
			return "old"
		})...),
		textColumn("mix", RoleDimension, text(func(i int, after bool) string {
			if i%4 < 1+2*side(after) {
				return "a"
			}
			return "b"
		})...),
		textColumn("constant", RoleDimension, text(func(int, bool) string { return "x" })...),
	)
	by, _ := signalsOf(t, table, w)
	for _, c := range []struct {
		column, direction string
		changed           bool
		effect            float64
	}{
		{"up", "up", true, math.Sqrt(3)}, // half of a unit against an sd of 1/√12
		{"wider", "wider", true, math.NaN()},
		{"narrower", "narrower", true, math.NaN()},
		{"still", "up", false, 0},
		{"missing", "missing", true, .5},
		{"frame.luma", "down", true, math.NaN()},
		{"fresh", "new values", true, math.NaN()},
		{"mix", "mix", true, math.Sqrt(twosample.JSD([]float64{1, 3}, []float64{3, 1}))},
		{"constant", "mix", false, 0},
	} {
		s := by[c.column]
		if s.Changed != c.changed || (c.changed && s.Direction != c.direction) {
			t.Errorf("%s: changed %v, %s; want %v, %s (%s)", c.column, s.Changed, s.Direction, c.changed, c.direction, s.Why)
		}
		if !math.IsNaN(c.effect) && math.Abs(s.Effect-c.effect) > .05 {
			t.Errorf("%s: effect %.3f, want %.3f", c.column, s.Effect, c.effect)
		}
		if s.Relevance != 0 {
			t.Errorf("%s: relevance %v where nothing is known about quality", c.column, s.Relevance)
		}
	}
	if s := by["fresh"]; math.Abs(s.Unseen-.25) > 1e-9 {
		t.Errorf("fresh: %v unseen, want a quarter", s.Unseen)
	}
}

func TestDiffOfLittle(t *testing.T) {
	w := Windows{Before: hoursWindow(0, 1), After: hoursWindow(1, 2)}
	table := tableOf(t, minuteColumn(0, 10, 70), textColumn("line", RoleDimension, "a", "", "b"),
		numberColumn("v", RoleFeature, 1, math.NaN(), 2))
	by, _ := signalsOf(t, table, w)
	for name, s := range by {
		if s.Changed || len(s.Warnings) != 2 || !strings.Contains(s.Warnings[0], name) {
			t.Errorf("%s: changed %v, warnings %q", name, s.Changed, s.Warnings)
		}
	}
	by, _ = signalsOf(t, table, Windows{Before: hoursWindow(0, 2), After: hoursWindow(5, 6)})
	if s := by["v"]; s.P != 1 || s.Changed {
		t.Errorf("nothing after: p %v", s.P)
	}
}

func BenchmarkDiffColumn(b *testing.B) {
	table, w := gloves(b)
	p, err := table.Profile(context.Background(), "brightness", nil, w)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		diffProfile(p, table.Measure())
	}
}
