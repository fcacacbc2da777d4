package stage_test

import (
	"context"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/stage"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func text(name, path string, role analysis.Role, values ...string) analysis.Column {
	b := analysis.NewBuilder(analysis.Field{Name: name, Path: path, Role: role, Type: analysis.Text})
	for _, v := range values {
		if v == "" {
			b.Null()
			continue
		}
		b.Text(v)
	}
	return b.Column()
}

func tableOf(t interface{ Fatal(...any) }, hours []int, columns ...analysis.Column) *analysis.Table {
	clock := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}}
	for _, h := range hours {
		clock.Times = append(clock.Times, monday.Add(time.Duration(h)*time.Hour).UnixNano())
	}
	tab, err := analysis.NewTable(append([]analysis.Column{clock}, columns...))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func days() analysis.Windows {
	day := func(from, to int) analysis.Window {
		return analysis.Window{From: monday.Add(time.Duration(from) * time.Hour), To: monday.Add(time.Duration(to) * time.Hour)}
	}
	return analysis.Windows{Before: day(0, 24), After: day(24, 48)}
}

// Oracle: the table of the package's own picture, worked by hand.
func TestBlame(t *testing.T) {
	tab := tableOf(t, []int{1, 2, 25, 26, 27, 28},
		text("detector", "stages.detector", analysis.RoleDimension, "found", "found", "none", "found", "found", "found"),
		text("stage_classifier", "stage_classifier", analysis.RoleDimension, "ok", "nok", "", "nok", "ok", "nok"),
		text("rule", "stages.rule", analysis.RoleDimension, "ok", "ok", "none", "nok", "nok", "ok"),
		text("prediction", "", analysis.RolePrediction, "ok", "ok", "none", "nok", "nok", "ok"),
		text("label", "", analysis.RoleLabel, "ok", "ok", "ok", "ok", "ok", "nok"))
	got, err := stage.Blame(context.Background(), tab, days(), nil)
	if err != nil || len(got) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	for k, want := range []struct {
		name  string
		gate  bool
		after float64 // rows blamed after; before nobody is: the rule mended
		right [2]float64
	}{
		{"detector", true, 1, [2]float64{2, 3}}, {"classifier", false, 1, [2]float64{1, 2}},
		{"rule", false, 2, [2]float64{1, 0}}, {"the final answer", false, 0, [2]float64{2, 0}},
	} {
		s := got[k]
		if s.Name != want.name || s.Gate != want.gate || s.Blamed[0].Good != 0 || s.Blamed[1].Good != want.after || s.Blamed[1].Known != 4 {
			t.Errorf("stage %d: %+v, want %+v", k, s, want)
		}
		if s.Right[0].Good != want.right[0] || s.Right[1].Good != want.right[1] {
			t.Errorf("%s: right %v and %v, want %v", s.Name, s.Right[0].Good, s.Right[1].Good, want.right)
		}
		if math.Abs(s.Share-want.after/4) > 1e-12 {
			t.Errorf("%s: share %v of the change, want %v", s.Name, s.Share, want.after/4)
		}
	}
}

// Whatever the stages say, what is blamed on them adds up to the wrong answers.
func TestBlameAddsUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(r, "rows")
		draw := func(name string, words ...string) []string {
			out := make([]string, n)
			for i := range out {
				out[i] = rapid.SampledFrom(words).Draw(r, name)
			}
			return out
		}
		hours := make([]int, n)
		for i := range hours {
			hours[i] = rapid.IntRange(0, 47).Draw(r, "hour")
		}
		answer, label := draw("answer", "ok", "nok", "none"), draw("label", "ok", "nok", "none", "")
		tab := tableOf(r, hours,
			text("stage_detector", "", analysis.RoleDimension, draw("detector", "found", "none", "")...),
			text("stage_classifier", "", analysis.RoleDimension, draw("classifier", "ok", "nok", "")...),
			text("prediction", "", analysis.RolePrediction, answer...), text("label", "", analysis.RoleLabel, label...))
		got, err := stage.Blame(context.Background(), tab, days(), nil)
		if err != nil {
			r.Fatal(err)
		}
		blamed, wrong := 0.0, 0.0
		for _, s := range got {
			blamed += s.Blamed[0].Good + s.Blamed[1].Good
		}
		for i := range answer {
			if label[i] != "" && answer[i] != label[i] {
				wrong++
			}
		}
		if blamed != wrong {
			r.Fatalf("%v blamed, %v wrong", blamed, wrong)
		}
	})
}

func TestBlameOfNoChain(t *testing.T) {
	tab := tableOf(t, []int{1}, text("stage_only", "", analysis.RoleDimension, "ok"), text("label", "", analysis.RoleLabel, "ok"))
	if got, err := stage.Blame(context.Background(), tab, days(), nil); got != nil || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
