package whatif

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"andon/analysis"
)

// Rows of one stretch of time are never split between fitting and judging, and
// all folds have rows.
func TestFoldsAreOfWholeBlocks(t *testing.T) {
	tab := world(t, 21, 4000, 3, func(int, int, string) float64 { return .8 })
	b, err := newBench(tab, Question{Windows: halves(tab)})
	if err != nil {
		t.Fatal(err)
	}
	fold, seen := map[int]int{}, map[int]int{}
	for k, block := range b.block {
		if f, met := fold[block]; met && f != b.fold[k] {
			t.Fatalf("block %d lies in folds %d and %d", block, f, b.fold[k])
		}
		fold[block] = b.fold[k]
		seen[b.fold[k]]++
	}
	if len(seen) != folds || len(fold) != blocks {
		t.Errorf("%d folds of %d blocks, want %d of %d", len(seen), len(fold), folds, blocks)
	}
}

// The same gains in the same number of rows are less certain where they come in
// stretches: 40 blocks of 50 rows, every other block better as a whole, against
// every other row.
func TestGainsThatComeInStretchesAreLessCertain(t *testing.T) {
	tab := world(t, 22, 4000, 3, func(int, int, string) float64 { return .8 })
	b, err := newBench(tab, Question{Windows: halves(tab)})
	if err != nil {
		t.Fatal(err)
	}
	width := func(better func(k int) bool) float64 {
		outcomes := make([]outcome, len(b.rows))
		for k := range outcomes {
			outcomes[k].worth = b.now[k]
			if better(k) {
				outcomes[k].worth++
			}
		}
		e := b.effect(outcomes, func(int) bool { return true })
		return e.Interval.Hi - e.Interval.Lo
	}
	rows, stretches := width(func(k int) bool { return k%2 == 0 }), width(func(k int) bool { return b.block[k]%2 == 0 })
	if stretches < 4*rows {
		t.Errorf("%.4f wide by rows, %.4f by stretches: 50 rows that go together are one", rows, stretches)
	}
}

// Oracle: the definition. What a review costs is taken off the gain, and decides
// what is sent to a person at all.
func TestReviewsArePaidFor(t *testing.T) {
	tab := world(t, 23, 4000, 3, func(int, int, string) float64 { return .8 })
	for _, tt := range []struct {
		wrong, review, each float64
	}{{0, 0, tenth}, {40, 2, .05}, {40, 40, 1}} {
		p, err := Explore(context.Background(), tab, Question{Windows: halves(tab), Wrong: tt.wrong, Review: tt.review})
		if err != nil {
			t.Fatal(err)
		}
		sent := false
		for _, r := range p.Remedies {
			want := analysis.Interval{Lo: r.Overall.Interval.Lo - tt.each*r.Reviewed, Hi: r.Overall.Interval.Hi - tt.each*r.Reviewed}
			if math.Abs(r.Net.Lo-want.Lo) > 1e-12 || math.Abs(r.Net.Hi-want.Hi) > 1e-12 {
				t.Errorf("at %v a review: %s nets %v, want %v", tt.each, r.Do, r.Net, want)
			}
			if strings.HasSuffix(r.Do, "if it pays") || strings.Contains(r.Do, "class by class") {
				sent = sent || r.Reviewed > .01
			}
			if tt.each == 1 && r.Reviewed > 0 && r.Finding == Helps {
				t.Errorf("%s helps, though a review costs as much as a wrong answer", r.Do)
			}
		}
		if sent != (tt.each < 1) {
			t.Errorf("at %v a review, sent to a person: %t", tt.each, sent)
		}
	}
}

// Member a fails at L1 and b everywhere else: b alone mends L1 and harms the
// rest, which is said.
func TestAMendThatHarmsTheRestSaysSo(t *testing.T) {
	const rows = 4000
	tab := world(t, 24, rows, 3, func(i, m int, line string) float64 {
		if i >= rows/2 && (m == 0 && line == "L1" || m == 1 && line == "L2") {
			return .3
		}
		return .95
	})
	p, err := Explore(context.Background(), tab, Question{Windows: halves(tab), Slice: analysis.Where{analysis.Is("line", "L1")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Remedies {
		if worse := r.Elsewhere.Interval.Hi < 0; worse != slices.Contains(r.Warnings, "it makes the rest worse") {
			t.Errorf("%s: elsewhere %v, warnings %q", r.Do, r.Elsewhere.Interval, r.Warnings)
		}
		if r.Do == "take member b alone" && (r.Slice.Interval.Lo <= 0 || r.Elsewhere.Interval.Hi >= 0) {
			t.Errorf("%s: slice %v, elsewhere %v", r.Do, r.Slice.Interval, r.Elsewhere.Interval)
		}
	}
}

// Labels that only the unsure rows got are no fair sample; labels by lot are.
func TestLabelsOfTheUnsureAreNoFairSample(t *testing.T) {
	tab := world(t, 25, 4000, 3, func(int, int, string) float64 { return .8 })
	confidence := tab.Role(analysis.RoleConfidence).Numbers
	for name, tt := range map[string]struct {
		labelled func(i int) bool
		warned   bool
	}{
		"by lot":     {func(i int) bool { return i%3 == 0 }, false},
		"the unsure": {func(i int) bool { return confidence[i] < .6 }, true},
	} {
		label := analysis.NewBuilder(tab.Role(analysis.RoleLabel).Field)
		for i := range tab.Rows() {
			if tt.labelled(i) {
				label.Text(tab.Role(analysis.RoleLabel).String(i))
			} else {
				label.Null()
			}
		}
		columns := []analysis.Column{label.Column()}
		for _, f := range tab.Fields() {
			if f.Role != analysis.RoleLabel {
				columns = append(columns, *tab.Column(f.Name))
			}
		}
		some, err := analysis.NewTable(columns)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Explore(context.Background(), some, Question{Windows: halves(some)})
		if err != nil {
			t.Fatal(err)
		}
		if all := strings.Join(p.Warnings, "\n"); strings.Contains(all, "less sure than the rest") != tt.warned {
			t.Errorf("%s: warnings %q", name, p.Warnings)
		}
	}
}
