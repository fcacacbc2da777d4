package importers

import "andon/analysis"

// jsonSkip finds the end of a record that cannot be parsed, in pieces, so that
// a line of a gigabyte needs no more memory than a short one.
type jsonSkip struct {
	lines  bool
	column int  // of the record on its line, -1 unknown
	open   bool // the record begins with a bracket

	depth   int
	text    bool
	escaped bool
	started bool
	at      int // column in the present line's indent; -1 after it
}

// feed looks at the next bytes and returns how many belong to the broken
// record and whether it ends there.
func (s *jsonSkip) feed(b []byte) (n int, found bool) {
	for i, c := range b {
		if !s.started {
			s.started, s.at = true, -1
		} else if s.begins(c) {
			return i, true
		}
		switch {
		case c == '\n':
			s.text, s.escaped = false, false
			s.at = 0
			if s.lines || !s.open {
				return i + 1, true
			}
		case s.escaped:
			s.escaped = false
		case s.text:
			s.escaped = c == '\\'
			s.text = c != '"'
		case c == '"':
			s.text = true
		case c == '{' || c == '[':
			s.depth++
		case c == '}' || c == ']':
			if s.depth--; s.depth <= 0 && s.open {
				return i + 1, true
			}
		}
	}
	return len(b), false
}

// begins reports whether c begins a record: a { in the column of the broken
// one, with nothing but white space or a comma before it on its line.
func (s *jsonSkip) begins(c byte) bool {
	if s.at < 0 {
		return false
	}
	switch c {
	case ' ', '\t', ',':
		s.at++
		return false
	case '{':
		return s.at == s.column
	}
	if c != '\n' {
		s.at = -1
	}
	return false
}

// rawOf copies the first bytes of the window's rest for a reject.
func rawOf(w *window) []byte {
	return append([]byte(nil), w.peek(analysis.MaxRaw)...)
}
