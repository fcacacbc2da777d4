package labelling

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
	Before: analysis.Window{From: monday, To: monday.Add(24 * time.Hour)},
	After:  analysis.Window{From: monday.Add(24 * time.Hour), To: monday.Add(48 * time.Hour)},
}

// table is two days of two lines, a row a minute in turn. On the first day all
// rows have a label, 90 % of them right; on the second the first few of L2.
func table(t *testing.T, since, wrong int) *analysis.Table {
	t.Helper()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	sure := analysis.NewBuilder(analysis.Field{Name: "confidence", Role: analysis.RoleConfidence, Type: analysis.Number})
	right := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	labelled := 0
	for i := range 2 * 24 * 60 {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		line.Text(fmt.Sprintf("L%d", 1+i%2))
		sure.Number(.5 + .4*float64(i%100)/100)
		switch {
		case i < 24*60:
			right.Number(map[bool]float64{true: 0, false: 1}[i%20 < 2])
		case i%2 == 1 && labelled < since:
			labelled++
			right.Number(map[bool]float64{true: 0, false: 1}[labelled <= wrong])
		default:
			right.Number(math.NaN())
		}
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), sure.Column(), right.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestAsk(t *testing.T) {
	l2 := analysis.Where{analysis.Is("line", "L2")}
	trusted := analysis.Estimate{Accuracy: .6, Rows: 720, Trusted: true}
	for _, c := range []struct {
		name         string
		since, wrong int
		estimate     analysis.Estimate
		from         string
		answer       Answer
		says         string
	}{
		{"a deep fall is promised", 0, 0, trusted, "estimate", Open, "more labels in line=L2 settle whether 90.0 % are right as before, or 60.0 %"},
		{"the estimate is not to be trusted", 0, 0, analysis.Estimate{Accuracy: .6, Rows: 720}, "estimate", Open, "or 85.0 %; if it is 60.0 % by now, "},
		{"no estimate", 0, 0, analysis.Estimate{Accuracy: math.NaN()}, "least drop", Open, "or 85.0 %"},
		{"some labels tell", 10, 2, analysis.Estimate{Accuracy: math.NaN()}, "labels", Open, "; if it is 80.0 % by now, "},
		{"it did fall", 30, 15, trusted, "labels", Is, "settled: 50.0 % of 30 labels are right, no longer 90.0 %"},
		{"it did not", 30, 2, trusted, "estimate", Was, "settled: 93.3 % of 30 labels are right, as before (90.0 %)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, ok, err := Ask(context.Background(), table(t, c.since, c.wrong), windows, l2, c.estimate)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			if n.From != c.from || n.Answer != c.answer || !strings.Contains(n.String(), c.says) || n.Waiting != 720-c.since {
				t.Errorf("%s, %s, %d waiting: %s", n.From, n.Answer, n.Waiting, n)
			}
		})
	}
	if _, ok, err := Ask(context.Background(), table(t, 0, 0), analysis.Windows{Before: windows.After, After: windows.Before}, nil, trusted); ok || err != nil {
		t.Errorf("nothing is known of the window before: %v, %v", ok, err)
	}
}

// The rows that show a fall are spread over the whole window, come from
// its slice and have no label; what is chosen for being hard says so.
func TestFirst(t *testing.T) {
	tab := table(t, 10, 1)
	l2 := analysis.Where{analysis.Is("line", "L2")}
	n, _, err := Ask(context.Background(), tab, windows, l2, analysis.Estimate{Accuracy: .6, Rows: 720, Trusted: true})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := First(tab, windows, []Need{n}, n.Soon+5)
	if err != nil || len(rows) != n.Soon+5 {
		t.Fatalf("%d rows, %v; want %d", len(rows), err, n.Soon+5)
	}
	seen, hours := map[int]bool{}, map[int]bool{}
	for k, r := range rows {
		at := time.Unix(0, tab.Role(analysis.RoleTime).Times[r.Row])
		if seen[r.Row] || !windows.After.Contains(at) || tab.Quality()[r.Row] == tab.Quality()[r.Row] {
			t.Errorf("row %d, %s: twice, outside, or labelled", r.Row, r.Reason)
		}
		if r.Random != (k < n.Soon) || r.Random && tab.Column("line").String(r.Row) != "L2" {
			t.Errorf("row %d of %d: random %v on %s", k, n.Soon, r.Random, tab.Column("line").String(r.Row))
		}
		seen[r.Row] = true
		if r.Random {
			hours[int(at.Sub(windows.After.From).Hours())/6] = true
		}
	}
	if len(hours) != 4 {
		t.Errorf("the rows stand in %d of 4 quarters of the day", len(hours))
	}
	if fewer, err := First(tab, windows, []Need{n}, 3); err != nil || len(fewer) != 3 {
		t.Errorf("%d rows of 3, %v", len(fewer), err)
	}
}

// That fewer rows wait than are needed is said, and only then.
func TestNeedSaysWhatWaits(t *testing.T) {
	for waiting, want := range map[int]bool{199: true, 200: false} {
		n := Need{Answer: Open, More: 200, Soon: 200, Waiting: waiting}
		if got := strings.Contains(n.String(), "rows wait for one"); got != want {
			t.Errorf("%d wait: %s", waiting, n)
		}
	}
}
