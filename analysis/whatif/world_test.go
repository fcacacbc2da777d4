package whatif

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"andon/analysis"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// world is a log of minutes: before and after halves, two lines, members that
// are right with the chances given, and a confidence that knows a little.
func world(t testing.TB, seed uint64, rows, members int, chance func(i, m int, line string) float64) *analysis.Table {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 5))
	field := func(name string, role analysis.Role, kind analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: kind})
	}
	clock, line := field("time", analysis.RoleTime, analysis.Time), field("line", analysis.RoleDimension, analysis.Text)
	answer, label := field("prediction", analysis.RolePrediction, analysis.Text), field("label", analysis.RoleLabel, analysis.Text)
	sure := field("confidence", analysis.RoleConfidence, analysis.Number)
	votes := make([]*analysis.Builder, members)
	for m := range votes {
		votes[m] = field(fmt.Sprintf("vote_%c", 'a'+m), analysis.RoleVote, analysis.Text)
	}
	words := []string{"x", "y", "z"}
	for i := range rows {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		l, truth, same := fmt.Sprintf("L%d", 1+random.IntN(2)), random.IntN(3), 0
		line.Text(l)
		label.Text(words[truth])
		first := 0
		for m := range votes {
			said := truth
			if random.Float64() > chance(i, m, l) {
				said = (truth + 1 + random.IntN(2)) % 3
			}
			votes[m].Text(words[said])
			if m == 0 {
				first = said
			}
			if said == first {
				same++
			}
		}
		answer.Text(words[first])
		sure.Number(float64(same)/float64(members)*.8 + .2*random.Float64())
	}
	columns := []analysis.Column{clock.Column(), line.Column(), answer.Column(), label.Column(), sure.Column()}
	for _, v := range votes {
		columns = append(columns, v.Column())
	}
	tab, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func halves(tab *analysis.Table) analysis.Windows {
	middle := tab.Span().From.Add(tab.Span().Duration() / 2)
	return analysis.Windows{Before: analysis.Window{From: tab.Span().From, To: middle}, After: analysis.Window{From: middle, To: tab.Span().To}}
}
