package store

import (
	"fmt"
	"maps"
	"testing"

	"andon/analysis"
)

func TestEvents(t *testing.T) {
	f := create(t)
	source := load(t, f, analysis.Source{Path: "events", Kind: analysis.EventKind},
		batch(analysis.EventKind, []string{"time:time", "end:end", "kind:kind", "title:title", "detail:detail", "line:scope", "shift:scope"},
			[]string{stamp(60), stamp(90), "material", "gloves", "black", "L2", ""},
			[]string{"", "", "deploy", "no time", "", "", ""},
			[]string{stamp(5), "", "party", "unknown kind", "", "", "night"},
		))
	if source.Rows != 2 || source.Rejected != 1 {
		t.Errorf("the ledger counts %d rows and %d rejects", source.Rows, source.Rejected)
	}
	if _, err := f.AddEvent(t.Context(), analysis.Event{Time: start, Kind: "deploy", Title: "by hand"}); err != nil {
		t.Fatal(err)
	}
	events, err := f.Events(t.Context())
	if err != nil || len(events) != 3 {
		t.Fatalf("events %+v, %v", events, err)
	}
	if e := events[2]; e.Kind != "material" || e.Title != "gloves" || e.Detail != "black" || formatInstant(e.End) != stamp(90) || !maps.Equal(e.Scope, map[string]string{"line": "L2"}) {
		t.Errorf("event %+v", e)
	}
	if events[1].Kind != "other" || events[0].Title != "by hand" {
		t.Errorf("events %+v", events)
	}
}

func TestMetrics(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "long.csv", Kind: analysis.MetricKind},
		batch(analysis.MetricKind, []string{"time:time", "name:name", "host", "value:value"},
			[]string{stamp(2), "cpu", "a", "3"},
			[]string{stamp(1), "cpu", "a", "2"},
			[]string{stamp(1), "cpu", "b", "4"},
			[]string{stamp(3), "cpu", "a", ""}))
	load(t, f, analysis.Source{Path: "dir/temperature.csv.gz", Kind: analysis.MetricKind},
		batch(analysis.MetricKind, []string{"time:time", "value:value", "pressure:feature"},
			[]string{stamp(1), "20.5", "7"}))
	series, err := f.Metrics(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, s := range series {
		text += fmt.Sprintf("%s%v%v ", s.Name, s.Labels, s.Values)
	}
	if want := "cpumap[host:a][2 3] cpumap[host:b][4] pressuremap[][7] temperaturemap[][20.5] "; text != want {
		t.Errorf("series %s, want %s", text, want)
	}
}

func TestRejects(t *testing.T) {
	f := create(t)
	b := plant()
	b.Columns[0].Times[2] = analysis.NoTime
	b.Rejects = []analysis.Reject{{Line: 7, Offset: 70, Reason: "not JSON", Raw: []byte("{\xff")}, {Raw: make([]byte, analysis.MaxRaw+1)}}
	source := load(t, f, analysis.Source{Path: "log"}, b)
	if source.Rows != 5 || source.Rejected != 3 || len(b.Rejects) != 2 {
		t.Errorf("the ledger counts %d rows and %d rejects, the batch has %d", source.Rows, source.Rejected, len(b.Rejects))
	}
	rejects, err := f.Rejects(t.Context(), source.ID, 10)
	if err != nil || len(rejects) != 3 || string(rejects[0].Raw) != "{\xff" || rejects[0].Line != 7 || len(rejects[1].Raw) != analysis.MaxRaw {
		t.Errorf("rejects %+v, %v", rejects, err)
	}
	if others, err := f.Rejects(t.Context(), source.ID+1, 10); len(others) != 0 || err != nil {
		t.Errorf("another source has %v, %v", others, err)
	}
	sound(t, f)
}

func TestRejectsBounded(t *testing.T) {
	f := create(t)
	source := load(t, f, analysis.Source{Path: "log", Kind: analysis.EventKind},
		&analysis.Batch{Kind: analysis.EventKind, Rejects: make([]analysis.Reject, keptRejects-1)},
		&analysis.Batch{Kind: analysis.EventKind, Rejects: make([]analysis.Reject, 5)})
	if source.Rejected != keptRejects+4 {
		t.Errorf("%d counted", source.Rejected)
	}
	if got := ask(t, f, "SELECT count(*) FROM reject"); got != fmt.Sprint(keptRejects) {
		t.Errorf("%s kept", got)
	}
}

func TestExamples(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plant())
	e, err := f.Example(t.Context(), []int64{4, 99, 1})
	if err != nil || fmt.Sprint(e.Rows) != "[4 1]" || e.Fields[0].Name != "time" || e.Values[1][1] != "a" || e.Values[0][1] != "d" {
		t.Errorf("examples %+v, %v", e, err)
	}
	e, err = f.Rows(t.Context(), 5, 10)
	if err != nil || fmt.Sprint(e.Rows) != "[5 6]" {
		t.Errorf("rows %+v, %v", e, err)
	}
}

// An export of a history that holds one loaded before brings what is new; what
// a source itself says twice stays.
func TestEventsOfOverlappingExports(t *testing.T) {
	f := create(t)
	head := []string{"time:time", "title:title", "kind:kind", "line"}
	first := []string{stamp(0), "release 2.0", "deploy", "L1"}
	load(t, f, analysis.Source{Path: "monday.json", Kind: analysis.EventKind},
		batch(analysis.EventKind, head, first, []string{stamp(9), "lamp changed", "maintenance", "L2"}, first))
	second := load(t, f, analysis.Source{Path: "tuesday.json", Kind: analysis.EventKind},
		batch(analysis.EventKind, head, first, []string{stamp(9), "lamp changed", "maintenance", "L1"}, []string{stamp(20), "release 2.1", "deploy", "L1"}))
	if second.Rows != 2 {
		t.Errorf("tuesday brings %d events, 2 are new", second.Rows)
	}
	if got := ask(t, f, "SELECT group_concat(title) FROM event"); got != "release 2.0,lamp changed,release 2.0,lamp changed,release 2.1" {
		t.Errorf("the events are %s", got)
	}
	sound(t, f)
}
