package whatif

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

// Three classes of one spread of confidence: a is always right, b and c are
// from .8 and .6 on and wrong below. By construction the cheapest thresholds are
// none, .8 and .6, which review .6/3 + .2/3 of the rows; one threshold for all
// reviews right answers of a and c, or leaves wrong ones of b.
func classesOfTheirOwn(t *testing.T, truth bool) *analysis.Table {
	t.Helper()
	random := rand.New(rand.NewPCG(8, 8))
	field := func(name string, role analysis.Role, kind analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: kind})
	}
	clock, answer := field("time", analysis.RoleTime, analysis.Time), field("prediction", analysis.RolePrediction, analysis.Text)
	label, sure := field("label", analysis.RoleLabel, analysis.Text), field("confidence", analysis.RoleConfidence, analysis.Number)
	correct := field("correct", analysis.RoleCorrect, analysis.Text)
	classes, from := []string{"a", "b", "c"}, []float64{0, .8, .6}
	for i := range 6000 {
		said, confidence := random.IntN(3), .5+.5*random.Float64()
		right := said
		if confidence < from[said] {
			right = (said + 1) % 3
		}
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		answer.Text(classes[said])
		sure.Number(confidence)
		label.Text(classes[right])
		correct.Text(strconv.FormatBool(right == said))
	}
	last := label.Column()
	if !truth {
		last = correct.Column()
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), answer.Column(), sure.Column(), last})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestEachClassHasItsOwnThreshold(t *testing.T) {
	for name, truth := range map[string]bool{"labels": true, "only right or wrong": false} {
		t.Run(name, func(t *testing.T) {
			tab := classesOfTheirOwn(t, truth)
			p, err := Explore(context.Background(), tab, Question{Windows: halves(tab)})
			if err != nil {
				t.Fatal(err)
			}
			var own, one *Remedy
			for i := range p.Remedies {
				switch r := &p.Remedies[i]; {
				case strings.Contains(r.Do, "class by class"):
					own = r
				case strings.HasSuffix(r.Do, "if it pays"):
					one = r
				}
			}
			if own == nil || one == nil {
				t.Fatalf("remedies %+v", p.Remedies)
			}
			if !strings.Contains(own.Setting, "b below 0.8") || !strings.Contains(own.Setting, "c below 0.6") || strings.Contains(own.Setting, "a below") {
				t.Errorf("setting %q", own.Setting)
			}
			if own.Answered.Mean() < .98 || own.Reviewed < .24 || own.Reviewed > .30 {
				t.Errorf("%.3f right of the answered, %.3f reviewed", own.Answered.Mean(), own.Reviewed)
			}
			if own.Finding != Helps || own.Net.Lo <= one.Net.Lo {
				t.Errorf("net %v, no better than one threshold's %v", own.Net, one.Net)
			}
		})
	}
}
