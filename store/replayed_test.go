package store

import (
	"slices"
	"testing"

	"andon/analysis/swap"
)

func TestReplays(t *testing.T) {
	f := create(t)
	for want := int64(1); want <= 2; want++ {
		given := []swap.Answer{
			{Row: want, Side: swap.After, Slice: "line=L2", Model: swap.Old, Version: "4.1", Prediction: "ok", Logged: "nok", Correct: true},
			{Row: want, Side: swap.After, Slice: "line=L2", Model: swap.New, Version: "4.2", Prediction: "nok"},
		}
		number, err := f.AddReplay(t.Context(), given)
		if err != nil || number != want {
			t.Fatalf("kept as %d, %v", number, err)
		}
		if got, err := f.Replay(t.Context(), number); err != nil || !slices.Equal(got, given) {
			t.Errorf("read %+v, %v", got, err)
		}
	}
	if got, err := f.Replay(t.Context(), 3); err != nil || got != nil {
		t.Errorf("a replay nobody made: %+v, %v", got, err)
	}
}
