package store

import (
	"math"
	"reflect"
	"testing"

	"andon/analysis"
	"andon/analysis/saved"
)

// TestSavedChecks come back as they were, open sides too.
func TestSavedChecks(t *testing.T) {
	f := create(t)
	c := saved.Check{Time: start, Author: "mo", Name: "gloves", Where: analysis.Where{analysis.Is("line", "L 2")}, Bounds: []saved.Bound{
		{Lo: .88, Hi: math.Inf(1), Why: "before"}, {Column: "brightness", Lo: 90, Hi: 130}, {Column: "blur", Lo: math.Inf(-1), Hi: 0}}}
	kept, err := f.AddSavedCheck(t.Context(), c)
	if err != nil || kept.ID != 1 {
		t.Fatalf("%+v, %v", kept, err)
	}
	f = reopen(t, f)
	defer f.Close()
	got, err := f.SavedChecks(t.Context())
	if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], kept) {
		t.Errorf("%+v, %v, want %+v", got, err, kept)
	}
}
