package importers

import (
	"fmt"

	"andon/analysis"
)

// column is a target being filled. Values that are not of its type go to a
// text column beside it, name_text, that appears with the first of them: a
// state a historian writes between numbers ("Bad Input") is worth seeing.
type column struct {
	target
	builder *analysis.Builder
	beside  *column
	misfits int64
	left    int64
}

func newColumn(t target) *column {
	return &column{target: t, builder: analysis.NewBuilder(t.Field)}
}

// table is a growing set of columns of one length: new ones begin with nulls.
type table struct {
	columns []*column
	n       int
}

// open adds a column.
func (t *table) open(target target) *column {
	c := newColumn(target)
	c.builder.Pad(t.n)
	t.columns = append(t.columns, c)
	return c
}

// put appends a value to a column of the row being filled; null values are
// left to end.
func (t *table) put(c *column, v cell) outcome {
	result := c.put(&c.target, c.builder, v)
	switch result {
	case misfit:
		c.misfits++
		if c.beside == nil {
			f := analysis.Field{Name: c.Name + "_text", Path: c.Path, Role: analysis.RoleText}
			c.beside = t.open(target{Field: f, put: putText})
		}
		putText(&c.beside.target, c.beside.builder, v)
	case left:
		c.left++
	}
	return result
}

// end ends the row: what was not filled is null.
func (t *table) end() {
	t.n++
	for _, c := range t.columns {
		if c.builder.Len() < t.n {
			c.builder.Null()
		}
	}
}

func (t *table) rows() int { return t.n }

// take hands the columns over and starts again.
func (t *table) take() ([]analysis.Column, int) {
	columns := make([]analysis.Column, len(t.columns))
	for i, c := range t.columns {
		columns[i] = c.builder.Column()
		c.builder.Reset()
	}
	n := t.n
	t.n = 0
	return columns, n
}

func (t *table) warnings() []string {
	var list []string
	for _, c := range t.columns {
		if c.misfits > 0 {
			list = append(list, fmt.Sprintf("%s: %d values are not a %s; they are kept as text in %s_text",
				c.Name, c.misfits, c.Type, c.Name))
		}
		if c.left > 0 {
			list = append(list, fmt.Sprintf("%s: %d lists were left out", c.Name, c.left))
		}
	}
	return list
}
