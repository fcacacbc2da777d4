package impact

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

var windows = analysis.Windows{
	Before: analysis.Window{From: monday, To: monday.Add(10 * time.Hour)},
	After:  analysis.Window{From: monday.Add(10 * time.Hour), To: monday.Add(14 * time.Hour)},
}

// story is rows of truth and answer, 100 an hour; "" is no label.
type story struct {
	truth, answer string
	before, after int // rows of this kind among the hundred
}

// table plays a story: 1,000 rows before, 400 after.
func table(t *testing.T, stories []story) *analysis.Table {
	t.Helper()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	label := analysis.NewBuilder(analysis.Field{Name: "label", Role: analysis.RoleLabel, Type: analysis.Text})
	answer := analysis.NewBuilder(analysis.Field{Name: "prediction", Role: analysis.RolePrediction, Type: analysis.Text})
	sure := analysis.NewBuilder(analysis.Field{Name: "confidence", Role: analysis.RoleConfidence, Type: analysis.Number})
	for h := range 14 {
		k := 0
		for _, s := range stories {
			n := s.before
			if h >= 10 {
				n = s.after
			}
			for range n {
				clock.Time(monday.Add(time.Duration(h)*time.Hour + time.Duration(k)*time.Second).UnixNano())
				answer.Text(s.answer)
				if s.truth == "" {
					label.Null()
				} else {
					label.Text(s.truth)
				}
				sure.Number(map[bool]float64{true: .95, false: .5}[s.truth == s.answer])
				k++
			}
		}
		if k != 100 {
			t.Fatalf("hour %d has %d rows", h, k)
		}
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), label.Column(), answer.Column(), sure.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// Worked out by hand. Before, of 100 rows an hour: 2 missed, 3 stopped for
// nothing, 1 taken for another defect. After: 12, 5 and 1, over 400 rows.
//
//	missed  (0.12 − 0.02) · 400 = 40    at 30 each  1,200
//	stops   (0.05 − 0.03) · 400 =  8    at  5 each     40
//	others  (0.01 − 0.01) · 400 =  0
//	review  (0.18 − 0.06) · 400 = 48 answers · 2 min = 96 min at 0.5 = 48
//	                                    1,288 in 4 hours, 322 an hour
func TestImpactByHand(t *testing.T) {
	tab := table(t, []story{
		{"ok", "ok", 80, 68}, {"tilted", "tilted", 14, 14},
		{"tilted", "ok", 2, 12}, {"ok", "tilted", 3, 5}, {"tilted", "missing", 1, 1},
	})
	i, err := Of(context.Background(), tab, windows, nil, Rates{Missed: 30, Stop: 5, Minute: .5, Minutes: 2, Below: .6})
	if err != nil {
		t.Fatal(err)
	}
	want := map[Kind][2]float64{Missed: {40, 1200}, Stop: {8, 40}, Other: {0, 0}, Review: {96, 48}}
	if len(i.Parts) != len(want) {
		t.Fatalf("%d parts, want %d", len(i.Parts), len(want))
	}
	for _, p := range i.Parts {
		w := want[p.Kind]
		if math.Abs(p.Excess-w[0]) > 1e-9 || math.Abs(p.Money()-w[1]) > 1e-9 {
			t.Errorf("%s: %v units, %v money; by hand %v", p.Kind, p.Excess, p.Money(), w)
		}
		if p.Excess < p.Interval.Lo || p.Excess > p.Interval.Hi {
			t.Errorf("%s: %v outside its interval %v", p.Kind, p.Excess, p.Interval)
		}
	}
	if total, hourly, ok := i.Money(); !ok || math.Abs(total-1288) > 1e-9 || math.Abs(hourly-322) > 1e-9 {
		t.Errorf("%v in all, %v an hour, known %v", total, hourly, ok)
	}
	if fmt.Sprint(i.Good) != "[ok]" || len(i.Warnings) != 0 {
		t.Errorf("good %v, warnings %q", i.Good, i.Warnings)
	}
}

// An even sample's impact is put on all rows: a tenth of the hundred an hour
// stands for ten times as many.
func TestImpactOver(t *testing.T) {
	tab := table(t, []story{{"ok", "ok", 90, 80}, {"tilted", "ok", 10, 20}})
	i, err := Of(t.Context(), tab, windows, nil, Rates{Missed: 2})
	if err != nil {
		t.Fatal(err)
	}
	all := i.Over(4000)
	if all.Rows != 4000 || math.Abs(all.Parts[0].Excess-400) > 1e-9 || math.Abs(all.Parts[0].Interval.Hi-10*i.Parts[0].Interval.Hi) > 1e-9 {
		t.Errorf("over 4,000 rows: %+v", all)
	}
	if i.Rows != 400 || math.Abs(i.Parts[0].Excess-40) > 1e-9 {
		t.Errorf("the sample's own has changed: %+v", i)
	}
}

// Missed and stopped change places with the class that means good; one price
// for all holds where kinds have none; what rests on guesses says so.
func TestImpactGood(t *testing.T) {
	stories := []story{{"a", "a", 60, 50}, {"b", "b", 36, 34}, {"b", "a", 4, 16}}
	excess := func(r Rates) (Impact, map[Kind]float64) {
		i, err := Of(context.Background(), table(t, stories), windows, nil, r)
		if err != nil {
			t.Fatal(err)
		}
		m := map[Kind]float64{}
		for _, p := range i.Parts {
			m[p.Kind] = math.Round(p.Excess)
		}
		return i, m
	}
	i, m := excess(Rates{Wrong: 2})
	if m[Missed] != 48 || m[Stop] != 0 || !strings.Contains(strings.Join(i.Warnings, " "), "taken for a good part") {
		t.Errorf("the more frequent class is good: %v, %q", m, i.Warnings)
	}
	if total, _, ok := i.Money(); !ok || math.Abs(total-96) > 1e-9 {
		t.Errorf("48 wrong answers at 2 cost %v", total)
	}
	if i, m = excess(Rates{Good: []string{"b"}}); m[Missed] != 0 || m[Stop] != 48 || len(i.Warnings) != 0 {
		t.Errorf("b is good: %v, %q", m, i.Warnings)
	}
	stories = append([]story{{"", "a", 60, 60}}, story{"b", "b", 30, 20}, story{"b", "a", 10, 20})
	if i, m = excess(Rates{}); !strings.Contains(strings.Join(i.Warnings, " "), "160 of 400 rows") || m[Stop]+m[Missed] != 100 {
		t.Errorf("unlabelled rows: %v, %q", m, i.Warnings)
	}
}

// Where only right and wrong are logged, wrong answers are counted; quality that
// is an amount has no units.
func TestImpactWithoutClasses(t *testing.T) {
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	right := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	value := analysis.NewBuilder(analysis.Field{Name: "prediction", Role: analysis.RolePrediction, Type: analysis.Number})
	target := analysis.NewBuilder(analysis.Field{Name: "label", Role: analysis.RoleLabel, Type: analysis.Number})
	for i := range 800 {
		window := windows.Before
		if i >= 400 {
			window = windows.After
		}
		clock.Time(window.From.Add(time.Duration(i%400) * time.Second).UnixNano())
		right.Number(b01(i < 400 || i%10 > 0))
		value.Number(float64(i) + .5)
		target.Number(float64(i))
	}
	of := func(columns ...analysis.Column) Impact {
		tab, err := analysis.NewTable(columns)
		if err != nil {
			t.Fatal(err)
		}
		i, err := Of(t.Context(), tab, windows, nil, Rates{Wrong: 1})
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	if i := of(clock.Column(), right.Column()); len(i.Parts) != 1 || i.Parts[0].Kind != Wrong || i.Parts[0].Excess != 40 {
		t.Errorf("only right and wrong: %+v", i)
	}
	if i := of(clock.Column(), value.Column(), target.Column()); len(i.Parts) != 0 || len(i.Warnings) != 1 || !strings.Contains(i.Warnings[0], "no share of right answers") {
		t.Errorf("amounts: %+v", i)
	}
}

func b01(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
