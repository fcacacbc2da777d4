// Package retrain chooses what to label and retrain on after a drop: few rows,
// each for a reason.
//
//	           inside the guilty slice        elsewhere
//	after    ┌ unseen inputs  ▓▓▓▓▓▓▓▓▓▓ ┐  ┌ unseen  ▓▓ ┐     what the model lacks
//	         └ known inputs   ▓▓▓        ┘  └            ┘
//	before     ▓▓▓                            ▓▓▓              what it must not forget
//
// Within each group rows are taken as far from one another as can be, so that
// no two show the same, and every fifth is held out to prove the new model on.
package retrain

import (
	"context"
	"fmt"
	"slices"

	"andon/analysis"
)

// Reason is the group a row was chosen from.
type Reason string

const (
	Unseen    Reason = "unseen"    // after, guilty slice: like nothing before
	Guilty    Reason = "guilty"    // after, guilty slice: inputs as before
	Elsewhere Reason = "elsewhere" // after, other rows: like nothing before
	Keep      Reason = "keep"      // before: the old case must not be forgotten
)

// Reasons are all, in the order they are served from the budget.
var Reasons = []Reason{Unseen, Guilty, Elsewhere, Keep}

// shares of the budget. What a group cannot fill goes to the others in order.
// A quarter of old rows is what keeps a fine-tuned model from forgetting them
// (experience replay; Rolnick and others 2019 find a tenth to a half enough).
var shares = map[Reason]float64{Unseen: .50, Guilty: .15, Elsewhere: .10, Keep: .25}

// heldOut is every how many-th row of a group that is for the proof.
const heldOut = 5

// Ask is what rows are chosen for.
type Ask struct {
	Windows analysis.Windows
	Where   analysis.Where       // only these rows
	Guilty  analysis.Where       // the slice that dropped; empty for all rows
	Budget  int                  // how many rows
	Picture func(row int) string // what two rows with the same picture share, "" for no picture; nil for none
}

// Pick is one row. Novelty is how far its inputs are from anything before in
// the same slice, in units of the distance that one before-row in a hundred
// exceeds: above 1 is unseen. By is the input that makes most of it. Distance
// is to the nearest row chosen before it, in the same space.
type Pick struct {
	Row      int // of the table, from 0
	Reason   Reason
	HeldOut  bool
	Novelty  float64
	By       string
	Distance float64
	Labelled bool
	Wrong    bool
}

// Choice is the rows in the order to label them, and what they were chosen
// from: rows by group (of the at most 4,000 that were looked at on each side,
// but for Keep), and rows passed over because their picture, or all their
// inputs, were chosen already.
type Choice struct {
	Picks      []Pick
	Pool       map[Reason]int
	Duplicates int
	Inputs     []string // the columns that distances are measured in
	Warnings   []string
}

// Choose picks at most ask.Budget rows. It is deterministic. An empty window, a
// budget below 1 and an unknown column are errors. Without any number about the
// inputs nothing is unseen, and rows are spread over time. Cost: the rows of a
// group, at most 4,000 of them evenly, times the budget and the inputs.
func Choose(ctx context.Context, table *analysis.Table, ask Ask) (Choice, error) {
	if ask.Windows.Before.Empty() || ask.Windows.After.Empty() {
		return Choice{}, fmt.Errorf("choose rows to retrain on: the windows before and after must hold some time")
	}
	if ask.Budget < 1 {
		return Choice{}, fmt.Errorf("choose rows to retrain on: the budget is %d rows; give at least 1", ask.Budget)
	}
	inside, outside, err := sides(table, ask)
	if err != nil {
		return Choice{}, err
	}
	c := &chooser{ask: ask, table: table, pictures: map[string]bool{}, choice: Choice{Pool: map[Reason]int{}}}
	groups := c.groups(inside, outside)
	for _, r := range Reasons {
		c.choice.Pool[r] = len(groups[r])
	}
	c.choice.Pool[Keep] = len(inside.before) + len(outside.before)
	c.warn()
	for _, q := range quotas(ask.Budget, groups) {
		if err := ctx.Err(); err != nil {
			return c.choice, err
		}
		c.fill(q.reason, groups[q.reason], q.rows)
	}
	c.holdOut()
	return c.choice, nil
}

// pool is rows of both windows.
type pool struct{ before, after []int }

// sides splits the rows into the guilty slice and the rest.
func sides(table *analysis.Table, ask Ask) (inside, outside pool, err error) {
	inside.before, inside.after, err = table.Split(slices.Concat(ask.Where, ask.Guilty), ask.Windows)
	if err != nil || len(ask.Guilty) == 0 {
		return inside, outside, err
	}
	all := pool{}
	if all.before, all.after, err = table.Split(ask.Where, ask.Windows); err != nil {
		return inside, outside, err
	}
	return inside, pool{without(all.before, inside.before), without(all.after, inside.after)}, nil
}

// without is the ascending rows of all that are not in some.
func without(all, some []int) []int {
	var out []int
	for _, row := range all {
		if len(some) > 0 && some[0] == row {
			some = some[1:]
			continue
		}
		out = append(out, row)
	}
	return out
}

// candidate is a row with its place in the space of inputs.
type candidate struct {
	row     int
	at      []float64
	novelty float64
	by      string
}

// groups sorts the rows by reason; each side has a space of its own, so that
// what is normal elsewhere can be unseen here.
func (c *chooser) groups(inside, outside pool) map[Reason][]candidate {
	in, out := newSpace(c.table, inside.before), newSpace(c.table, outside.before)
	c.choice.Inputs = in.names()
	groups := map[Reason][]candidate{}
	for _, row := range evenly(inside.after) {
		k := in.candidate(row)
		reason := Guilty
		if k.novelty > 1 {
			reason = Unseen
		}
		groups[reason] = append(groups[reason], k)
	}
	for _, row := range evenly(outside.after) {
		if k := out.candidate(row); k.novelty > 1 {
			groups[Elsewhere] = append(groups[Elsewhere], k)
		}
	}
	for _, row := range evenly(inside.before) {
		groups[Keep] = append(groups[Keep], in.candidate(row))
	}
	for _, row := range evenly(outside.before) {
		groups[Keep] = append(groups[Keep], out.candidate(row))
	}
	return groups
}

// mostCandidates bounds a group's rows.
const mostCandidates = 4000

// evenly is at most mostCandidates of the rows, spread over the list.
func evenly(rows []int) []int {
	if len(rows) <= mostCandidates {
		return rows
	}
	out := make([]int, mostCandidates)
	for i := range out {
		out[i] = rows[i*len(rows)/mostCandidates]
	}
	return out
}

// quota is how many rows a group is asked for.
type quota struct {
	reason Reason
	rows   int
}

// quotas divides the budget by shares, and gives what a small group leaves to
// the others, in order.
func quotas(budget int, groups map[Reason][]candidate) []quota {
	var out []quota
	left := budget
	for _, r := range Reasons {
		n := min(int(shares[r]*float64(budget)), len(groups[r]), left)
		out = append(out, quota{r, n})
		left -= n
	}
	for i := range out {
		more := min(left, len(groups[out[i].reason])-out[i].rows)
		out[i].rows += more
		left -= more
	}
	return out
}

// holdOut marks every fifth row of each group for the proof.
func (c *chooser) holdOut() {
	seen := map[Reason]int{}
	for i := range c.choice.Picks {
		p := &c.choice.Picks[i]
		seen[p.Reason]++
		p.HeldOut = seen[p.Reason]%heldOut == 0
	}
}

func (c *chooser) warn() {
	if len(c.choice.Inputs) == 0 {
		c.choice.Warnings = append(c.choice.Warnings, "no number about the inputs is logged and no frames are loaded: nothing can be told to be unseen, rows are spread over time")
	} else if c.choice.Pool[Unseen] == 0 {
		c.choice.Warnings = append(c.choice.Warnings, "no input of the guilty slice is unlike those before: retraining may not be what helps")
	}
}
