package table

import "slices"

// span is a column that shows, and its width.
type span struct{ column, width int }

// layout chooses the columns that show in w cells and their widths: Wide ones
// are dropped from the right until the rest fits, then the rest from the right
// (never the first), then flexible ones share what is left.
func layout(columns []Column, w int) []span {
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
	return stretch(columns, shown, w-total(shown))
}

// stretch shares the free cells by Flex; the last flexible column takes what
// rounding leaves.
func stretch(columns []Column, shown []span, free int) []span {
	flex := 0
	for _, c := range shown {
		flex += columns[c.column].Flex
	}
	for i := range shown {
		f := columns[shown[i].column].Flex
		if f <= 0 || free <= 0 {
			continue
		}
		part := free * f / flex
		shown[i].width += part
		free, flex = free-part, flex-f
	}
	return shown
}

// total is the width of all columns and the gaps between them.
func total(shown []span) int {
	sum := gap * max(0, len(shown)-1)
	for _, c := range shown {
		sum += c.width
	}
	return sum
}
