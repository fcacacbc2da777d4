package command

import (
	"cmp"
	"context"
	"slices"

	"andon/analysis"
	"andon/ui"
)

// mostValues is how many values of a column a filter prompt offers.
const mostValues = 200

// terms are the columns of the log with their most frequent values, by which
// the filter prompt completes. Cost is one pass over the text columns.
func (s *session) terms(ctx context.Context) ([]ui.Term, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	var list []ui.Term
	for _, f := range table.Fields() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if f.Type == analysis.Text || f.Type == analysis.Number {
			list = append(list, ui.Term{Column: f.Name, Values: frequent(table.Column(f.Name))})
		}
	}
	slices.SortFunc(list, func(a, b ui.Term) int { return cmp.Compare(a.Column, b.Column) })
	return list, nil
}

// frequent are the values of a text column, the most frequent first.
func frequent(c *analysis.Column) []string {
	if c.Type != analysis.Text {
		return nil
	}
	rows := make([]int, len(c.Dict)+1) // code 0 is a missing value
	for _, code := range c.Codes {
		rows[code]++
	}
	order := make([]int, len(c.Dict))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rows[b+1], rows[a+1]) })
	values := make([]string, min(len(order), mostValues))
	for i := range values {
		values[i] = c.Dict[order[i]]
	}
	return values
}
