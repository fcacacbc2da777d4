package store

import (
	"fmt"
	"testing"

	"andon/analysis"
)

func TestRepeated(t *testing.T) {
	f := create(t)
	rows := func(ids ...string) *analysis.Batch {
		var lines [][]string
		for _, id := range ids {
			lines = append(lines, []string{"2026-03-07T06:28:00Z", id})
		}
		return batch(analysis.InferenceKind, []string{"time:time", "id:id"}, lines...)
	}
	load(t, f, analysis.Source{Path: "a", Hash: "a", Kind: analysis.InferenceKind}, rows("1", "2", "3", "3"))
	load(t, f, analysis.Source{Path: "b", Hash: "b", Kind: analysis.InferenceKind}, rows("3", "4", "4", "1", ""))
	for n, want := range map[int64]int64{0: 0, 4: 2, 9: 0} {
		if got, err := f.Repeated(t.Context(), n); err != nil || got != want {
			t.Errorf("beyond the first %d: %d repeated (%v), want %d", n, got, err, want)
		}
	}
	plain := create(t)
	load(t, plain, analysis.Source{Path: "a", Hash: "a", Kind: analysis.InferenceKind},
		batch(analysis.InferenceKind, []string{"time:time", "line"}, []string{"2026-03-07T06:28:00Z", "L1"}, []string{"2026-03-07T06:28:00Z", "L1"}))
	if got, err := plain.Repeated(t.Context(), 1); err != nil || got != 0 {
		t.Errorf("without ids: %d repeated (%v)", got, err)
	}
}

// TestRepeatedPacked: the packed ids tell what the rows do, over more than a
// segment and with ids missing.
func TestRepeatedPacked(t *testing.T) {
	const n = 70_000
	f := create(t)
	part := plantBatch(n/2, n)
	part.Role(analysis.RoleID).Codes[7] = 0
	load(t, f, analysis.Source{Path: "a", Hash: "a", Kind: analysis.InferenceKind}, plantBatch(0, n))
	load(t, f, analysis.Source{Path: "b", Hash: "b", Kind: analysis.InferenceKind}, part)
	want := ask(t, f, "SELECT count(*) FROM inference WHERE rowid > ?1 AND id IN (SELECT id FROM inference WHERE rowid <= ?1)", n)
	got, all, err := repeatedPacked(t.Context(), f.reader, f.known.inference().role(analysis.RoleID), n)
	if err != nil || !all || fmt.Sprint(got) != want || got != n/2-1 {
		t.Errorf("%d repeated of all: %t (%v), want %s", got, all, err, want)
	}
}
