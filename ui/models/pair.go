package models

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/version"
	"andon/ui/screen"
)

// Two rows of versions or of units side by side: mark one, move to the other,
// compare.
//
//	space  plant=Graz   ┐
//	  c    plant=Linz   ┴▶ the difference on the same traffic

// pairing is the marked row and the last comparison.
type pairing struct {
	marked  analysis.Where
	number  int
	waiting bool
	answer  *version.Comparison
	err     error
}

// compared is the Reader's answer to a pair.
type compared struct {
	number int
	answer version.Comparison
	err    error
}

// picked are the conditions of the row under the cursor, nil where a pane has
// none.
func (s Screen) picked() analysis.Where {
	switch s.pane {
	case versions:
		if v, ok := s.version(); ok {
			return analysis.Where{v.Where}
		}
	case units:
		if u, ok := s.unit(); ok {
			return u.Where
		}
	}
	return nil
}

func (s Screen) unlessPicked() string {
	if s.picked() == nil {
		return "choose a version or a unit first: tab"
	}
	return ""
}

// mark keeps the row under the cursor for a comparison.
func (s Screen) mark() (screen.Screen, tea.Cmd) {
	s.pair.marked = s.picked()
	return s, screen.Do(screen.Notify{Text: "marked " + s.pair.marked.String() + "; c compares the next one with it"})
}

// apart is the one column in which two rows differ and their values; ok is
// false where they differ in none or in several.
func apart(a, b analysis.Where) (column, left, right string, rest analysis.Where, ok bool) {
	for _, c := range a {
		at := slices.IndexFunc(b, func(o analysis.Condition) bool { return o.Column == c.Column })
		switch {
		case at < 0 || c.Op != analysis.Equal || b[at].Op != analysis.Equal:
			return "", "", "", nil, false
		case c.Value == b[at].Value:
			rest = append(rest, c)
		case column != "":
			return "", "", "", nil, false
		default:
			column, left, right = c.Column, c.Value, b[at].Value
		}
	}
	return column, left, right, rest, column != "" && len(a) == len(b)
}

// compare asks for the marked row and the one under the cursor.
func (s Screen) compare() (screen.Screen, tea.Cmd) {
	if s.pair.marked == nil {
		return s, screen.Do(screen.Notify{Text: "mark another one first: space"})
	}
	column, a, b, rest, ok := apart(s.pair.marked, s.picked())
	if !ok {
		return s, screen.Do(screen.Notify{Text: "two that differ in one column can be compared; " + s.pair.marked.String() + " is marked"})
	}
	s.pair.number++
	s.pair.waiting, s.pair.answer, s.pair.err = true, nil, nil
	number, reader, where := s.pair.number, s.reader, slices.Concat(s.state.Where, rest)
	return s, func() tea.Msg {
		c, err := reader.Compare(context.Background(), column, a, b, where)
		return compared{number, c, err}
	}
}

// paired takes the answer to the last comparison.
func (s Screen) paired(c compared) Screen {
	if c.number == s.pair.number && s.pair.waiting {
		s.pair.waiting, s.pair.err = false, c.err
		s.pair.answer = &c.answer
	}
	return s
}

// pairSentences are the comparison of two rows, once it was asked for.
func (s Screen) pairSentences() []string {
	switch p := s.pair; {
	case p.waiting:
		return []string{"Comparing."}
	case p.err != nil:
		return []string{p.err.Error()}
	case p.answer != nil:
		return append([]string{s.comparison(*p.answer) + "."}, p.answer.Warnings...)
	case p.marked != nil:
		return []string{"Marked: " + p.marked.String() + "."}
	}
	return nil
}
