package clickhouse

import (
	"slices"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/store/clickhouse/clickhousetest"
)

// threefold is a log whose answers turn wrong where three things come together:
// at line L2, at night, on product B.
func threefold(t *testing.T) *analysis.Table {
	t.Helper()
	const rows = 60_000
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	builders := map[string]*analysis.Builder{}
	var names []string
	add := func(name string, role analysis.Role, typ analysis.Type) {
		builders[name] = analysis.NewBuilder(analysis.Field{Name: name, Path: name, Role: role, Type: typ})
		names = append(names, name)
	}
	add("time", analysis.RoleTime, analysis.Time)
	for _, name := range []string{"line", "shift", "sku"} {
		add(name, analysis.RoleDimension, analysis.Text)
	}
	add("prediction", analysis.RolePrediction, analysis.Text)
	add("label", analysis.RoleLabel, analysis.Text)
	for i := range rows {
		moment := start.Add(time.Duration(i) * 8 * 24 * time.Hour / rows)
		dice := uint32(i) * 2654435761 >> 8
		l, k := []string{"L1", "L2", "L3"}[dice%3], []string{"A", "B", "C", "D"}[dice/3%4]
		s := []string{"night", "early", "late"}[moment.Hour()/8]
		wrong := dice/12%100 < 8
		if l == "L2" && s == "night" && k == "B" && i > rows*3/4 {
			wrong = dice/12%100 < 75
		}
		answer := "ok"
		if wrong {
			answer = "nok"
		}
		builders["time"].Time(moment.UnixNano())
		for name, value := range map[string]string{"line": l, "shift": s, "sku": k, "prediction": answer, "label": "ok"} {
			builders[name].Text(value)
		}
	}
	var columns []analysis.Column
	for _, name := range names {
		columns = append(columns, builders[name].Column())
	}
	table, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// TestShardThreeConditions holds that a third condition is found on two shards
// as on the rows themselves, and by asking the cluster: there are no rows here
// to ask.
func TestShardThreeConditions(t *testing.T) {
	table := threefold(t)
	want, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: table})
	if err != nil {
		t.Fatal(err)
	}
	fleet := shipped(t, clickhousetest.Start(t, 2), "threefold", table)
	log, err := NewLog(t.Context(), fleet, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	const guilty = "line=L2 shift=night sku=B"
	if g, w := got.Guilty(), want.Guilty(); g == nil || w == nil || !sameConditions(g.Where, w.Where) || !sameConditions(w.Where, mustParse(t, guilty)) {
		t.Fatalf("guilty %v, want %v and %s", g, w, guilty)
	} else if g.Before != w.Before || g.After != w.After || !near(g.Contribution, w.Contribution) {
		t.Errorf("the slice: got %+v, want %+v", *g, *w)
	}
	asked := false
	for query := range fleet.Memory.(*notebook).held {
		asked = asked || strings.Contains(query, "'L2'") && strings.Contains(query, "'night'") && strings.Contains(query, "'B'")
	}
	if !asked {
		t.Error("the cluster was never asked about all three conditions")
	}
}

func mustParse(t *testing.T, text string) analysis.Where {
	t.Helper()
	where, err := analysis.ParseWhere(text)
	if err != nil {
		t.Fatal(err)
	}
	return where
}

// sameConditions compares slices whatever the order of their conditions.
func sameConditions(a, b analysis.Where) bool {
	texts := func(w analysis.Where) []string {
		var all []string
		for _, c := range w {
			all = append(all, c.String())
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(texts(a), texts(b))
}
