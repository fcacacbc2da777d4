package slo

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"accuracy>=0.95":                        "accuracy>=95%",
		"accuracy >= 95%":                       "accuracy>=95%",
		"quality>=95% where line=L2 shift=late": "quality>=95% where line=L2 shift=late",
		"answered>=99.9%":                       "answered>=99.9%",
		"latency_ms<=200 for 0.99":              "latency_ms<=200 for 99%",
		"latency_ms<=200":                       "latency_ms<=200",
		"confidence>=0.8 for 90% where line=L2": "confidence>=0.8 for 90% where line=L2",
		"mae<=0.4":                              "mae<=0.4",
	} {
		o, err := Parse(text)
		if err != nil || o.String() != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", text, o, err, want)
			continue
		}
		again, err := Parse(o.String())
		if err != nil || again.String() != o.String() {
			t.Errorf("%q does not read back: %q, %v", o, again, err)
		}
	}
	for text, why := range map[string]string{
		"":                         "a metric",
		"accuracy":                 "a metric",
		"accuracy>=1":              "between 0 and 1",
		"accuracy>=150%":           "between 0 and 1",
		"accuracy<=0.9":            "promised with >=",
		"accuracy>=NaN":            "a metric",
		"latency_ms<=200 for most": "no share",
		"accuracy>=0.9 where line": "filter",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("Parse(%q): %v, want %q in it", text, err, why)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("accuracy>=95% where line=L2")
	f.Add("latency_ms<=200 for 99%")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := Parse(text)
		if err != nil {
			return
		}
		if !o.Mean() && !(o.Target > 0 && o.Target < 1) {
			t.Fatalf("Parse(%q) promises %v", text, o.Target)
		}
	})
}

// table is an hour of a log: 60 rows, one a minute; the first 30 labelled, every
// tenth of them wrong; the tenth row of every ten slow, every twentieth failed.
func table(t *testing.T) *analysis.Table {
	t.Helper()
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	right := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	took := analysis.NewBuilder(analysis.Field{Name: "latency_ms", Role: analysis.RoleLatency, Type: analysis.Number})
	status := analysis.NewBuilder(analysis.Field{Name: "status", Role: analysis.RoleStatus, Type: analysis.Text})
	for i := range 60 {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		right.Number(map[bool]float64{true: b01(i%10 != 3), false: math.NaN()}[i < 30])
		took.Number(50 + 200*b01(i%10 == 9))
		status.Text(map[bool]string{true: "timeout", false: "ok"}[i%20 == 13])
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), right.Column(), took.Column(), status.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestRead(t *testing.T) {
	tab := table(t)
	for _, c := range []struct {
		text              string
		rows, known       int
		good              float64
		lastTenKnown, bad int
	}{
		{"accuracy>=90%", 60, 30, 27, 0, 3},
		{"answered>=99%", 60, 60, 57, 10, 3},
		{"latency_ms<=100 for 95%", 60, 60, 54, 10, 6},
		{"latency_ms<=100", 60, 60, 60*50 + 6*200, 10, 0},
		{"accuracy>=90% where status=timeout", 3, 1, 0, 0, 1},
	} {
		o, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		l, err := Read(context.Background(), tab, o, Scope{})
		if err != nil {
			t.Fatal(err)
		}
		all := l.Over(Reach)
		if all.Rows != c.rows || all.Known != c.known || all.Good != c.good {
			t.Errorf("%s: %d rows, %d known, %v good; want %+v", c.text, all.Rows, all.Known, all.Good, c)
		}
		if got := l.Over(10 * time.Minute).Known; got != min(c.lastTenKnown, c.known) {
			t.Errorf("%s: %d known in the last ten minutes, want %d", c.text, got, c.lastTenKnown)
		}
		if !l.End.Equal(monday.Add(time.Hour)) {
			t.Errorf("%s: ends %v", c.text, l.End)
		}
	}
	for _, text := range []string{"recall>=90%", "speed<=3", "accuracy>=90% where lane=7"} {
		o, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(context.Background(), tab, o, Scope{}); err == nil {
			t.Errorf("%s: read without an error", text)
		}
	}
	// Half an hour later nothing has come: nothing is known of it.
	o, _ := Parse("accuracy>=90%")
	l, err := Read(context.Background(), tab, o, Scope{End: monday.Add(90 * time.Minute)})
	if s := l.Stand(30 * time.Minute); err != nil || s.State != Unknown {
		t.Errorf("half an hour without rows is %s, %v", s.State, err)
	}
}
