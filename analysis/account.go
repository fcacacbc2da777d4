package analysis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"andon/analysis/decomposition"
)

// Where did the drop go? Every cell of a few columns has its share of the rows
// and its quality, before and after; the drop is split between
//
//	mix     known inputs in other proportions        (w1-w0)·((r0+r1)/2 - R0)
//	new     inputs before hardly had                 w1·(r1-R0) - w0·(r0-R0)
//	within  the same logged inputs, worse answers    (r1-r0)·(w0+w1)/2
//
// where w is a cell's share of the known rows, r its quality, R0 the quality of
// everything before. The three add up to the drop exactly. Within is never the
// model's by itself: a cause the columns do not show lands there too.

// A cell is new where After has so many of its rows that Before, at the same
// rate, would have had newExpected of them, and has at most newShare of that.
// Cells too rare to tell count as known.
const (
	newExpected = 5
	newShare    = .05
)

// Edges that an account cuts numbers at.
const (
	accountBins    = 8  // ranges of a number that Before had
	accountColumns = 3  // columns at most
	accountMissing = .5 // share of After's rows without a value: not a column to account by
)

// AccountFor splits the change of quality between the windows over the rows of
// where by the columns named, at best those of [AccountColumns]. Text columns
// are cut by value, numbers into ranges of about equal count Before and the
// ranges Before never had. Without columns everything is Within.
//
// Weights and qualities are over rows of known quality; whether a cell is new
// is told from all rows. Delta = Mix + New + Within to rounding. Nothing known
// in a window gives zeros. An error comes from the log only. Cost: a profile a
// number, one count of leaves. Source: methods 4.1 (Kitagawa, Oaxaca, Blinder).
func AccountFor(ctx context.Context, log Log, w Windows, where Where, by []string) (Account, error) {
	fields := map[string]Field{}
	for _, f := range log.Fields() {
		fields[f.Name] = f
	}
	dims := make([]Dimension, len(by))
	for i, column := range by {
		dims[i].Column = column
		if fields[column].Type != Number {
			continue
		}
		p, err := log.Profile(ctx, column, where, w)
		if err != nil {
			return Account{}, fmt.Errorf("account by %q: %w", column, err)
		}
		dims[i].Edges = accountEdges(p)
	}
	leaves, err := log.Leaves(ctx, dims, where, w)
	for errors.Is(err, ErrManyCells) && len(dims) > 1 {
		dims = dims[:len(dims)-1]
		leaves, err = log.Leaves(ctx, dims, where, w)
	}
	if err != nil {
		return Account{}, fmt.Errorf("account by %d columns: %w", len(by), err)
	}
	return AccountLeaves(leaves), nil
}

// AccountLeaves is the account of cells already counted; see [AccountFor].
func AccountLeaves(leaves Leaves) Account {
	account := Account{By: make([]string, len(leaves.Dims))}
	for d, dim := range leaves.Dims {
		account.By[d] = dim.Column
	}
	before, after := leaves.Total()
	if before.Known == 0 || after.Known == 0 {
		return account
	}
	account.Delta = after.Mean() - before.Mean()
	for _, cell := range leaves.Cells {
		part := splitCell(cell, before, after)
		for d, k := range cell.Key {
			part.Where = append(part.Where, leaves.Values[d][k])
		}
		account.Mix += part.Mix
		account.New += part.New
		account.Within += part.Within
		account.Parts = append(account.Parts, part)
	}
	slices.SortStableFunc(account.Parts, func(a, b AccountPart) int {
		return cmp.Compare(math.Abs(b.Total()), math.Abs(a.Total()))
	})
	return account
}

// Total is what the cell adds to the change.
func (p AccountPart) Total() float64 { return p.Mix + p.New + p.Within }

// splitCell is one cell's part of the change between the totals. A cell seen
// but never labelled on one side takes that side's quality from the other.
func splitCell(c Cell, before, after Sum) AccountPart {
	base := before.Mean()
	w0 := float64(c.Before.Known) / float64(before.Known)
	w1 := float64(c.After.Known) / float64(after.Known)
	r0, r1 := c.Before.Mean(), c.After.Mean()
	if isNew(c, before.Rows, after.Rows) {
		return AccountPart{New: w1*(r1-base) - w0*(r0-base)}
	}
	if c.Before.Known == 0 {
		// What such inputs were worth is not known: as much as all together.
		return AccountPart{Within: w1 * (r1 - base)}
	}
	if c.After.Known == 0 {
		r1 = r0
	}
	k := decomposition.Kitagawa{W0: w0, R0: r0 - base, W1: w1, R1: r1 - base}
	return AccountPart{Mix: k.Mix(), Within: k.Within()}
}

// isNew reports whether Before hardly had such rows, of the rows given.
func isNew(c Cell, rows0, rows1 int) bool {
	if c.After.Rows == 0 || rows1 == 0 {
		return false
	}
	expected := float64(c.After.Rows) / float64(rows1) * float64(rows0)
	return expected >= newExpected && float64(c.Before.Rows) <= newShare*expected
}

// accountEdges cuts a number into ranges of about equal count Before, with an
// edge wherever bins Before had meet bins it had not.
func accountEdges(p Profile) []float64 {
	cells := singleCells(p)
	var rows0, rows1 int
	for i, c := range cells {
		if !p.Bins[i].Null {
			rows0 += c.Before.Rows
			rows1 += c.After.Rows
		}
	}
	var edges []float64
	held := 0
	for i := 1; i < len(cells) && !p.Bins[i].Null; i++ {
		held += cells[i-1].Before.Rows
		border := isNew(cells[i], rows0, rows1) != isNew(cells[i-1], rows0, rows1)
		if border || held*accountBins >= rows0 && held > 0 {
			edges = append(edges, p.Bins[i].Lo)
			held = 0
		}
	}
	return edges
}

// AccountColumns chooses at most three columns to account by: among signals (at
// best those within the guilty slice, where they are not diluted by rows that
// did not change) the inputs whose own account tells most of the drop, then
// those that moved most, and the columns of the first slice, so that its part
// shows. What the model answered is left out: it is the drop.
func AccountColumns(signals []Signal, found []SliceScore) []string {
	var by []string
	add := func(column string) {
		if len(by) < accountColumns && !slices.Contains(by, column) {
			by = append(by, column)
		}
	}
	told := slices.Clone(signals)
	slices.SortStableFunc(told, func(a, b Signal) int {
		return cmp.Or(cmp.Compare(tellsAccount(b), tellsAccount(a)), cmp.Compare(shiftOf(b), shiftOf(a)))
	})
	for _, s := range told {
		if len(by) < accountColumns-1 && (s.Changed || s.Told >= accountTold) && s.Relevance >= accountRelevance && accountable(s) {
			add(s.Column)
		}
	}
	for _, s := range found[:min(1, len(found))] {
		for _, c := range s.Where {
			add(c.Column)
		}
	}
	return by
}

// The share of the drop a signal must tell, and how finely two are told apart
// by what their account tells.
const (
	accountRelevance = .1
	accountGrain     = .2
	accountTold      = .5 // tells so much that it need not have moved beyond its own rhythm
)

func tellsAccount(s Signal) float64 { return max(0, math.Floor(s.Told/accountGrain)) }

func accountable(s Signal) bool {
	switch s.Profile.Field.Role {
	case RolePrediction, RoleConfidence, RoleVote, RoleLatency, RoleStatus, RoleVersion, RoleModel, RoleReviewer:
		return false
	}
	if isPipeline(s.Profile.Field) || isReviewer(s.Profile.Field) {
		return false // who answered and who judged are no inputs
	}
	var missing, rows int
	for _, b := range s.Profile.After {
		for i, sum := range b.Bins {
			rows += sum.Rows
			if s.Profile.Bins[i].Null {
				missing += sum.Rows
			}
		}
	}
	return float64(missing) <= accountMissing*float64(rows) && s.Profile.turnover() <= accountTurnover
}

// accountTurnover is the share of rows with values new to them that Before's
// own second half may have: crews who change places every day are no news.
//
// Source: practice incidents, training rounds.
const accountTurnover = .25

// turnover is the share of the rows of Before's second half whose value its
// first half hardly had; 0 below nearRows in either.
func (p Profile) turnover() float64 {
	halves := [2][]int{make([]int, len(p.Bins)), make([]int, len(p.Bins))}
	var rows [2]int
	for k, b := range p.Before {
		half := 2 * k / len(p.Before)
		for i, s := range b.Bins {
			halves[half][i] += s.Rows
			rows[half] += s.Rows
		}
	}
	if min(rows[0], rows[1]) < nearRows {
		return 0
	}
	fresh := 0
	for i := range p.Bins {
		if isNew(Cell{Before: Sum{Rows: halves[0][i]}, After: Sum{Rows: halves[1][i]}}, rows[0], rows[1]) {
			fresh += halves[1][i]
		}
	}
	return float64(fresh) / float64(rows[1])
}
