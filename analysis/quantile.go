package analysis

import (
	"context"
	"fmt"
	"slices"
)

// Quantiles are the values of a number below which shares of its rows lie, over
// the rows of where in a window: for n values in order, the one at place
// ⌊p·(n−1)⌋, exactly and never between two. shares are ascending, from 0 to 1.
// A window without values has none. A column that does not exist or holds no
// numbers is an error that names it. Cost: a count of codes for what comes from
// an incident file, a sort for other numbers.
func (t *Table) Quantiles(ctx context.Context, column string, where Where, w Window, shares []float64) ([]float64, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := t.require(column)
	if err == nil && c.Type != Number {
		err = fmt.Errorf("it holds %ss, not numbers", c.Type)
	}
	if err != nil {
		return nil, fmt.Errorf("quantiles of %q: %w", column, err)
	}
	in, err := t.selected(where)
	if err != nil {
		return nil, fmt.Errorf("quantiles of %q: %w", column, err)
	}
	if codes, ok := c.coded(); ok {
		return quantilesOf(c.Compact.Values, t.countCodes(codes, in, bounds(w)), shares), nil
	}
	var values []float64
	t.eachChunk(in, bounds(w), whole, func(_ int, rows chunk) {
		for i := range rows.len() {
			if v := c.Numbers[rows.row(i)]; v == v {
				values = append(values, v)
			}
		}
	})
	if len(values) == 0 {
		return nil, nil
	}
	slices.Sort(values)
	out := make([]float64, len(shares))
	for k, p := range shares {
		out[k] = values[int(p*float64(len(values)-1))]
	}
	return out, nil
}

// quantilesOf are those of ascending values, each of which was counted; the
// first is null.
func quantilesOf(values []float64, counts []int, shares []float64) []float64 {
	n := 0
	for _, rows := range counts[1:] {
		n += rows
	}
	if n == 0 {
		return nil
	}
	out := make([]float64, 0, len(shares))
	below := 0
	for code := 1; len(out) < len(shares); code++ {
		below += counts[code]
		for len(out) < len(shares) && int(shares[len(out)]*float64(n-1)) < below {
			out = append(out, values[code])
		}
	}
	return out
}
