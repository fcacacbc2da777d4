package noninferiority

import (
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// plant is days of three lines with 200 rows an hour, of which every tenth is
// wrong, and more where worse says so (wrong ones of ten, by line and day).
func plant(t *testing.T, days int, worse func(line string, day int) int) *analysis.Table {
	t.Helper()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	correct := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	for i := range days * 24 * 60 {
		at := start.Add(time.Duration(i) * time.Minute)
		name := []string{"L1", "L2", "L3"}[i%3]
		clock.Time(at.UnixNano())
		line.Text(name)
		good := 1.
		if (i/3)%10 < worse(name, i/(24*60)) {
			good = 0
		}
		correct.Number(good)
	}
	table, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func day(from, to int) analysis.Window {
	return analysis.Window{From: start.AddDate(0, 0, from), To: start.AddDate(0, 0, to)}
}

func TestTry(t *testing.T) {
	guilty := analysis.Where{analysis.Is("line", "L2")}
	for name, c := range map[string]struct {
		worse  func(line string, day int) int
		verify analysis.Window
		want   Verdict
		why    string
	}{
		"back":              {func(line string, day int) int { return 1 }, day(4, 6), Restored, "all rows and where it had dropped"},
		"still bad":         {func(line string, day int) int { return 1 + 4*is(line == "L2" && day >= 3) }, day(4, 6), NotRestored, ""},
		"only L2 a bit bad": {func(line string, day int) int { return 1 + is(line == "L2" && day >= 3) }, day(4, 6), NotRestored, "line=L2"},
		"L3 broken instead": {func(line string, day int) int { return 1 + is(line == "L3" && day >= 4) }, day(4, 6), NotRestored, "line=L3"},
		"too short":         {func(line string, day int) int { return 1 }, analysis.Window{From: start.AddDate(0, 0, 4), To: start.AddDate(0, 0, 4).Add(4 * time.Hour)}, Undecided, ""},
	} {
		got, err := Try(t.Context(), plant(t, 6, c.worse), Fix{Before: day(0, 3), Verify: c.verify, Guilty: guilty, Margin: .04})
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: %s by %s, want %s", name, got.Verdict, got.Why, c.want)
		}
		if c.want == Undecided && (got.More == 0 || len(got.Warnings) != 1) {
			t.Errorf("%s: %d labels are lacking, warnings %q", name, got.More, got.Warnings)
		}
		if len(got.Parts) != 2 {
			t.Errorf("%s: the slices beside are %v", name, got.Parts)
		}
	}
}

// TestTryComparesTheSameHours: nights are worse here and always were, so a
// night after the fix is as good as before.
func TestTryComparesTheSameHours(t *testing.T) {
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	correct := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	for i := range 6 * 24 * 60 {
		at := start.Add(time.Duration(i) * time.Minute)
		wrong := 1 + 3*is(at.Hour() < 8)
		clock.Time(at.UnixNano())
		correct.Number(float64(is(i%10 >= wrong)))
	}
	table, err := analysis.NewTable([]analysis.Column{clock.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	for hours, want := range map[int]float64{8: .6, 24: .8} {
		night := analysis.Window{From: start.AddDate(0, 0, 5), To: start.AddDate(0, 0, 5).Add(time.Duration(hours) * time.Hour)}
		got, err := Try(t.Context(), table, Fix{Before: day(0, 4), Verify: night, Margin: .1})
		if err != nil || got.Verdict != Restored || got.Whole.Before.Mean() != want {
			t.Errorf("%d hours: %+v, %v", hours, got.Whole, err)
		}
	}
}

func is(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestTryRefuses(t *testing.T) {
	table := plant(t, 2, func(string, int) int { return 1 })
	if _, err := Try(t.Context(), table, Fix{Before: day(0, 1), Verify: day(1, 2), Margin: .02, Guilty: analysis.Where{analysis.Is("linne", "L2")}}); err == nil || !strings.Contains(err.Error(), `"linne"`) {
		t.Errorf("an unknown column gives %v", err)
	}
	if _, err := Try(t.Context(), table, Fix{Before: day(0, 1), Margin: .02}); err == nil {
		t.Error("an empty window must be refused")
	}
}
