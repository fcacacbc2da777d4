package analysis

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// answeredLog draws rows of two classes, every second one labelled, of which few
// have no answer before the onset and many after it. status says whether the log
// has a status, which then is ok everywhere.
func answeredLog(t testing.TB, onset time.Time, few, many float64, status bool) *Table {
	random := rand.New(rand.NewPCG(7, 7))
	const n = 12_000
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	answer := NewBuilder(Field{Name: "prediction", Role: RolePrediction, Type: Text})
	label := NewBuilder(Field{Name: "label", Role: RoleLabel, Type: Text})
	state := NewBuilder(Field{Name: "status", Role: RoleStatus, Type: Text})
	for i := range n {
		at := monday.Add(time.Duration(i) * (8 * oneDay / n))
		clock.Time(at.UnixNano())
		state.Text("ok")
		silent := few
		if !at.Before(onset) {
			silent = many
		}
		if random.Float64() < silent {
			answer.Null()
		} else {
			answer.Text("ok")
		}
		truth := "ok"
		if random.Float64() < .07 {
			truth = "bad"
		}
		if random.IntN(2) == 0 {
			label.Null()
		} else {
			label.Text(truth)
		}
	}
	columns := []Column{clock.Column(), answer.Column(), label.Column()}
	if status {
		columns = append(columns, state.Column())
	}
	return tableOf(t, columns...)
}

// TestAnswersStop takes answers away from a log. Without a status to tell, the
// rows without one are wrong from then on; a few of them all along are not.
func TestAnswersStop(t *testing.T) {
	onset := monday.Add(5*oneDay + 9*time.Hour)
	for _, test := range []struct {
		name      string
		few, many float64
		status    bool
		want      Cause
	}{
		{"a quarter from the onset on", .003, .25, false, Service},
		{"a quarter all along", .25, .25, false, None},
		{"a few more", .003, .03, false, None},
		{"the status says that all is well", .003, .25, true, None},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := investigated(t, answeredLog(t, onset, test.few, test.many, test.status))
			if got.Verdict.Cause != test.want {
				t.Fatalf("verdict %+v, want %s", got.Verdict, test.want)
			}
			warned := strings.Contains(strings.Join(got.Warnings, "\n"), "answers stopped coming")
			if warned != (test.want == Service) {
				t.Errorf("warnings %q", got.Warnings)
			}
			if test.want == None {
				return
			}
			if off := got.Onset.Onset.Sub(onset).Abs(); off > time.Hour {
				t.Errorf("the onset is %s off", off)
			}
			// A quarter of the answers fewer, of those that were right.
			if d := got.Quality.Delta; d > -.19 || d < -.27 {
				t.Errorf("quality moved by %.3f, want about -.23", d)
			}
		})
	}
}
