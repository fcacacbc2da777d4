package warning

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/slo"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// plant is a log of days, 20 rows an hour on each of two lines, the nights
// darker and less sure; change alters a row.
func plant(t *testing.T, days int, change func(day float64, line int, sure, light *float64)) *analysis.Table {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	sure := analysis.NewBuilder(analysis.Field{Name: "confidence", Role: analysis.RoleConfidence, Type: analysis.Number})
	light := analysis.NewBuilder(analysis.Field{Name: "brightness", Role: analysis.RoleFeature, Type: analysis.Number})
	for i := range days * 24 * 40 {
		at := monday.Add(time.Duration(i) * time.Hour / 40)
		s, b := .9+.05*random.NormFloat64(), 100+10*random.NormFloat64()
		if at.Hour() < 8 {
			s, b = s-.05, b-20
		}
		change(at.Sub(monday).Hours()/24, i%2, &s, &b)
		if b < 0 {
			continue // never logged
		}
		clock.Time(at.UnixNano())
		line.Text(fmt.Sprintf("L%d", 1+i%2))
		sure.Number(max(0, min(1, s)))
		light.Number(b)
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), sure.Column(), light.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// Models are watched one by one as lines are.
func TestWatchModelByModel(t *testing.T) {
	lines := plant(t, 21, func(day float64, line int, sure, _ *float64) {
		if line == 1 && day > 12 {
			*sure -= .1
		}
	})
	var columns []analysis.Column
	for _, f := range lines.Fields() {
		c := *lines.Column(f.Name)
		if f.Name == "line" {
			c.Name, c.Role = "model", analysis.RoleModel
		}
		columns = append(columns, c)
	}
	tab, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Watch(context.Background(), tab, time.Time{})
	if err != nil || len(r.Warnings) == 0 {
		t.Fatalf("%+v, %v", r.Warnings, err)
	}
	for _, w := range r.Warnings {
		for _, a := range w.Alarms {
			if a.Where.String() == "model=L2" {
				return
			}
			if a.Where.String() == "model=L1" {
				t.Errorf("the model that is as ever: %s", a)
			}
		}
	}
	t.Errorf("no alarm of model L2: %+v", r.Warnings)
}

func TestWatch(t *testing.T) {
	calm := func(float64, int, *float64, *float64) {}
	for _, c := range []struct {
		name     string
		days     int
		change   func(day float64, line int, sure, light *float64)
		warnings int
		grave    bool
		first    string
	}{
		{"nights are darker, always", 21, calm, 0, false, ""},
		{"too short to learn", 7, calm, 0, false, ""},
		{"one line gets less sure over four days", 21, func(day float64, line int, sure, _ *float64) {
			if line == 1 {
				*sure -= .1 * max(0, min(1, (day-12)/4))
			}
		}, 1, true, "confidence fell"},
		{"more sure is no harm", 21, func(day float64, _ int, sure, _ *float64) {
			if day > 12 {
				*sure += .05
			}
		}, 0, false, ""},
		{"darker, and the model does not mind", 21, func(day float64, line int, _, light *float64) {
			if day > 12 && line == 0 {
				*light -= 15
			}
		}, 1, false, "brightness fell on line=L1"},
		{"most rows of a line are lost", 21, func(day float64, line int, _, light *float64) {
			if day > 12 && line == 1 && int(day*24*40)%10 != 1 {
				*light = -1
			}
		}, 1, true, "rows a half hour fell on line=L2"},
		{"one bad shift", 21, func(day float64, _ int, sure, _ *float64) {
			if day >= 12 && day < 12+1./3 {
				*sure -= .3
			}
		}, 0, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Watch(context.Background(), plant(t, c.days, c.change), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Warnings) != c.warnings || (len(r.Notes) > 0) != (c.days < 14) {
				t.Fatalf("%d warnings, notes %q: %+v", len(r.Warnings), r.Notes, r.Warnings)
			}
			if c.warnings > 0 {
				w := r.Warnings[0]
				if w.Grave != c.grave || !strings.HasPrefix(w.Alarms[0].String(), c.first) {
					t.Errorf("grave %v, %q; want %v, %q", w.Grave, w.Alarms[0], c.grave, c.first)
				}
				if since := w.Alarms[0].From.Sub(monday.Add(12 * 24 * time.Hour)); since < -24*time.Hour || since > 48*time.Hour {
					t.Errorf("it began on day 12, %v is told", w.Alarms[0].From)
				}
			}
		})
	}
}

// A band of blocks that only chance moves calls its own blocks usual, and its
// stray is a standard normal number whatever the level, the unrest and the rows.
func TestStrayIsNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		level, unrest := rapid.Float64Range(-50, 50).Draw(t, "level"), rapid.Float64Range(0, 3).Draw(t, "unrest")
		rows := rapid.IntRange(20, 200).Draw(t, "rows")
		draw := func() analysis.Sum {
			mean, s := level+unrest*random.NormFloat64(), analysis.Sum{}
			for range rows {
				s.Note(mean + 5*random.NormFloat64())
			}
			return s
		}
		g := grid{slots: 1, learn: 21, blocks: 21}
		squares, n := 0.0, 120
		for range n {
			blocks := make([]analysis.Sum, 21)
			for i := range blocks {
				blocks[i] = draw()
			}
			b, ok := g.learnBand(blocks, 0, 21)
			if !ok {
				t.Fatal("21 blocks teach no band")
			}
			z := b.stray(0, draw())
			squares += z * z
		}
		if sd := math.Sqrt(squares / float64(n)); sd < .6 || sd > 1.6 {
			t.Fatalf("stray has a standard deviation of %.2f", sd)
		}
	})
}

func TestHealth(t *testing.T) {
	r, err := Watch(context.Background(), plant(t, 17, func(day float64, line int, sure, _ *float64) {
		if line == 1 && day > 13 {
			*sure -= .1
		}
	}), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	onset := analysis.Change{Onset: monday}
	objective, _ := slo.Parse("accuracy>=90%")
	lines := Health(r, []slo.Standing{{Objective: objective, State: slo.OK, Why: "met"}, {Objective: objective, State: slo.Out, Why: "burns"}},
		analysis.Triage{Onset: &onset, Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Likely}})
	for i, want := range []Line{
		{Business, Bad, "accuracy>=90%: burns"},
		{ML, Look, "confidence fell on line=L2 since 2026-03-15"},
		{Problem, Bad, "floor, likely, since 2026-03-02 00:00 UTC"},
		{Ops, NoData, "the log has nothing to watch here"},
		{Data, OK, "all 12 bands kept"},
	} {
		if got := lines[i]; got.Room != want.Room || got.State != want.State || !strings.HasPrefix(got.Text, want.Text) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	for _, l := range Health(Report{Notes: []string{"too short"}}, nil, analysis.Triage{}) {
		if l.State != NoData {
			t.Errorf("nothing is known, %s is %s", l.Room, l.State)
		}
	}
}

// Rows of lines that log in turn are thinned out alike.
func TestSampleHasNoBeat(t *testing.T) {
	for _, every := range []uint32{1, 2, 3, 7} {
		for period := 1; period <= 24; period++ {
			taken := make([]int, period)
			for i := range 24_000 {
				if sampled(i, every) {
					taken[i%period]++
				}
			}
			want := 24_000 / float64(period) / float64(every)
			for k, n := range taken {
				if math.Abs(float64(n)-want) > 5*math.Sqrt(want) {
					t.Errorf("one of %d, %d lines in turn: line %d has %d rows, about %.0f wanted", every, period, k, n, want)
				}
			}
		}
	}
}

// A line a room: the strongest alarm of the last week, and how many others.
func TestHealthCountsTheRest(t *testing.T) {
	now := monday.AddDate(0, 0, 20)
	alarm := func(name string, effect float64, ago time.Duration) Alarm {
		return Alarm{Indicator: Indicator{Name: name, Room: ML}, Raised: now.Add(-ago), From: now.Add(-ago), Effect: effect}
	}
	r := Report{Watched: analysis.Window{From: monday, To: now}, Tracks: map[Room]int{ML: 3}, Warnings: []Warning{
		{Alarms: []Alarm{alarm("votes", 1, time.Hour), alarm("confidence", 3, time.Hour), alarm("latency", 9, 8*24*time.Hour)}}}}
	for _, want := range []string{"confidence fell", "; 1 more"} {
		if got := Health(r, nil, analysis.Triage{})[1]; got.State != Look || !strings.Contains(got.Text, want) {
			t.Errorf("%+v, want %q", got, want)
		}
	}
	r.Warnings[0].Alarms = r.Warnings[0].Alarms[1:]
	if got := Health(r, nil, analysis.Triage{})[1]; strings.Contains(got.Text, "more") {
		t.Errorf("one alarm: %+v", got)
	}
}
