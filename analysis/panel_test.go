package analysis

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

// sameNumbers compares with NaN equal to NaN.
func sameNumbers(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

// Oracle: read by eye. Class 1 is ok, 2 is nok.
func TestPanel(t *testing.T) {
	base := []Column{minuteColumn(0, 1, 2, 3), textColumn("prediction", RolePrediction, "ok", "nok", "ok", ""),
		textColumn("label", RoleLabel, "ok", "ok", "", "nok")}
	for _, tt := range []struct {
		name    string
		votes   []Column
		said    []float64
		share   float64 // of ok in row 1
		warning string
	}{
		{"choices", []Column{textColumn("vote_x", RoleVote, "ok", "nok", "", "nok")}, []float64{1, 2, nan, 2}, 0, ""},
		{"shares", []Column{numberColumn("vote_x_ok", RoleVote, .8, .3, nan, .5), numberColumn("vote_x_nok", RoleVote, .2, .7, nan, .5)}, []float64{1, 2, nan, 1}, .3, ""},
		{"a score of ok", []Column{numberColumn("vote_x", RoleVote, .9, .3, nan, .2)}, []float64{1, 2, nan, 2}, .3, ""},
		{"a score of nok", []Column{numberColumn("vote_x", RoleVote, .1, .8, nan, .9)}, []float64{1, 2, nan, 2}, .2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := tableOf(t, append(slices.Clone(base), tt.votes...)...).Panel()
			if len(p.Members) != 1 || p.Members[0].Name != "x" || len(p.Members[0].Columns) != len(tt.votes) {
				t.Fatalf("members %+v", p.Members)
			}
			if !sameNumbers(p.Members[0].Said, tt.said) {
				t.Errorf("said %v, want %v", p.Members[0].Said, tt.said)
			}
			if got := p.Members[0].Share(0, 1); math.Abs(got-tt.share) > 1e-12 {
				t.Errorf("share of ok %v, want %v", got, tt.share)
			}
			if !sameNumbers(p.Answer, []float64{1, 2, 1, nan}) || !sameNumbers(p.Truth, []float64{1, 1, nan, 2}) {
				t.Errorf("answers %v, truth %v", p.Answer, p.Truth)
			}
		})
	}
}

func TestPanelScoreOfThreeClasses(t *testing.T) {
	p := tableOf(t, minuteColumn(0, 1, 2), textColumn("label", RoleLabel, "a", "b", "c"),
		numberColumn("vote_x", RoleVote, .1, .2, .3)).Panel()
	if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "vote_x_<class>") || p.Members[0].Said[0] == p.Members[0].Said[0] {
		t.Errorf("%+v, want a warning and a member that says nothing", p)
	}
}

// Of three classes a wrong answer's truth stays open, and the panel says so.
func TestPanelOfRightAndWrong(t *testing.T) {
	p := tableOf(t, minuteColumn(0, 1, 2), textColumn("prediction", RolePrediction, "a", "b", "c"),
		numberColumn("correct", RoleCorrect, 1, 0, nan), textColumn("vote_x", RoleVote, "a", "b", "c")).Panel()
	if !p.Deduced || !p.OneSided || !sameNumbers(p.Truth, []float64{1, nan, nan}) || len(p.Warnings) != 1 {
		t.Errorf("%+v", p)
	}
}

// Whatever is logged, a member's choice is a class of the panel or nothing, and
// no class has a greater share than its choice.
func TestPanelChoosesItsLargestShare(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.IntRange(1, 12).Draw(r, "rows")
		share := func(name string) Column {
			v := make([]float64, rows)
			for i := range v {
				if v[i] = rapid.Float64Range(0, 1).Draw(r, name); rapid.IntRange(0, 5).Draw(r, "null") == 0 {
					v[i] = math.NaN()
				}
			}
			return numberColumn(name, RoleVote, v...)
		}
		class := make([]string, rows)
		for i := range class {
			class[i] = rapid.SampledFrom([]string{"ok", "nok", "no part", ""}).Draw(r, "class")
		}
		p := tableOf(t, minuteColumn(make([]int, rows)...), textColumn("prediction", RolePrediction, class...),
			share("vote_m_ok"), share("vote_m_nok"), share("vote_m_no_part")).Panel()
		for m := range p.Members {
			b := &p.Members[m]
			for i, said := range b.Said {
				if said != said {
					continue
				}
				if said < 1 || int(said) > len(p.Classes) {
					r.Fatalf("class %v of %v", said, p.Classes)
				}
				for k := range b.Shares {
					if b.Share(k, i) > b.Share(int(said)-1, i) {
						r.Fatalf("row %d chose %v, but class %d has the greater share", i, said, k+1)
					}
				}
			}
		}
	})
}

// Those who ask while somebody holds a panel get the same one; a copy of the
// table that measures otherwise does not.
func TestPanelIsShared(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1), numberColumn("prediction", RolePrediction, 1.5, 2), numberColumn("label", RoleLabel, 1, 4),
		numberColumn("vote_x", RoleVote, 2, 4))
	p := tab.Panel()
	if tab.Panel() != p || !p.Amounts {
		t.Errorf("two panels of one table, or one of amounts that are %t", p.Amounts)
	}
	guess := *tab
	guess.measure.Metric = EstimatedAccuracy
	if other := guess.Panel(); other == p || other.Amounts {
		t.Error("a table that measures classes has the panel of one that measures amounts")
	}
	runtime.KeepAlive(p)
}

// Oracle: read by eye.
func TestDisputed(t *testing.T) {
	p := tableOf(t, minuteColumn(0, 1, 2, 3, 4), textColumn("prediction", RolePrediction, "x", "x", "x", "x", "y"),
		textColumn("vote_a", RoleVote, "x", "x", "x", "", ""), textColumn("vote_b", RoleVote, "x", "y", "", "", "y"),
		textColumn("vote_c", RoleVote, "x", "x", "", "", "x")).Panel()
	var got []float64
	for i := range 5 {
		got = append(got, p.Disputed(i))
	}
	if want := []float64{0, 1, nan, nan, 1}; !sameNumbers(got, want) {
		t.Errorf("disputed %v, want %v", got, want)
	}
}
