package claim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

var start = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// plant is n rows a minute apart at three lines; from the middle on, the lines
// in fallen answer one in ten right, all others nine in ten, and the belt is
// faster.
func plant(t testing.TB, n int, fallen ...string) (*analysis.Table, analysis.Windows) {
	t.Helper()
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	hue := analysis.NewBuilder(analysis.Field{Name: "hue", Role: analysis.RoleFeature, Type: analysis.Number})
	belt := analysis.NewBuilder(analysis.Field{Name: "belt", Role: analysis.RoleFeature, Type: analysis.Number})
	correct := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	times := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}}
	for i := range n {
		times.Times = append(times.Times, start.Add(time.Duration(i)*time.Minute).UnixNano())
		name := fmt.Sprint("L", i%3+1)
		line.Text(name)
		down := i >= n/2 && strings.Contains(strings.Join(fallen, " "), name)
		right := float64(1)
		if (i/3)%10 == 0 {
			right = 0
		}
		hue.Number(float64(i*7919%11) / 10)
		belt.Number(float64(i*7919%11)/10 + 5*float64(2*i/n))
		if down {
			right = 1 - right
		}
		correct.Number(right)
	}
	table, err := analysis.NewTable([]analysis.Column{times, line.Column(), hue.Column(), belt.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	at := func(i int) time.Time { return start.Add(time.Duration(i) * time.Minute) }
	return table, analysis.Windows{Before: analysis.Window{From: start, To: at(n / 2)}, After: analysis.Window{From: at(n / 2), To: at(n)}}
}

func TestAsk(t *testing.T) {
	table, w := plant(t, 1200, "L2")
	for _, tt := range []struct{ query, where, claim, result string }{
		// By hand: 200 rows a line and window, 20 of them wrong before.
		{"quality", "line=L2", "accuracy of line=L2 fell", "90.0 % → 10.0 % (-80.0 pt ["},
		{"quality", "line=L1", "accuracy of line=L1 did not move beyond chance", "90.0 % → 90.0 % (+0.0 pt ["},
		{"control line=L1", "line=L1", "negative control line=L1 did not fall", "n 200 and 200)"},
		{"control line=L2", "line=L2", "negative control line=L2 fell, too", "-80.0 pt"},
		{"signal hue", "", "hue did not move beyond chance in all rows", "effect"},
		{"signal belt", "", "belt moved (up) in all rows", "effect"},
		{"quality", "line=L9", "of line=L9 nothing is known in one window", "0 and 0 known"},
	} {
		where, err := analysis.ParseWhere(tt.where)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Ask(t.Context(), table, tt.query, w, where)
		if err != nil || !strings.Contains(f.Claim, tt.claim) || !strings.Contains(f.Result, tt.result) {
			t.Errorf("%s: %q, %q, %v", tt.query, f.Claim, f.Result, err)
		}
		again, _ := Ask(t.Context(), table, tt.query, w, where)
		if again != f || !Knows(tt.query) {
			t.Errorf("%s: asked twice it says %+v and %+v", tt.query, f, again)
		}
	}
	for _, query := range []string{"", "weather", "signal nothing"} {
		if _, err := Ask(t.Context(), table, query, w, nil); err == nil {
			t.Errorf("%q is answered", query)
		}
	}
	if _, err := Ask(t.Context(), table, "quality", analysis.Windows{}, nil); err == nil {
		t.Error("quality is compared without windows")
	}
}

func accusing(t *analysis.Table, w analysis.Windows) analysis.Triage {
	return analysis.Triage{Windows: w, Quality: &analysis.Quality{Metric: "accuracy", Delta: -.27},
		Slices: []analysis.SliceScore{{Where: analysis.Where{analysis.Is("line", "L2")}, Accepted: true}}}
}

func TestControls(t *testing.T) {
	table, w := plant(t, 1200, "L2", "L3")
	controls, err := Controls(t.Context(), table, accusing(table, w))
	if err != nil || len(controls) != 2 {
		t.Fatalf("controls %+v, %v", controls, err)
	}
	held := map[string]Held{}
	for _, c := range controls {
		held[c.Where.String()] = c.Held
		if f, err := Ask(t.Context(), table, c.Query(), w, c.Where); err != nil || f.Claim != c.Claim() || f.Result != c.Result(table.Measure()) {
			t.Errorf("asked again, %s says %q, %q (%v), not %q", c.Query(), f.Claim, f.Result, err, c.Claim())
		}
	}
	if held["line=L1"] != Stayed || held["line=L3"] != Moved {
		t.Errorf("controls say %v, want L1 held and L3 moved", held)
	}
	few, w := plant(t, 60, "L2")
	controls, err = Controls(t.Context(), few, accusing(few, w))
	if err != nil || controls[0].Held != Unknown {
		t.Errorf("ten rows a window say %+v, %v", controls, err)
	}
	if none, err := Controls(t.Context(), few, analysis.Triage{}); none != nil || err != nil {
		t.Errorf("nobody is accused, and %+v, %v stands beside", none, err)
	}
}
