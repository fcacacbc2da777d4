package analysis

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

// asked is a log far away that notes the order of the questions.
type asked struct {
	Log
	columns []string
}

func (l *asked) Profile(ctx context.Context, column string, where Where, w Windows) (Profile, error) {
	l.columns = append(l.columns, column)
	return l.Log.Profile(ctx, column, where, w)
}

// A log far away is asked one column after another, in the order of its fields.
func TestDiffAsksInTurn(t *testing.T) {
	log := &asked{Log: shopLog(t, 4000, 4, func(*rand.Rand, *part) {})}
	if _, err := Diff(t.Context(), log, HalfWindows(log.Span()), nil); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range log.Fields() {
		if diffable(f) {
			want = append(want, f.Name)
		}
	}
	if !slices.Equal(log.columns, want) {
		t.Errorf("asked %v, want %v", log.columns, want)
	}
}
