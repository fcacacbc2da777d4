package store

import (
	"testing"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

func TestHypotheses(t *testing.T) {
	f := create(t)
	given := hypothesis.Hypothesis{Cause: analysis.Floor, Where: "line=L2", Event: "gloves", Text: "new gloves", Own: true}
	move := hypothesis.Move{Time: start, Author: "ines", From: hypothesis.Proposed, To: hypothesis.Testing, Before: .4, After: .6, Reason: "they look black"}
	first, err := f.MoveHypothesis(t.Context(), given, move)
	if err != nil || first.ID != 1 || first.Status != hypothesis.Testing {
		t.Fatalf("kept %+v, %v", first, err)
	}
	if _, err := f.MoveHypothesis(t.Context(), first, hypothesis.Move{Time: start, From: hypothesis.Testing, To: hypothesis.Supported, Reason: "purchasing says so"}); err != nil {
		t.Fatal(err)
	}
	all, err := f.Hypotheses(t.Context())
	if err != nil || len(all) != 1 || len(all[0].Moves) != 2 || all[0].Status != hypothesis.Supported {
		t.Fatalf("read %+v, %v", all, err)
	}
	if h := all[0]; h.Key() != given.Key() || h.Author != "ines" || !h.Time.Equal(start) || h.Moves[0].Reason != move.Reason || h.Moves[0].After != .6 {
		t.Errorf("read back %+v", h)
	}
	for _, change := range []string{"UPDATE hypothesis_move SET reason = 'other'", "DELETE FROM hypothesis_move"} {
		if _, err := f.writer.Exec(change); err == nil {
			t.Errorf("%s was taken", change)
		}
	}
}
