package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"andon/analysis"
)

// copyLate copies the labels or frames of the inferences that are in the copy,
// and, where no window was chosen, those of none.
func (s *sharing) copyLate(ctx context.Context, tx *sql.Tx, kind analysis.Kind) error {
	c, err := readCatalog(ctx, tx, kind)
	if err != nil {
		return err
	}
	number := func(name string) *column {
		return &column{Field: analysis.Field{Name: name, Type: analysis.Number}, sql: name}
	}
	wanted := []*column{number("source"), number("row")}
	tells := false
	for _, col := range c.columns {
		if s.keepsLate(kind, col.Field) {
			wanted = append(wanted, col)
			tells = tells || col.Role != analysis.RoleID
		}
	}
	last, err := lastRow(ctx, tx, string(kind))
	if err != nil || !tells {
		return err
	}
	for first := int64(1); first <= last; first += lateRows {
		columns, err := readRows(ctx, tx, string(kind), wanted, first, min(first+lateRows-1, last))
		if err != nil {
			return err
		}
		if err := s.appendLate(ctx, kind, columns); err != nil {
			return err
		}
	}
	return nil
}

// lateRows is how many labels or frames are copied at a time: pictures are
// large.
const lateRows = 2048

// keepsLate is keeps for labels and frames, whose own columns go with them.
func (s *sharing) keepsLate(kind analysis.Kind, f analysis.Field) bool {
	if kind == analysis.LabelKind {
		return s.keeps(f)
	}
	switch f.Role {
	case analysis.RolePath, analysis.RoleWidth, analysis.RoleHeight, analysis.RoleThumb:
		return true
	}
	return s.keeps(f)
}

// appendLate appends read rows, whose first two columns are source and row.
func (s *sharing) appendLate(ctx context.Context, kind analysis.Kind, columns []analysis.Column) error {
	source, row := columns[0].Numbers, columns[1]
	columns = columns[2:]
	for i := range columns {
		columns[i] = s.redacted(columns[i])
	}
	bySource := map[int64][]int{}
	for i := range source {
		joined := !row.Null(i)
		if (joined && s.newRow(int64(row.Numbers[i])) > 0) || (!joined && len(s.cut.Windows) == 0) {
			bySource[int64(source[i])] = append(bySource[int64(source[i])], i)
		}
	}
	order := make([]int64, 0, len(bySource))
	for id := range bySource {
		order = append(order, id)
	}
	slices.SortFunc(order, func(a, b int64) int { return cmp.Compare(bySource[a][0], bySource[b][0]) })
	for _, id := range order {
		s.said.Copied[string(kind)] += len(bySource[id])
		if err := s.appendRows(ctx, kind, id, columns, bySource[id]); err != nil {
			return err
		}
	}
	return nil
}
