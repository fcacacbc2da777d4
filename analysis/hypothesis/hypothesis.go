// Package hypothesis keeps apart what may have happened: a cause, in a slice,
// brought about by an event.
//
//	causes × slices × events ──Propose──▶ proposed ─┐
//	              a person's own ───────────────────┴▶ Weighed, side by side
//
//	proposed ──▶ testing ──▶ supported
//	                    └──▶ refuted            every move with its reason
//
// A cause alone ("floor") can be neither tested nor repaired; "new gloves at L2
// since 06:20" can.
package hypothesis

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"andon/analysis"
)

// Status is how far a hypothesis has come.
type Status string

// The statuses, in the order of a hypothesis' life.
const (
	Proposed  Status = "proposed"
	Testing   Status = "testing"
	Supported Status = "supported"
	Refuted   Status = "refuted"
)

// Statuses are all of them.
var Statuses = []Status{Proposed, Testing, Supported, Refuted}

// Hypothesis is one thing that may have happened. ID is 0 until somebody moved
// it; Own says that a person thought of it. Where is a filter, "" everywhere;
// Event the title of the event that brought it about, "" for none that is
// logged. Status is that of the last of Moves. Probability and the evidence are
// as of the triage it was weighed with.
type Hypothesis struct {
	ID          int64
	Time        time.Time
	Author      string
	Cause       analysis.Cause
	Where       string
	Event       string
	Text        string
	Own         bool
	Status      Status
	Probability float64
	For         []string
	Against     []string
	Untested    []string
	Moves       []Move
}

// Move is one step of a hypothesis: from a status and probability to the next,
// by whom and why. Moves are never changed.
type Move struct {
	ID         int64
	Hypothesis int64
	Time       time.Time
	Author     string
	From, To   Status
	Before     float64
	After      float64
	Reason     string
}

// Key is equal for two hypotheses that say the same.
func (h Hypothesis) Key() string {
	return strings.Join([]string{string(h.Cause), h.Where, h.Event, h.named()}, "\x00")
}

// Mark names a hypothesis, the same one in every listing: the first five letters
// of the SHA-256 of its key, in hex.
func (h Hypothesis) Mark() string {
	sum := sha256.Sum256([]byte(h.Key()))
	return hex.EncodeToString(sum[:])[:5]
}

// named is a person's own words, which make it another hypothesis.
func (h Hypothesis) named() string {
	if h.Own {
		return h.Text
	}
	return ""
}

// With is the hypothesis after its moves: its status is where the last one led.
func (h Hypothesis) With(moves []Move) Hypothesis {
	h.Moves = nil
	for _, m := range moves {
		if m.Hypothesis == h.ID && h.ID != 0 {
			h.Moves = append(h.Moves, m)
			h.Status = m.To
		}
	}
	if h.Status == "" {
		h.Status = Proposed
	}
	return h
}

// Open reports whether it still waits for a decision.
func (h Hypothesis) Open() bool { return h.Status == Proposed || h.Status == Testing }

// find is the index of the hypothesis that says the same, or -1.
func find(all []Hypothesis, h Hypothesis) int {
	return slices.IndexFunc(all, func(o Hypothesis) bool { return o.Key() == h.Key() })
}
