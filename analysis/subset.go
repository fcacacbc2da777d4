package analysis

// Only is the table of the rows for which where holds, as if nothing else had
// been logged: its span, its measure and its warnings are theirs alone. The
// empty Where gives the table itself; dictionaries are shared. An unknown
// column is an error. O(rows · columns).
func (t *Table) Only(where Where) (*Table, error) {
	mask, err := t.Match(where)
	if err != nil || mask == nil {
		return t, err
	}
	kept := make([]int, 0, mask.Count(t.Rows()))
	for i := range t.Rows() {
		if mask.Has(i) {
			kept = append(kept, i)
		}
	}
	columns := make([]Column, len(t.columns))
	for c := range t.columns {
		columns[c] = rowsOf(t.columns[c], kept)
	}
	return NewTable(columns)
}

// rowsOf is the column with only the rows given.
func rowsOf(c Column, rows []int) Column {
	out := Column{Field: c.Field, Dict: c.Dict}
	if c.Compact != nil {
		out.Compact = &Compact{gather(c.Compact.Bytes, rows), gather(c.Compact.Words, rows), c.Compact.Values}
		return out
	}
	switch c.Type {
	case Number:
		out.Numbers = gather(c.Numbers, rows)
	case Time:
		out.Times = gather(c.Times, rows)
	case Blob:
		out.Blobs = gather(c.Blobs, rows)
	default:
		out.Codes = gather(c.Codes, rows)
	}
	return out
}

func gather[T any](values []T, rows []int) []T {
	if values == nil {
		return nil
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = values[row]
	}
	return out
}
