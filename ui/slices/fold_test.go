package slices

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/uitest"
)

// repeated is a triage whose slices repeat each other in every way there is.
func repeated() screen.State {
	state := screentest.Gloves()
	score := func(where string, accepted bool, rows, good int) analysis.SliceScore {
		w, err := analysis.ParseWhere(where)
		if err != nil {
			panic(err)
		}
		sum := analysis.Sum{Rows: rows, Known: rows / 2, Good: float64(good)}
		return analysis.SliceScore{Where: w, Before: sum, After: sum, Accepted: accepted, Support: [2]float64{0.3, 0.3}, Contribution: 0.5}
	}
	state.Triage.Slices = []analysis.SliceScore{
		score("line=L2", true, 4000, 800), score("line=L2 brightness=..60", true, 3000, 500), // a part of the guilty
		score("station=S4", false, 1000, 300), score("operator=op-9", false, 1000, 300), // the same rows
		score("station=S4 shift=night", false, 500, 20), // a part of what chance explains is its own
		score("shift=night", false, 2000, 900),
	}
	return state
}

func TestFold(t *testing.T) {
	p := uitest.Play(t, New(uitest.Mono(t), time.UTC), repeated(), 80, 21)
	list := func() string {
		var words []string
		for _, e := range p.Screen.(Screen).shown {
			words = append(words, fmt.Sprintf("%d+%d", e.score, e.folded))
		}
		return strings.Join(words, " ")
	}
	if got, want := list(), "0+1 2+1 4+0 5+0"; got != want {
		t.Errorf("folded to %s, want %s", got, want)
	}
	uitest.Golden(t, "folded-80x21-ascii", p.Screen.View(80, 21), 80, 21)
	p.Press("j", "u", "j")
	if got, want := list(), "0+0 1+0 2+0 3+0 4+0 5+0"; got != want {
		t.Errorf("unfolded to %s, want %s", got, want)
	}
	uitest.Golden(t, "unfolded-80x21-ascii", p.Screen.View(80, 21), 80, 21)
	if saw := p.Screen.Under().Saw; !strings.HasPrefix(saw, "operator=op-9 ") {
		t.Fatalf("the cursor is on %s", saw)
	}
	p.Press("u")
	if saw := p.Screen.Under().Saw; !strings.HasPrefix(saw, "station=S4 ") {
		t.Errorf("folded, the cursor is on %s, want the slice that it repeats", saw)
	}
}

// Folding loses no slice, and shows none twice.
func TestFoldKeepsAll(t *testing.T) {
	columns := []string{"line=L1", "line=L2", "shift=n", "camera=C1"}
	rapid.Check(t, func(t *rapid.T) {
		var scores []analysis.SliceScore
		for range rapid.IntRange(0, 12).Draw(t, "slices") {
			where, _ := analysis.ParseWhere(strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(columns), 1, 3, rapid.ID).Draw(t, "where"), " "))
			rows := rapid.IntRange(0, 5).Draw(t, "rows")
			scores = append(scores, analysis.SliceScore{Where: where, Accepted: rapid.Bool().Draw(t, "accepted"), Before: analysis.Sum{Rows: rows}, After: analysis.Sum{Rows: rows}})
		}
		seen := map[int]bool{}
		for _, e := range fold(scores, true) {
			if seen[e.score] {
				t.Errorf("slice %d is shown twice", e.score)
			}
			seen[e.score] = true
		}
		shown := 0
		for _, e := range fold(scores, false) {
			shown += 1 + e.folded
		}
		if len(seen) != len(scores) || shown != len(scores) {
			t.Errorf("%d slices: %d unfolded, %d folded", len(scores), len(seen), shown)
		}
	})
}
