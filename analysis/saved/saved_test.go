package saved

import (
	"math"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// plant is six days of two lines; from day three on, L2 is dark and half wrong
// where broken says so of the day.
func plant(t *testing.T, broken func(day int) bool) *analysis.Table {
	t.Helper()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	bright := analysis.NewBuilder(analysis.Field{Name: "brightness", Role: analysis.RoleFeature, Type: analysis.Number})
	correct := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	for i := range 6 * 24 * 60 {
		name := []string{"L1", "L2"}[i%2]
		bad := name == "L2" && broken(i/(24*60))
		clock.Time(start.Add(time.Duration(i) * time.Minute).UnixNano())
		line.Text(name)
		level, good := 100+float64(i%7), 1.
		if (i/2)%20 == 0 {
			good = 0
		}
		if bad {
			level, good = 40, float64((i/2)%2)
		}
		bright.Number(level)
		correct.Number(good)
	}
	table, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), bright.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func day(from, to int) analysis.Window {
	return analysis.Window{From: start.AddDate(0, 0, from), To: start.AddDate(0, 0, to)}
}

// TestIncidentBecomesACheck: what an incident leaves breaks on that incident,
// holds once it is fixed, and breaks when it comes back.
func TestIncidentBecomesACheck(t *testing.T) {
	broken := plant(t, func(day int) bool { return day >= 3 })
	triage, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: broken})
	if err != nil {
		t.Fatal(err)
	}
	check, err := Propose(t.Context(), broken, triage, nil)
	if err != nil {
		t.Fatal(err)
	}
	if check.Where.String() != "line=L2" || len(check.Bounds) != 2 || check.Bounds[1].Column != "brightness" {
		t.Fatalf("the check is %+v", check)
	}
	if lo := check.Bounds[0].Lo; lo < .8 || lo > .95 {
		t.Errorf("quality must be at least %v, before it was .95", lo)
	}
	for name, c := range map[string]struct {
		table *analysis.Table
		w     analysis.Window
		want  State
	}{
		"the incident itself": {broken, day(4, 5), Broken},
		"before it":           {broken, day(1, 2), Holds},
		"fixed":               {plant(t, func(int) bool { return false }), day(5, 6), Holds},
		"back":                {plant(t, func(day int) bool { return day == 5 }), day(5, 6), Broken},
		"no rows":             {broken, day(8, 9), Unknown},
	} {
		results, err := check.Run(t.Context(), c.table, c.w)
		if err != nil {
			t.Fatal(err)
		}
		if got := Worst(results); got != c.want {
			t.Errorf("%s: %s (%+v), want %s", name, got, results, c.want)
		}
	}
}

func TestProposeNeedsAChange(t *testing.T) {
	table := plant(t, func(int) bool { return false })
	triage, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: table})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Propose(t.Context(), table, triage, nil); err == nil {
		t.Error("a quiet log must give no check")
	}
}

func TestRunNeedsItsColumns(t *testing.T) {
	table := plant(t, func(int) bool { return false })
	for _, c := range []Check{{Where: analysis.Where{analysis.Is("lain", "L2")}}, {Bounds: []Bound{{Column: "sharpness"}}}} {
		if _, err := c.Run(t.Context(), table, day(0, 1)); err == nil || !strings.Contains(err.Error(), "no column") {
			t.Errorf("%+v gives %v", c, err)
		}
	}
}

func TestWorst(t *testing.T) {
	of := func(states ...State) []Result {
		var out []Result
		for _, s := range states {
			out = append(out, Result{State: s})
		}
		return out
	}
	for _, c := range []struct {
		results []Result
		want    State
	}{{nil, Unknown}, {of(Holds, Holds), Holds}, {of(Holds, Unknown), Unknown}, {of(Unknown, Holds), Unknown}, {of(Unknown, Broken, Holds), Broken}} {
		if got := Worst(c.results); got != c.want {
			t.Errorf("%v is %s, want %s", c.results, got, c.want)
		}
	}
	if _, err := Find([]Check{{Name: "a"}, {ID: 2, Name: "a"}}, "b"); err == nil || !strings.Contains(err.Error(), "the file has a") {
		t.Errorf("got %v", err)
	}
	if math.Abs(round(123.456789)-123.46) > 1e-9 {
		t.Error("five digits are kept")
	}
}

// Quality is broken once all of its interval is: few rows of it stray. A column
// is broken with its mean.
func TestJudge(t *testing.T) {
	sum := func(good, n int) analysis.Sum {
		return analysis.Sum{Rows: n, Known: n, Good: float64(good), GoodSq: float64(good)}
	}
	for _, c := range []struct {
		column string
		sum    analysis.Sum
		want   State
	}{
		{Quality, sum(44, 50), Holds}, {Quality, sum(880, 1000), Broken},
		{"confidence", sum(44, 50), Broken}, {"confidence", sum(46, 50), Holds}, {"confidence", sum(0, fewestRows-1), Unknown},
	} {
		r := Result{Bound: Bound{Column: c.column, Lo: .9, Hi: 1}}
		if r.judge(c.sum, analysis.Proportion); c.want != Unknown && r.State != c.want || c.want == Unknown && r.State == Broken {
			t.Errorf("%s %.0f of %d: %q, want %q", c.column, c.sum.Good, c.sum.Known, r.State, c.want)
		}
	}
}

func TestRound(t *testing.T) {
	for v, want := range map[float64]float64{0: 0, 12.345678: 12.346, -0.000123456: -0.00012346, 987654: 987650, math.Inf(1): math.Inf(1)} {
		if got := round(v); math.Abs(got-want) > 1e-12*math.Abs(want) {
			t.Errorf("%v is rounded to %v, want %v", v, got, want)
		}
	}
}
