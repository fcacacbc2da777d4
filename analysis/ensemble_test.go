package analysis

import (
	"context"
	"slices"
	"testing"
	"time"
)

// Oracle: counted by hand.
func TestEnsemble(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1, 2, 60, 61, 62),
		textColumn("prediction", RolePrediction, "a", "b", "a", "a", "a", "a"),
		textColumn("label", RoleLabel, "a", "b", "", "b", "b", "a"),
		textColumn("vote_x", RoleVote, "a", "b", "a", "b", "", "a"),
		textColumn("version", RoleVersion, "1", "1", "1", "1", "2", "2"))
	e, err := tab.Ensemble(context.Background(), Windows{hoursWindow(0, 1), hoursWindow(1, 2)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Members) != 1 || len(e.Agreement) != 1 || e.Warnings != nil {
		t.Fatalf("members %v, agreement %v, warnings %v", e.Members, e.Agreement, e.Warnings)
	}
	if got := e.Agreement[0].Over(hoursWindow(1, 2)); got != (Sum{3, 2, 1, 1}) {
		t.Errorf("x agrees %+v after, want 1 of 2 known of 3", got)
	}
	one, two := e.Versions[0], e.Versions[1]
	if one.Where.Value != "1" || one.Share != [2]float64{1, 1. / 3} || one.Before != (Sum{3, 2, 2, 2}) {
		t.Errorf("version 1 = %+v", one)
	}
	if two.Where.Value != "2" || two.Share != [2]float64{0, 2. / 3} || two.After != (Sum{2, 2, 1, 1}) {
		t.Errorf("version 2 = %+v", two)
	}
	if got := two.Traffic.Over(hoursWindow(0, 2)).Rows; got != 2 {
		t.Errorf("version 2 answered %d rows over time, want 2", got)
	}
}

func TestEnsembleOfNobody(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1), textColumn("line", RoleDimension, "a", "b"))
	e, err := tab.Ensemble(context.Background(), Windows{hoursWindow(0, 1), hoursWindow(1, 2)}, nil)
	if err != nil || e.Members != nil || e.Versions != nil || len(e.Warnings) != 2 {
		t.Errorf("ensemble %+v, error %v, want two warnings", e, err)
	}
}

func TestCoarseStepsAreOnTheLadder(t *testing.T) {
	day := hoursWindow(0, 24)
	if got := coarse(day); got != 30*time.Minute {
		t.Errorf("a day is cut by %v, want 30m", got)
	}
	if got := coarse(Window{}); !slices.Contains(Steps, got) {
		t.Errorf("an empty span is cut by %v", got)
	}
	decade := Window{day.From, day.From.AddDate(10, 0, 0)}
	if got := coarse(decade); decade.Duration()/got > ensembleBuckets {
		t.Errorf("ten years are cut by %v: too many buckets", got)
	}
}
