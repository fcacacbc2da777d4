package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// Every way of logging the same incident: 16 days of a line with three
// stations, and from hour 240 on station S2 is wrong in half of the cases.
const (
	styleHours = 384
	styleDrop  = 240
	styleRows  = 60 // an hour
)

// styleRow is what happened, before any log says it.
type styleRow struct {
	at      time.Time
	station string
	bad     bool // after the drop, at the station
	right   bool
	sure    float64
	truth   int // 0 … 4
	said    int
	random  *rand.Rand
}

// eachStyleRow draws the incident row by row.
func eachStyleRow(visit func(r styleRow)) {
	random := rand.New(rand.NewPCG(6, 6))
	for i := range styleHours * styleRows {
		r := styleRow{at: monday.Add(time.Duration(i) * time.Hour / styleRows), station: fmt.Sprintf("S%d", 1+i%3), random: random}
		r.bad = i >= styleDrop*styleRows && r.station == "S2"
		chance := .93
		if r.bad {
			chance = .5
		}
		r.right = random.Float64() < chance
		r.sure = max(.3, min(.999, chance+.1*random.NormFloat64()))
		r.truth = random.IntN(5)
		if r.said = r.truth; !r.right {
			r.said = (r.truth + 1 + random.IntN(4)) % 5
		}
		visit(r)
	}
}

// field is a column of a style: how it is declared and what a row says in it.
type styleField struct {
	Field
	say func(r styleRow) any // string, float64, or nil for null
}

func said(name string, role Role, say func(r styleRow) any) styleField {
	return styleField{Field{Name: name, Role: role, Type: Text}, say}
}

func counted(name string, role Role, say func(r styleRow) any) styleField {
	return styleField{Field{Name: name, Role: role, Type: Number}, say}
}

func styleTable(t *testing.T, fields []styleField) *Table {
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	builders := make([]*Builder, len(fields))
	for k, f := range fields {
		builders[k] = NewBuilder(f.Field)
	}
	eachStyleRow(func(r styleRow) {
		clock.Time(r.at.UnixNano())
		for k, f := range fields {
			switch v := f.say(r).(type) {
			case string:
				builders[k].Text(v)
			case float64:
				builders[k].Number(v)
			default:
				builders[k].Null()
			}
		}
	})
	columns := []Column{clock.Column()}
	for _, b := range builders {
		columns = append(columns, b.Column())
	}
	return tableOf(t, columns...)
}

func TestStyles(t *testing.T) {
	class := func(k int) any { return fmt.Sprintf("c%d", k) }
	binary := func(k int) any { return []string{"ok", "nok"}[k%2] }
	station := said("station", RoleDimension, func(r styleRow) any { return r.station })
	vote := func(name string, holds float64) styleField {
		return said(VotePrefix+name, RoleVote, func(r styleRow) any {
			if r.bad && r.random.Float64() > holds {
				return class(r.truth + 1)
			}
			return class(r.said)
		})
	}
	right := counted("correct", RoleCorrect, func(r styleRow) any { return float64(side(r.right)) })
	rarely := func(share float64, f styleField) styleField {
		say := f.say
		f.say = func(r styleRow) any {
			if r.random.Float64() > share {
				return nil
			}
			return say(r)
		}
		return f
	}
	until := func(hour int, f styleField) styleField {
		say := f.say
		f.say = func(r styleRow) any {
			if r.at.Sub(monday) > time.Duration(hour)*time.Hour {
				return nil
			}
			return say(r)
		}
		return f
	}
	confidence := counted("confidence", RoleConfidence, func(r styleRow) any { return r.sure })
	for _, c := range []struct {
		name    string
		fields  []styleField
		metric  string
		warning string
	}{
		{"multi-class", []styleField{station, said("prediction", RolePrediction, func(r styleRow) any { return class(r.said) }),
			said("label", RoleLabel, func(r styleRow) any { return class(r.truth) })}, Accuracy, ""},
		{"binary, one label in ten", []styleField{station,
			said("prediction", RolePrediction, func(r styleRow) any { return binary(r.truth + side(!r.right)) }),
			rarely(.1, said("label", RoleLabel, func(r styleRow) any { return binary(r.truth) }))}, Accuracy, ""},
		{"detection", []styleField{station, // five objects a frame; a missed one answers none
			said("frame", RoleFrame, func(r styleRow) any { return r.at.Truncate(5 * time.Minute).Format(time.RFC3339) }),
			said("prediction", RolePrediction, func(r styleRow) any {
				if !r.right {
					return "none"
				}
				return class(r.truth)
			}),
			said("label", RoleLabel, func(r styleRow) any { return class(r.truth) })}, Accuracy, ""},
		{"regression", []styleField{station, counted("prediction", RolePrediction, func(r styleRow) any {
			return 10 + r.random.NormFloat64()*(1+2*float64(side(r.bad)))
		}), counted("label", RoleLabel, func(styleRow) any { return 10. })}, MAE, ""},
		{"right or wrong only", []styleField{station, right}, Accuracy, ""},
		{"labels that stop before the drop", []styleField{station, confidence, until(styleDrop-12, right)}, EstimatedAccuracy, "labels since 2026-03-11 12:"},
		{"confidence only", []styleField{station, confidence}, EstimatedAccuracy, "estimated from confidence"},
		{"votes only", []styleField{station, vote("a", .4), vote("b", .4), vote("c", 1)}, EstimatedAccuracy, "how many members agree"},
		{"votes and an answer", []styleField{station, said("prediction", RolePrediction, func(r styleRow) any { return class(r.said) }),
			vote("a", .3), vote("b", 1)}, EstimatedAccuracy, "how many members agree"},
		{"a confidence that does not move, and votes", []styleField{station,
			counted("confidence", RoleConfidence, func(r styleRow) any { return .8 + .1*r.random.Float64() }),
			vote("a", .3), vote("b", 1)}, EstimatedAccuracy, "confidence and from how many members agree"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := styleTable(t, c.fields)
			found, err := Investigate(context.Background(), Inquiry{Log: tab})
			if err != nil {
				t.Fatal(err)
			}
			if found.Measure.Metric != c.metric {
				t.Fatalf("measured as %q, want %q", found.Measure.Metric, c.metric)
			}
			dropped(t, found, c.warning)
			if found.Quality == nil || found.Quality.Loss() <= 0 || found.Quality.Metric != c.metric {
				t.Fatalf("quality %+v, want a loss of %s", found.Quality, c.metric)
			}
			if labelled := found.Quality.Labelled[1] > 0; labelled == (c.metric == EstimatedAccuracy) {
				t.Errorf("labelled rows %v for %s", found.Quality.Labelled, c.metric)
			}
			if slice := found.Guilty(); slice == nil || slice.Where.String() != "station=S2" {
				t.Errorf("guilty slice %+v of %d, want station=S2", slice, len(found.Slices))
			}
			if found.Verdict.Outcome == NoChange || found.Verdict.Cause == None {
				t.Errorf("verdict %+v", found.Verdict)
			}
		})
	}
}

// dropped fails unless the change of the incident was found within three hours
// and the warning given.
func dropped(t *testing.T, found Triage, warning string) {
	t.Helper()
	if all := strings.Join(found.Warnings, "; "); !strings.Contains(all, warning) {
		t.Errorf("warnings %q, want %q", all, warning)
	}
	if found.Onset == nil {
		t.Fatalf("no onset; changes %+v, verdict %+v", found.Changes, found.Verdict)
	}
	if far := found.Onset.Onset.Sub(monday.Add(styleDrop * time.Hour)); far.Abs() > 3*time.Hour {
		t.Errorf("onset is %s off", far)
	}
}

// A model that is as sure of its mistakes as of the rest shows by what it says:
// the moment is named, and nothing is claimed beyond it.
func TestStyleSureOfItsMistakes(t *testing.T) {
	tab := styleTable(t, []styleField{
		counted("confidence", RoleConfidence, func(r styleRow) any { return .8 + .1*r.random.Float64() }),
		said("prediction", RolePrediction, func(r styleRow) any {
			if r.at.Sub(monday) >= styleDrop*time.Hour && r.truth == 0 {
				return "c1"
			}
			return fmt.Sprintf("c%d", r.truth)
		})})
	found, err := Investigate(context.Background(), Inquiry{Log: tab})
	if err != nil {
		t.Fatal(err)
	}
	dropped(t, found, "estimated from confidence")
	if v := found.Verdict; v.Outcome != Inconclusive || !strings.Contains(v.Why, "of the answers") {
		t.Errorf("verdict %+v, want inconclusive by the answers", v)
	}
}

// A file with metrics alone tells when, and says that it cannot tell more.
func TestStyleMetricsOnly(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	m := MetricSeries{Name: "accuracy"}
	for i := range styleHours {
		m.Times = append(m.Times, monday.Add(time.Duration(i)*time.Hour).UnixNano())
		m.Values = append(m.Values, .93-.1*float64(side(i >= styleDrop))+.01*random.NormFloat64())
	}
	found, err := Investigate(context.Background(), Inquiry{Metrics: []MetricSeries{m}})
	if err != nil {
		t.Fatal(err)
	}
	dropped(t, found, "only metrics are loaded")
	if found.Verdict.Outcome != Inconclusive || math.Abs(found.Quality.Delta+.1) > .01 {
		t.Errorf("verdict %+v with quality %+v", found.Verdict, found.Quality)
	}
}

// A log that tells nothing of quality still tells its volume and its inputs.
func TestStyleInputsOnly(t *testing.T) {
	tab := styleTable(t, []styleField{counted("luma", RoleFeature, func(r styleRow) any {
		return 100 - 4*float64(side(r.at.Sub(monday) >= styleDrop*time.Hour)) + r.random.NormFloat64()
	})})
	found, err := Investigate(context.Background(), Inquiry{Log: tab})
	if err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(found.Warnings, "; "); found.Measure.Metric != "" || found.Verdict.Outcome != Inconclusive || !strings.Contains(all, "quality is unknown") {
		t.Errorf("measure %+v, verdict %+v, warnings %q", found.Measure, found.Verdict, all)
	}
	if len(found.Signals) != 1 || !found.Signals[0].Changed {
		t.Errorf("%d signals, want luma to have changed", len(found.Signals))
	}
	if far := found.Windows.After.From.Sub(monday.Add(styleDrop * time.Hour)); far.Abs() > 6*time.Hour || !strings.Contains(found.Verdict.Why, "luma moved") {
		t.Errorf("windows %+v, verdict %+v, want both at the moment luma moved", found.Windows, found.Verdict)
	}
}
