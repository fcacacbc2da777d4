// Package table shows rows of cells under a header, one of them selected.
//
//	  value        before   after ▼   Δ     header, the sorted column marked
//	  line=L1      92.8 %   92.1 %  -0.7
//	> line=L2      93.0 %    5.1 % -87.9    the cursor: marker and reverse
//	  line=L3      92.6 %   92.5 %  -0.1
//	                          3/24          where we are, when not all fit
//
// A Table is a value: every method returns the next one, and View draws only
// the rows that show. Rows stay in the caller's order; sorting keeps a
// permutation beside them, so Selected is always an index into Rows.
package table

import (
	"cmp"
	"math"
	"slices"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// Align is the side a cell's text leans on.
type Align uint8

const (
	Left Align = iota
	Right
)

// Column is a column as data. Width is its cells, or its least with Flex > 0,
// which is its share of what is left over. A Wide column is dropped first when
// the box is narrow. Key names it for sorting, "" cannot be sorted by.
type Column struct {
	Title display.Text
	Key   string
	Width int
	Flex  int
	Align Align
	Wide  bool
}

// Cell is one value: its text, its look, and the number it sorts by. Cells
// without numbers (all 0) sort by text; NaN sorts last.
type Cell struct {
	Text display.Text
	Slot themes.Slot
	Sort float64
}

// Table is the state of a table. Cursor and Offset count rows as shown; Page
// is the number of rows a page moves by, 0 is 10 (see [Table.Resize]).
type Table struct {
	Columns []Column
	Rows    [][]Cell
	Cursor  int
	Offset  int
	Page    int
	Sort    string // key of the sorted column, "" the order of Rows
	Down    bool   // greatest first
	widest  []int  // cell of every column, of the rows of With
	order   []int  // row shown at i is Rows[order[i]]; nil is the order of Rows
}

// New is a table without rows.
func New(columns ...Column) Table { return Table{Columns: columns} }

// With replaces the rows, sorts them as before and keeps the cursor in range.
func (t Table) With(rows [][]Cell) Table {
	t.Rows = rows
	t.widest = measure(t.Columns, rows)
	t.order = t.sorted()
	return t.Move(0)
}

// Selected is the index into Rows under the cursor, -1 without rows.
func (t Table) Selected() int {
	if len(t.Rows) == 0 {
		return -1
	}
	return t.at(min(max(0, t.Cursor), len(t.Rows)-1))
}

// Select moves the cursor to a row of Rows, if it exists. The line of the box
// that it stands on stays, as far as there are rows around it: what moves is the
// table, not what the eye is on.
func (t Table) Select(row int) Table {
	line := t.Cursor - t.Offset
	for i := range t.Rows {
		if t.at(i) == row {
			t.Cursor, t.Offset = i, i-line
		}
	}
	return t.Move(0)
}

// at is the row shown at place i.
func (t Table) at(i int) int {
	if len(t.order) == len(t.Rows) {
		return t.order[i]
	}
	return i
}

// SortBy sorts by the column of a key: greatest first, and the other way when
// it is sorted by it already. "" goes back to the order of Rows. The cursor
// stays on its row.
func (t Table) SortBy(key string) Table {
	row := t.Selected()
	t.Down = key != t.Sort || !t.Down
	t.Sort = key
	t.order = t.sorted()
	return t.Select(row)
}

// SortNext sorts by the next column that can be sorted by, after the last by
// none.
func (t Table) SortNext() Table {
	keys := []string{""}
	for _, c := range t.Columns {
		if c.Key != "" {
			keys = append(keys, c.Key)
		}
	}
	next := keys[(slices.Index(keys, t.Sort)+1)%len(keys)]
	t.Down = false
	return t.SortBy(next)
}

// Order says by which column the rows are sorted and which way, "" for their own
// order: in a narrow box the column may not show.
func (t Table) Order(s style.Sheet) display.Text {
	for _, c := range t.Columns {
		if c.Key != "" && c.Key == t.Sort {
			return "by " + c.Title + " " + t.arrow(s)
		}
	}
	return ""
}

// arrow is the direction of the order.
func (t Table) arrow(s style.Sheet) display.Text {
	if t.Down {
		return display.Text(s.Glyphs.Descending)
	}
	return display.Text(s.Glyphs.Ascending)
}

// sorted is the order of the rows, nil for their own.
func (t Table) sorted() []int {
	column := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key != "" && c.Key == t.Sort })
	if column < 0 {
		return nil
	}
	order := make([]int, len(t.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return t.compare(cell(t.Rows[a], column), cell(t.Rows[b], column))
	})
	return order
}

// compare orders two cells; NaN comes last in both directions.
func (t Table) compare(a, b Cell) int {
	switch nanA, nanB := math.IsNaN(a.Sort), math.IsNaN(b.Sort); {
	case nanA && nanB:
		return 0
	case nanA:
		return 1
	case nanB:
		return -1
	}
	order := cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Text, b.Text))
	if t.Down {
		return -order
	}
	return order
}

// cell is a row's cell, empty where the row is short.
func cell(row []Cell, column int) Cell {
	if column >= len(row) {
		return Cell{}
	}
	return row[column]
}
