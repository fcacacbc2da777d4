package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ColumnError says that a column was asked for that the log does not have, and
// which existing names come nearest.
type ColumnError struct {
	Column string
	Near   []string
}

func (e *ColumnError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("no column %q; the Data screen lists the columns there are", e.Column)
	}
	return fmt.Sprintf("no column %q; did you mean %s?", e.Column, strings.Join(e.Near, " or "))
}

// nearest are the up to three names most like name, best first: those that
// differ by at most a third of its letters, or contain it.
func nearest(name string, names []string) []string {
	type guess struct {
		name string
		far  int
	}
	var guesses []guess
	want := strings.ToLower(name)
	for _, n := range names {
		have := strings.ToLower(n)
		far := editDistance(want, have)
		if want != "" && strings.Contains(have, want) {
			far = min(far, 1)
		}
		if far <= max(2, len(want)/3) {
			guesses = append(guesses, guess{n, far})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.far, b.far) })
	var best []string
	for _, g := range guesses[:min(3, len(guesses))] {
		best = append(best, g.name)
	}
	return best
}

// editDistance counts the single-byte insertions, deletions and replacements
// that turn a into b (Levenshtein). Cost: len(a)·len(b).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
