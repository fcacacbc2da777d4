package labelling

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"andon/analysis"
)

// LeastDrop is the fall of quality that is asked about where nothing tells how
// deep it may be.
const LeastDrop = .05

// Need is a question about a slice and what settles it.
type Need struct {
	Where    analysis.Where
	Question Question
	From     string // where Likely comes from: "estimate", "labels" or "least drop"
	Waiting  int    // rows of the window after without a label
	More     int    // labels that settle it whatever is true; 0 unless Open
	Soon     int    // labels that show the likely fall
	Answer   Answer
}

// String is the need in a sentence.
func (n Need) String() string {
	where := "all rows"
	if len(n.Where) > 0 {
		where = n.Where.String()
	}
	q := n.Question
	was, is, now := 100*q.Was, 100*q.Is, 100*q.Right/max(1, q.Known)
	switch n.Answer {
	case Was:
		return fmt.Sprintf("%s: settled: %.1f %% of %.0f labels are right, as before (%.1f %%)", where, now, q.Known, was)
	case Is:
		return fmt.Sprintf("%s: settled: %.1f %% of %.0f labels are right, no longer %.1f %%", where, now, q.Known, was)
	case Never:
		return fmt.Sprintf("%s: too close to tell: %d labels would not settle %.1f %% against %.1f %%", where, MostLabels, was, is)
	}
	text := fmt.Sprintf("%d more labels in %s settle whether %.1f %% are right as before, or %.1f %%", n.More, where, was, is)
	if n.Soon < n.More {
		text += fmt.Sprintf("; if it is %.1f %% by now, %d do", 100*q.Likely, n.Soon)
	}
	if n.More > n.Waiting {
		text += fmt.Sprintf("; only %d rows wait for one", n.Waiting)
	}
	return text
}

// fewTold is how many labels since may say what is likely.
const fewTold = 10

// Ask is the question of a slice between two windows. Was is the realised share
// before. Is is what the estimate promises, where it can be trusted and is lower
// by LeastDrop at least, else Was less LeastDrop; never what the labels since
// say, which would be asked to confirm themselves. Likely is the estimate,
// trusted or not, or what ten labels since or more say, if that is lower than
// Is. ok is false where quality is no share, or the slice has no known rows
// before or no rows since.
func Ask(ctx context.Context, t *analysis.Table, w analysis.Windows, where analysis.Where, e analysis.Estimate) (n Need, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return n, false, err
	}
	before, after, err := t.Split(where, w)
	if err != nil {
		return n, false, fmt.Errorf("ask for labels: %w", err)
	}
	n.Where = where
	if m := t.Measure(); m.Scale != analysis.Proportion || !m.Realised() {
		return n, false, nil
	}
	was, is := known(t, before), known(t, after)
	if was.Known == 0 || is.Rows == 0 {
		return n, false, nil
	}
	n.Waiting = is.Rows - is.Known
	n.Question = Question{Was: was.Mean(), Known: float64(is.Known), Right: is.Good}
	n.expect(e, is)
	n.More, n.Soon, n.Answer = n.Question.Need()
	return n, true, nil
}

// known is what is known of the quality of rows.
func known(t *analysis.Table, rows []int) (sum analysis.Sum) {
	for _, i := range rows {
		sum.Note(t.Quality()[i])
	}
	return sum
}

// expect sets what the question is asked against, and what is likely.
func (n *Need) expect(e analysis.Estimate, after analysis.Sum) {
	q := &n.Question
	q.Is, n.From = q.Was-LeastDrop, "least drop"
	told := !math.IsNaN(e.Accuracy) && e.Rows > 0 && e.Accuracy <= q.Is
	if told && e.Trusted {
		q.Is = e.Accuracy
	}
	q.Likely = q.Is
	switch {
	case after.Known >= fewTold && after.Mean() < q.Is:
		q.Likely, n.From = after.Mean(), "labels"
	case told:
		q.Likely, n.From = e.Accuracy, "estimate"
	}
}

// Row is a row to label, and why. Random rows may be counted as quality; the
// others were chosen for being hard, and may only teach.
type Row struct {
	Row    int
	Where  analysis.Where
	Reason string
	Random bool
}

// First are the n rows of the window after to label first. Those that show the
// likely fall of the open needs come first, the one that needs fewest leading,
// spread evenly over the slice's waiting rows in time, which is as good as drawn
// by lot; then those of which the model was least sure, whose label teaches
// most. No row comes twice. Cost: a pass for each need, and sorting the window.
func First(t *analysis.Table, w analysis.Windows, needs []Need, n int) ([]Row, error) {
	open := slices.DeleteFunc(slices.Clone(needs), func(k Need) bool { return k.Answer != Open })
	slices.SortStableFunc(open, func(a, b Need) int { return a.Soon - b.Soon })
	taken := map[int]bool{}
	var rows []Row
	for _, need := range open {
		waiting, err := waiting(t, w, need.Where)
		if err != nil {
			return nil, err
		}
		why := fmt.Sprintf("one of %d that show whether it fell to %.1f %%%s", need.Soon, 100*need.Question.Likely, among(need.Where))
		for _, i := range spread(waiting, min(need.Soon, n-len(rows))) {
			if !taken[i] {
				taken[i] = true
				rows = append(rows, Row{i, need.Where, why, true})
			}
		}
	}
	if len(rows) < n {
		return hard(t, w, taken, rows, n)
	}
	return rows, nil
}

// among names a slice; all rows need no name.
func among(where analysis.Where) string {
	if len(where) == 0 {
		return ""
	}
	return " in " + where.String()
}

// waiting are the rows of the window after in a slice without a label, in time.
func waiting(t *analysis.Table, w analysis.Windows, where analysis.Where) ([]int, error) {
	_, rows, err := t.Split(where, w)
	if err != nil {
		return nil, fmt.Errorf("choose rows to label: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(i int) bool { return t.Quality()[i] == t.Quality()[i] })
	times := t.Role(analysis.RoleTime).Times
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(times[a], times[b]) })
	return rows, nil
}

// spread are n of the rows at even distances.
func spread(rows []int, n int) []int {
	n = max(0, min(n, len(rows)))
	out := make([]int, n)
	for k := range out {
		out[k] = rows[(2*k+1)*len(rows)/(2*n)]
	}
	return out
}

// hard adds the waiting rows of the least confidence.
func hard(t *analysis.Table, w analysis.Windows, taken map[int]bool, rows []Row, n int) ([]Row, error) {
	c := t.Role(analysis.RoleConfidence)
	if c == nil || c.Type != analysis.Number {
		return rows, nil
	}
	left, err := waiting(t, w, nil)
	if err != nil {
		return rows, err
	}
	left = slices.DeleteFunc(left, func(i int) bool { return taken[i] || c.Null(i) })
	slices.SortStableFunc(left, func(a, b int) int { return cmp.Compare(c.Numbers[a], c.Numbers[b]) })
	for _, i := range left[:min(len(left), n-len(rows))] {
		rows = append(rows, Row{i, nil, fmt.Sprintf("confidence %.2f, among the lowest: teaches most, tells nothing about the others", c.Numbers[i]), false})
	}
	return rows, nil
}
