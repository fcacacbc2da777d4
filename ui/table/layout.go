package table

import (
	"slices"

	"andon/ui/display"
)

// span is a column that shows, and its width.
type span struct{ column, width int }

// layout chooses the columns that show in w cells and their widths: Wide ones
// are dropped from the right until the rest fits, then the rest from the right
// (never the first), then flexible ones share what is left, none much more than
// its widest cell: on a wall a name must not stand a metre from its numbers.
func layout(columns []Column, widest []int, w int) []span {
	shown := make([]span, len(columns))
	for i, c := range columns {
		shown[i] = span{i, max(1, c.Width)}
	}
	for total(shown) > w && len(shown) > 1 {
		drop := len(shown) - 1
		for i := drop; i > 0; i-- {
			if columns[shown[i].column].Wide {
				drop = i
				break
			}
		}
		shown = slices.Delete(shown, drop, drop+1)
	}
	if len(shown) == 1 {
		shown[0].width = max(0, min(shown[0].width, w))
	}
	return stretch(columns, widest, shown, w-total(shown))
}

// stretch shares the free cells by Flex; a flexible column takes what those
// before it did not need, and what rounding leaves.
func stretch(columns []Column, widest []int, shown []span, free int) []span {
	flex := 0
	for _, c := range shown {
		flex += columns[c.column].Flex
	}
	for i := range shown {
		f := columns[shown[i].column].Flex
		if f <= 0 || free <= 0 {
			continue
		}
		part := min(free*f/flex, max(0, widest[shown[i].column]+slack-shown[i].width))
		shown[i].width += part
		free, flex = free-part, flex-f
	}
	return shown
}

// slack is what a flexible column may have beyond its widest cell: in a common
// terminal a table fills its line.
const slack = 16

// measure is the widest cell of every column, its title with a sign of order
// among them.
func measure(columns []Column, rows [][]Cell) []int {
	widest := make([]int, len(columns))
	for i, c := range columns {
		widest[i] = display.Width(c.Title) + 2
		if c.Flex <= 0 {
			continue
		}
		for _, row := range rows {
			widest[i] = max(widest[i], display.Width(cell(row, i).Text))
		}
	}
	return widest
}

// total is the width of all columns and the gaps between them.
func total(shown []span) int {
	sum := gap * max(0, len(shown)-1)
	for _, c := range shown {
		sum += c.width
	}
	return sum
}
