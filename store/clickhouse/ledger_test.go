package clickhouse

import (
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/slo"
	"andon/store/clickhouse/clickhousetest"
)

// TestShardLedger holds accounts of objectives kept by two shards against those
// of the same rows in memory, with labels and without.
func TestShardLedger(t *testing.T) {
	c := clickhousetest.Start(t, 2)
	labelled := round(1).Log
	var columns []analysis.Column
	for _, column := range columnsOf(labelled) {
		if column.Role != analysis.RoleLabel && column.Role != analysis.RoleCorrect {
			columns = append(columns, column)
		}
	}
	blind, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]*analysis.Table{"labelled": labelled, "blind": blind} {
		t.Run(name, func(t *testing.T) {
			log, err := NewLog(t.Context(), shipped(t, c, "ledger_"+name, rows), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range objectivesOf(rows) {
				o, err := slo.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				half := analysis.HalfWindows(rows.Span())
				for _, s := range []slo.Scope{{Reference: half.Before, Trusted: true}, {Reference: half.Before, End: half.After.From.Add(90 * time.Minute)}} {
					sameLedger(t, log, rows, o, s)
				}
			}
		})
	}
	log, err := NewLog(t.Context(), shipped(t, c, "ledger_odd", labelled), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := log.Ledger(t.Context(), slo.Objective{Metric: "nowhere", Target: .9, Limit: 1}, slo.Scope{}); err == nil || !strings.Contains(err.Error(), `no metric "nowhere"`) {
		t.Errorf("a metric that is not there: got %v", err)
	}
}

// objectivesOf are objectives of every kind that the rows can be asked.
func objectivesOf(t *analysis.Table) []string {
	out := []string{"quality>=95%"}
	if t.Role(analysis.RoleStatus) != nil {
		out = append(out, "answered>=99.9%")
	}
	for _, f := range t.Fields() {
		if f.Type == analysis.Text && f.Role == analysis.RoleDimension && len(out) < 3 {
			out = append(out, "quality>=90% where "+f.Name+"="+t.Column(f.Name).Dict[0])
		}
		if f.Type == analysis.Number && f.Role == analysis.RoleFeature {
			return append(out, f.Name+"<=100 for 99%", f.Name+">=100", f.Name+">=20 for 90%")
		}
	}
	return out
}

func sameLedger(t *testing.T, log *Log, rows *analysis.Table, o slo.Objective, s slo.Scope) {
	t.Helper()
	got, err := log.Ledger(t.Context(), o, s)
	want, wanted := slo.Read(t.Context(), rows, o, s)
	if err != nil || wanted != nil {
		t.Fatalf("%s: %v, of a table %v", o, err, wanted)
	}
	if !got.Start.Equal(want.Start) || !got.End.Equal(want.End) || !got.Newest.Equal(want.Newest) || got.Trusted != want.Trusted {
		t.Errorf("%s: %s to %s, newest %s, trusted %v; want %s to %s, %s, %v", o, got.Start, got.End, got.Newest, got.Trusted, want.Start, want.End, want.Newest, want.Trusted)
	}
	if o.Metric == slo.Quality && got.Over(slo.Reach).Tested+got.Over(slo.Reach).Guessed == 0 {
		t.Errorf("%s: nothing is promised of any row", o)
	}
	for _, d := range []time.Duration{5 * time.Minute, time.Hour, 8 * time.Hour, 24 * time.Hour, slo.Reach} {
		g, w := got.Over(d), want.Over(d)
		if !sameSum(g.Sum, w.Sum) || g.Guessed != w.Guessed || g.Tested != w.Tested || !near(g.Expected, w.Expected) || !near(g.Foretold, w.Foretold) || !near(g.Held, w.Held) {
			t.Errorf("%s over %s: got %+v, want %+v", o, d, g, w)
		}
	}
}
