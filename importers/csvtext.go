package importers

import (
	"bytes"

	"andon/analysis"
)

const maxRaw = analysis.MaxRaw

// csvText parses one row into values, which are slices of the input or, where
// quotes were doubled, of its own memory.
type csvText struct {
	delimiter byte
	cr        bool
	stops     [256]bool // bytes that may end a field without quotes

	values [][]byte
	n      int  // bytes of the row, its line end included
	ended  bool // the row has its line end
	open   bool // the input ended within quotes

	unquoted []byte
}

func newCSVText(delimiter byte, cr bool) csvText {
	t := csvText{delimiter: delimiter, cr: cr}
	t.stops[delimiter], t.stops['\n'], t.stops['\r'] = true, true, true
	return t
}

// parse reads the row at the beginning of b. It reports false when b ends
// before the row does; with whole, the end of b ends the row.
func (t *csvText) parse(b []byte, whole bool) bool {
	t.values, t.unquoted = t.values[:0], t.unquoted[:0]
	t.open, t.ended = false, false
	for i := 0; ; {
		value, next, ok := t.field(b, i)
		if !ok && !whole {
			return false
		}
		t.values = append(t.values, value)
		if next >= len(b) {
			if !whole {
				return false
			}
			t.n = len(b)
			return true
		}
		if b[next] == t.delimiter {
			i = next + 1
			continue
		}
		if b[next] == '\r' && !t.cr && !whole && next+1 == len(b) {
			return false
		}
		t.n, t.ended = next+1, true
		if b[next] == '\r' && next+1 < len(b) && b[next+1] == '\n' {
			t.n++
		}
		return true
	}
}

// field reads the field at i: its value and where its end stands, which is a
// delimiter, a line end or the end of b. It reports false within quotes.
func (t *csvText) field(b []byte, i int) (value []byte, next int, ok bool) {
	if i < len(b) && b[i] == '"' {
		return t.quoted(b, i)
	}
	next = t.stop(b, i)
	return b[i:next], next, true
}

// stop is the next delimiter or line end. A CR before LF is part of the end.
func (t *csvText) stop(b []byte, i int) int {
	for ; i < len(b); i++ {
		if !t.stops[b[i]] {
			continue
		}
		if b[i] != '\r' || t.cr || i+1 == len(b) || b[i+1] == '\n' {
			return i
		}
	}
	return i
}

// quoted reads a field that begins with a quote. Text between the closing
// quote and the delimiter is kept, quotes and all: losing it would be worse.
func (t *csvText) quoted(b []byte, i int) (value []byte, next int, ok bool) {
	from, copied := i+1, len(t.unquoted)
	for j := from; ; {
		at := bytes.IndexByte(b[j:], '"')
		if at < 0 {
			t.open = true
			return b[from:], len(b), false
		}
		j += at
		if j+1 < len(b) && b[j+1] == '"' {
			t.unquoted = append(t.unquoted, b[from:j+1]...)
			from, j = j+2, j+2
			continue
		}
		next = t.stop(b, j+1)
		if next == j+1 && len(t.unquoted) == copied {
			return b[from:j], next, true
		}
		t.unquoted = append(t.unquoted, b[from:j]...)
		t.unquoted = append(t.unquoted, b[j+1:next]...)
		return t.unquoted[copied:len(t.unquoted):len(t.unquoted)], next, true
	}
}

// line is the length of the first line of b with its end.
func (t *csvText) line(b []byte) int {
	for i := range b {
		if t.terminates(b[i]) {
			return i + 1
		}
	}
	return len(b)
}

func (t *csvText) terminates(c byte) bool { return c == '\n' || t.cr && c == '\r' }
