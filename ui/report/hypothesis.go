package report

import (
	"fmt"
	"time"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

// The page has the hypotheses side by side, the most probable first, each with
// its strongest line for and against and the last reason it was moved for. What
// is nearly impossible stands there only if a person decided on it.

// mostHypotheses is how many rows the table has; the JSON has all.
const mostHypotheses = 8

func (r Report) hypotheses() Section {
	s := Section{Title: "Hypotheses", Table: &Table{Head: []string{"hypothesis", "probability", "status", "for", "against", "last move"}}}
	left := 0
	for _, h := range r.Hypotheses {
		switch {
		case h.Probability < fewestRest && h.Status == hypothesis.Proposed && !h.Own:
			continue
		case len(s.Table.Rows) == mostHypotheses:
			left++
			continue
		}
		s.Table.Rows = append(s.Table.Rows, []string{fmt.Sprintf("%s: %s%s", h.Cause, h.Text, r.citeHypothesis(h)), chance(h.Probability), string(h.Status),
			some(h.For, 1), some(h.Against, 1), r.lastMove(h)})
	}
	if len(s.Table.Rows) == 0 {
		return Section{}
	}
	if left > 0 {
		s.Points = []string{fmt.Sprintf("%d more are less probable.", left)}
	}
	return s
}

func (r Report) citeHypothesis(h hypothesis.Hypothesis) string {
	return r.cite("hypothesis "+h.Mark(), fmt.Sprintf("%s, %s", h.Status, chance(h.Probability)))
}

// lastMove is who moved it last and why, "" where nobody did.
func (r Report) lastMove(h hypothesis.Hypothesis) string {
	if len(h.Moves) == 0 {
		return ""
	}
	m := h.Moves[len(h.Moves)-1]
	return fmt.Sprintf("%s, %s → %s, %s: %s", r.at(m.Time), chance(m.Before), chance(m.After), m.Author, m.Reason)
}

// Hypothesis is one hypothesis in JSON. Mark is what andon hypothesis takes; an
// event of null is none that is logged.
type Hypothesis struct {
	Mark        string            `json:"mark"`
	Cause       analysis.Cause    `json:"cause"`
	Where       string            `json:"where"`
	Event       *string           `json:"event"`
	Text        string            `json:"text"`
	Own         bool              `json:"own"`
	Status      hypothesis.Status `json:"status"`
	Probability real              `json:"probability"`
	For         []string          `json:"for"`
	Against     []string          `json:"against"`
	Untested    []string          `json:"untested"`
	Moves       []move            `json:"moves"`
}

type move struct {
	Time   time.Time         `json:"time"`
	Author string            `json:"author"`
	From   hypothesis.Status `json:"from"`
	To     hypothesis.Status `json:"to"`
	Before real              `json:"before"`
	After  real              `json:"after"`
	Reason string            `json:"reason"`
}

// NewHypotheses puts hypotheses into the contract's shape.
func NewHypotheses(all []hypothesis.Hypothesis) []Hypothesis {
	out := make([]Hypothesis, 0, len(all))
	for _, h := range all {
		one := Hypothesis{Mark: h.Mark(), Cause: h.Cause, Where: h.Where, Text: h.Text, Own: h.Own, Status: h.Status, Probability: real(h.Probability),
			For: texts(h.For), Against: texts(h.Against), Untested: texts(h.Untested), Moves: []move{}}
		if h.Event != "" {
			one.Event = &h.Event
		}
		for _, m := range h.Moves {
			one.Moves = append(one.Moves, move{m.Time.UTC(), m.Author, m.From, m.To, real(m.Before), real(m.After), m.Reason})
		}
		out = append(out, one)
	}
	return out
}
