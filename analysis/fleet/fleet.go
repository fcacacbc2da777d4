// Package fleet tells several models and plants in one log apart.
//
//	model     plant   rows     before   after    change
//	seating   Graz    41,300   0.92     0.72     −.20 ± .03   ✗
//	seating   Linz    39,800   0.93     0.93     ±0
//	welds     Graz    12,100   0.88     0.88     ±0
//
// Any of them can be picked by its filter, and two be compared on the same hours
// by [andon/analysis/version.Compare].
package fleet

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// Unit is one model in one plant, or one of either where the log has only the
// other. Where picks its rows. Change compares its own windows.
type Unit struct {
	Where  analysis.Where
	Before analysis.Sum
	After  analysis.Sum
	Change analysis.Quality
}

// plants are what columns are called whose values are plants.
var plants = []string{"plant", "site", "factory", "werk", "works", "fab", "facility"}

// mostUnits bounds the list: the units with most rows.
const mostUnits = 60

// Columns are those by which a log is told apart: the model's, and the first
// dimension that is called a plant, each where it has at least two values. nil
// where the log is of one model in one plant.
func Columns(t *analysis.Table) []string {
	var names []string
	if c := t.Role(analysis.RoleModel); c != nil && c.Type == analysis.Text && len(c.Dict) > 1 {
		names = append(names, c.Name)
	}
	for _, f := range t.Fields() {
		c := t.Column(f.Name)
		if f.Role == analysis.RoleDimension && c.Type == analysis.Text && len(c.Dict) > 1 && isPlant(f.Name) {
			return append(names, f.Name)
		}
	}
	return names
}

func isPlant(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == '.' || r == '-' })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(plants, w) })
}

// Units are the cells of the columns over the rows of where, those first that
// lost most rows' worth of quality since before. No columns give no units; an
// unknown one is an error. Cost: one pass a column and one over the rows.
func Units(ctx context.Context, t *analysis.Table, columns []string, w analysis.Windows, where analysis.Where) ([]Unit, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	dims := make([]analysis.Dimension, len(columns))
	for k, name := range columns {
		dims[k].Column = name
	}
	leaves, err := t.Leaves(ctx, dims, where, w)
	if err != nil {
		return nil, fmt.Errorf("tell the log apart by %s: %w", strings.Join(columns, " and "), err)
	}
	units := make([]Unit, len(leaves.Cells))
	for k, c := range leaves.Cells {
		u := Unit{Before: c.Before, After: c.After, Change: analysis.CompareQuality(t.Measure(), c.Before, c.After)}
		for d, key := range c.Key {
			u.Where = append(u.Where, leaves.Values[d][key])
		}
		units[k] = u
	}
	slices.SortStableFunc(units, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(b.lost(), a.lost()), cmp.Compare(b.After.Rows, a.After.Rows))
	})
	return units[:min(mostUnits, len(units))], nil
}

// lost is how many rows' worth of quality a unit lost; 0 where it cannot be told.
func (u Unit) lost() float64 {
	if u.Before.Known == 0 || u.After.Known == 0 {
		return 0
	}
	return u.Change.Loss() * float64(u.After.Rows)
}
