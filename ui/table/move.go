package table

import "andon/ui/help"

// defaultPage is the page before the height is known.
const defaultPage = 10

// Resize tells the table its box, so that it scrolls only when the cursor
// leaves it and a page is a page. Without it View pages by its own height.
func (t Table) Resize(height int) Table {
	t.Page = body(height, len(t.Rows))
	return t.Move(0)
}

// Move moves the cursor by n rows and stops at both ends.
func (t Table) Move(n int) Table {
	t.Cursor = max(0, min(len(t.Rows)-1, t.Cursor+n))
	if t.Page > 0 {
		t.Offset = scroll(t.Offset, t.Cursor, t.Page, len(t.Rows))
	}
	return t
}

// PageBy moves the cursor by n pages.
func (t Table) PageBy(n int) Table {
	page := t.Page
	if page <= 0 {
		page = defaultPage
	}
	return t.Move(n * page)
}

// Home moves the cursor to the first row.
func (t Table) Home() Table { return t.Move(-len(t.Rows)) }

// End moves the cursor to the last row.
func (t Table) End() Table { return t.Move(len(t.Rows)) }

// Keys are the keys Press understands.
func Keys() []help.Binding {
	return []help.Binding{
		{Keys: []string{"down", "j"}, Label: "down", Does: "next row", Pair: "row"},
		{Keys: []string{"up", "k"}, Label: "up", Does: "row before"},
		{Keys: []string{"pgdown", "ctrl+d"}, Label: "pgdn", Does: "next page", Pair: "page"},
		{Keys: []string{"pgup", "ctrl+u"}, Label: "pgup", Does: "page before"},
		{Keys: []string{"home", "g"}, Label: "g", Does: "first row", Pair: "ends"},
		{Keys: []string{"end", "G"}, Label: "G", Does: "last row"},
		{Keys: []string{"s"}, Does: "sort by next", Pair: "sort"},
		{Keys: []string{"S"}, Does: "turn order"},
	}
}

// Press is the table after a key of Keys; false if the key is none of them.
func (t Table) Press(key string) (Table, bool) {
	switch key {
	case "down", "j":
		return t.Move(1), true
	case "up", "k":
		return t.Move(-1), true
	case "pgdown", "ctrl+d":
		return t.PageBy(1), true
	case "pgup", "ctrl+u":
		return t.PageBy(-1), true
	case "home", "g":
		return t.Home(), true
	case "end", "G":
		return t.End(), true
	case "s":
		return t.SortNext(), true
	case "S":
		return t.SortBy(t.Sort), true
	}
	return t, false
}

// scroll is the offset nearest to the given one that shows the cursor.
func scroll(offset, cursor, page, rows int) int {
	offset = max(min(offset, cursor), cursor-page+1)
	return max(0, min(offset, rows-page))
}

// body is the number of rows a box of this height shows: one line is the
// header, and one says where we are when not all fit.
func body(height, rows int) int {
	if height <= 1 {
		return max(0, height)
	}
	if rows > height-1 && height >= 4 {
		return height - 2
	}
	return height - 1
}
