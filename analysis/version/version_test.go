package version_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/version"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func sum(good, known float64) analysis.Sum {
	return analysis.Sum{Rows: int(known), Known: int(known), Good: good, GoodSq: good}
}

// Oracle: the same formulas worked in Python with exact fractions.
func TestMantelHaenszel(t *testing.T) {
	got := version.MantelHaenszel([]version.Stratum{{A: sum(84, 90), B: sum(27, 30)}, {A: sum(8, 10), B: sum(71, 90)}, {A: sum(5, 5), B: sum(4, 5)}, {A: sum(3, 4)}})
	want := version.Pooled{Difference: -0.03970588235294119, Interval: analysis.Interval{Lo: -0.14786156697530062, Hi: 0.06844980226941826}, P: 0.4595748241129239, Strata: 3, Known: [2]int{105, 125}}
	for _, pair := range [][2]float64{{got.Difference, want.Difference}, {got.Interval.Lo, want.Interval.Lo}, {got.Interval.Hi, want.Interval.Hi}, {got.P, want.P}} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("%v, want %v", pair[0], pair[1])
		}
	}
	if got.Strata != want.Strata || got.Known != want.Known {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Of 95 % intervals about 95 % hold the true difference, for few large strata
// and for many of three rows.
func TestMantelHaenszelCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	draw := func(n int, p float64) analysis.Sum {
		good := 0.0
		for range n {
			if random.Float64() < p {
				good++
			}
		}
		return sum(good, float64(n))
	}
	for _, tt := range []struct{ strata, a, b int }{{4, 120, 60}, {300, 2, 1}} {
		held, rounds := 0, 600
		for range rounds {
			var strata []version.Stratum
			for range tt.strata {
				level := .6 + .3*random.Float64()
				strata = append(strata, version.Stratum{A: draw(tt.a, level), B: draw(tt.b, level-.1)})
			}
			if i := version.MantelHaenszel(strata).Interval; i.Lo <= -.1 && i.Hi >= -.1 {
				held++
			}
		}
		if share := float64(held) / float64(rounds); share < .92 || share > .98 {
			t.Errorf("%d strata of %d and %d rows: %.3f hold the truth, want about .95", tt.strata, tt.a, tt.b, share)
		}
	}
}

func TestPoolMeansOfOneStratum(t *testing.T) {
	amounts := func(values ...float64) analysis.Sum {
		var s analysis.Sum
		for _, v := range values {
			s = s.Add(analysis.Sum{Rows: 1, Known: 1, Good: v, GoodSq: v * v})
		}
		return s
	}
	got := version.PoolMeans([]version.Stratum{{A: amounts(1, 2, 3), B: amounts(3, 4, 5)}})
	half := 1.959963984540054 * math.Sqrt(1./3+1./3) // both variances are 1
	if got.Difference != 2 || math.Abs(got.Interval.Hi-(2+half)) > 1e-9 {
		t.Errorf("%+v, want 2 ± %v", got, half)
	}
}

// plant is a log of two lines, the second much harder, in which chance tells
// the version and the share right.
func plant(t *testing.T, rows int, answer func(i int, line string, random *rand.Rand) (version string, right float64)) *analysis.Table {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	clock := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}}
	field := func(name string, role analysis.Role) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: analysis.Text})
	}
	line, release, correct := field("line", analysis.RoleDimension), field("model_version", analysis.RoleVersion), field("correct", analysis.RoleCorrect)
	for i := range rows {
		clock.Times = append(clock.Times, monday.Add(time.Duration(i)*time.Minute).UnixNano())
		l := []string{"L1", "L2"}[random.IntN(2)]
		v, right := answer(i, l, random)
		line.Text(l)
		release.Text(v)
		correct.Text(map[bool]string{true: "true", false: "false"}[random.Float64() < right])
	}
	tab, err := analysis.NewTable([]analysis.Column{clock, line.Column(), release.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func level(line string) float64 {
	if line == "L2" {
		return .7
	}
	return .95
}

// A canary that gets mostly the hard line looks bad and is not.
func TestCompareOnTheSameTraffic(t *testing.T) {
	tab := plant(t, 8000, func(_ int, line string, random *rand.Rand) (string, float64) {
		chance := .1
		if line == "L2" {
			chance = .9
		}
		if random.Float64() < chance {
			return "new", level(line)
		}
		return "old", level(line)
	})
	c, err := version.Compare(context.Background(), tab, "model_version", "old", "new", tab.Span(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Crude.Interval.Hi > -.1 {
		t.Errorf("crude %+v: the test's own mix should mislead", c.Crude)
	}
	if !c.Told() || c.Interval.Lo > 0 || c.Interval.Hi < 0 || math.Abs(c.Difference) > .04 || !slices.Equal(c.By, []string{"line"}) {
		t.Errorf("pooled %+v by %v, want no difference by line", c.Pooled, c.By)
	}
	if len(c.Warnings) != 0 {
		t.Errorf("warnings %v", c.Warnings)
	}
}

// One after the other: no number, and a warning that says confounded. One line
// each: the line is named.
func TestCompareWithoutOverlap(t *testing.T) {
	after := plant(t, 3000, func(i int, line string, _ *rand.Rand) (string, float64) {
		if i < 1500 {
			return "old", level(line)
		}
		return "new", .6
	})
	c, err := version.Compare(context.Background(), after, "model_version", "old", "new", after.Span(), nil)
	if err != nil || c.Told() || len(c.Warnings) != 1 || !strings.HasPrefix(c.Warnings[0], "confounded:") {
		t.Errorf("%+v, %v; want confounded", c, err)
	}
	// Hours of one, minutes of both, hours of the other: only the minutes count.
	handed := plant(t, 6000, func(i int, line string, _ *rand.Rand) (string, float64) {
		if i < 3000 || i < 3060 && i%2 == 0 {
			return "old", level(line)
		}
		return "new", .6
	})
	c, err = version.Compare(context.Background(), handed, "model_version", "old", "new", handed.Span(), nil)
	if err != nil || c.Known[0] > 30 || c.Known[1] > 30 {
		t.Errorf("compared on %v rows, %v; want those of the minutes of both alone", c.Known, err)
	}
	beside := plant(t, 3000, func(_ int, line string, _ *rand.Rand) (string, float64) {
		return map[string]string{"L1": "old", "L2": "new"}[line], level(line)
	})
	c, err = version.Compare(context.Background(), beside, "model_version", "old", "new", beside.Span(), nil)
	if err != nil || !slices.Equal(c.Stuck, []string{"line"}) || !strings.Contains(strings.Join(c.Warnings, " "), "confounded with line") {
		t.Errorf("stuck %v, warnings %v, %v; want confounded with line", c.Stuck, c.Warnings, err)
	}
	if _, err = version.Compare(context.Background(), beside, "modl_version", "old", "new", beside.Span(), nil); err == nil || !strings.Contains(err.Error(), "model_version") {
		t.Errorf("error %v, want one that names model_version", err)
	}
}

// Everything gets worse by 5 points at the middle, and L2 by 10 more with the
// version that only L2 got. Oracle: what was put in.
func TestStaged(t *testing.T) {
	tab := plant(t, 40_000, func(i int, line string, _ *rand.Rand) (string, float64) {
		right := level(line)
		if i < 20_000 {
			return "old", right
		}
		if line == "L2" {
			return "new", right - .15
		}
		return "old", right - .05
	})
	middle := monday.Add(20_000 * time.Minute)
	w := analysis.Windows{Before: analysis.Window{From: monday, To: middle}, After: analysis.Window{From: middle, To: tab.Span().To}}
	r, err := version.Staged(context.Background(), tab, "model_version", "new", w, nil)
	if err != nil || r == nil {
		t.Fatalf("%+v, %v", r, err)
	}
	if r.By != "line" || !slices.Equal(r.Treated, []string{"L2"}) || !slices.Equal(r.Control, []string{"L1"}) || !r.Parallel || r.Warnings != nil {
		t.Errorf("%+v", r)
	}
	if r.Effect.Interval.Lo > -.1 || r.Effect.Interval.Hi < -.1 || math.Abs(r.Effect.Delta+.1) > .03 {
		t.Errorf("effect %v in %v, want -0.10", r.Effect.Delta, r.Effect.Interval)
	}
	if r, err := version.Staged(context.Background(), tab, "model_version", "old", w, nil); r != nil || err != nil {
		t.Errorf("old was not rolled out: %+v, %v", r, err)
	}
}

func TestLineage(t *testing.T) {
	tab := plant(t, 6000, func(i int, line string, _ *rand.Rand) (string, float64) {
		if i >= 4800 || i >= 3600 && line == "L2" {
			return "new", .9
		}
		return "old", .9
	})
	event := analysis.Event{Time: monday.Add(60 * time.Hour), Kind: "deploy", Title: "new everywhere soon"}
	reigns, err := version.Lineage(context.Background(), tab, "model_version", nil, []analysis.Event{event})
	if err != nil || len(reigns) != 2 {
		t.Fatalf("%+v, %v", reigns, err)
	}
	old, fresh := reigns[0], reigns[1]
	if old.Value != "old" || !old.First.Equal(monday) || old.Event != nil || old.Takes != 0 || old.Rows+fresh.Rows != 6000 {
		t.Errorf("old %+v", old)
	}
	if fresh.Value != "new" || fresh.Place["line"] != "L2" || fresh.Event == nil || fresh.Event.Title != event.Title {
		t.Errorf("new %+v", fresh)
	}
	if hours := fresh.Takes.Hours(); hours < 19 || hours > 21 {
		t.Errorf("taking over took %v, want 20 h", fresh.Takes)
	}
}

// A column that is not there has no lineage, and a version without labels no
// comparison.
func TestNothingKnown(t *testing.T) {
	tab := plant(t, 400, func(i int, _ string, _ *rand.Rand) (string, float64) { return []string{"old", "new"}[i%2], .9 })
	if reigns, err := version.Lineage(t.Context(), tab, "release", nil, nil); reigns != nil || err != nil {
		t.Errorf("a column that is not there: %v, %v", reigns, err)
	}
	c, err := version.Compare(t.Context(), tab, "model_version", "old", "never seen", tab.Span(), nil)
	if err != nil || c.Told() || len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "has no row of known quality here") {
		t.Errorf("%+v, %v", c, err)
	}
}
